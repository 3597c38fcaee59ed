/** Why a route may refuse; what each carries beside the problem stands here once. */
const REFUSALS = {
  400: ['The request cannot be read, or a field is not acceptable'],
  401: ['No valid bearer token', 'www-authenticate'],
  403: ['The token has not the permission'],
  404: ['There is no such resource for the caller'],
  405: ['The resource has no such method', 'allow'],
  409: ['Not possible in the present state'],
  412: ['Changed meanwhile'],
  413: ['The body is too large'],
  415: ['The media type is not taken'],
  422: ['Not acceptable by a rule'],
  428: ['A precondition is required'],
  503: ['Come again'],
} as const;

export type Refusal = keyof typeof REFUSALS;

export const PROBLEM_TYPE = 'application/problem+json';

/** Every answer has them; a document that says so is checked against what is sent. */
export const HEADERS = Object.fromEntries(
  ['x-content-type-options', 'referrer-policy', 'cache-control'].map((name) => [
    name,
    { $ref: `#/components/headers/${name}` },
  ]),
);

const text = (one?: string): object => ({ required: true, schema: { type: 'string', ...(one ? { const: one } : {}) } });

export const COMPONENTS = {
  headers: {
    'x-content-type-options': text('nosniff'),
    'referrer-policy': text('no-referrer'),
    'cache-control': text(),
    'www-authenticate': text('Bearer'),
    allow: text(),
  },
  responses: Object.fromEntries(
    Object.entries(REFUSALS).map(([status, [description, header]]) => [
      status,
      {
        description,
        headers: { ...HEADERS, ...(header ? { [header]: { $ref: `#/components/headers/${header}` } } : {}) },
        content: { [PROBLEM_TYPE]: { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  ),
  schemas: {
    /** RFC 9457, as `ProblemFilter` sends it. */
    Problem: {
      type: 'object',
      properties: {
        type: { type: 'string', pattern: '^urn:aiqyn:problem:[a-z0-9_]+$' },
        title: { type: 'string' },
        status: { type: 'integer', minimum: 400, maximum: 599 },
        code: { type: 'string', pattern: '^[a-z0-9_]+$' },
        detail: { type: 'string' },
        fields: {
          type: 'array',
          items: {
            type: 'object',
            properties: { field: { type: 'string' }, problem: { type: 'string' } },
            required: ['field', 'problem'],
            additionalProperties: false,
          },
        },
        allowed: { type: 'array', items: { type: 'string' } },
        open: {
          type: 'object',
          properties: { count: { type: 'integer' }, first: { type: 'array', items: { type: 'string' } } },
          required: ['count', 'first'],
        },
        traceId: { type: 'string' },
      },
      required: ['type', 'title', 'status', 'code', 'detail'],
      additionalProperties: false,
    },
  },
};

export const refusals = (statuses: Iterable<Refusal>): Record<string, object> =>
  Object.fromEntries([...statuses].map((status) => [status, { $ref: `#/components/responses/${status}` }]));
