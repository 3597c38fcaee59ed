import { ParseIntPipe, ParseUUIDPipe, type Type } from '@nestjs/common';
import { PUBLIC } from '../auth.guard.js';
import { callerOf } from '../commands.js';
import { HEADERS, PROBLEM_TYPE, type Refusal, refusals } from './answers.js';
import type { JsonSchema, SchemasOf } from './schemas.js';
import { ANSWERS, SENDS, type Sent, TAKES } from './sends.js';

interface Parameter {
  name: string;
  in: string;
  required: boolean;
  schema: JsonSchema;
}

export interface Operation {
  operationId: string;
  parameters?: Parameter[];
  requestBody?: object;
  responses: Record<string, object>;
  security?: object[];
}

export interface Place {
  readonly method: string;
  readonly path: string;
  readonly controller: Type;
  readonly handler: string;
}

interface Argument {
  readonly index: number;
  readonly data?: string;
  readonly pipes?: readonly unknown[];
  readonly factory?: unknown;
}

/** Kinds of arguments, as Nest numbers them (RouteParamtypes). */
const BODY = 3;
const QUERY = 4;
const PARAM = 5;
const WITH_BODY = ['post', 'put', 'patch', 'delete'];
/** What Nest calls the rest of an address (`*`) in a document. */
const REST = new Set(['path', '*']);
const UUID = { type: 'string', format: 'uuid' };

const isOf =
  (type: Type) =>
  (pipe: unknown): boolean =>
    pipe === type || pipe instanceof type;

/** Completes what Nest knows of a route by what its decorators say. */
export function describe(operation: Operation, place: Place, schemas: SchemasOf): void {
  const { method, controller, handler } = place;
  const prototype = controller.prototype as Record<string, object>;
  const route = prototype[handler]!;
  const told = <T>(key: string): T | undefined =>
    (Reflect.getMetadata(key, route) ?? Reflect.getMetadata(key, controller)) as T | undefined;
  const types = (Reflect.getMetadata('design:paramtypes', prototype, handler) ?? []) as Type[];
  const given = Object.entries(
    (Reflect.getMetadata('__routeArguments__', controller, handler) ?? {}) as Record<string, Argument>,
  ).map(([key, argument]) => ({ kind: Number.parseInt(key), ...argument, type: types[argument.index] }));
  const classOf = (kind: number): Type | undefined => {
    const found = given.find((g) => g.kind === kind && !g.data && !g.factory)?.type;
    return found && (found as unknown) !== Object ? found : undefined;
  };
  const refused = new Set<Refusal>([405, 503]);

  // Paths and queries.
  const parameters = (operation.parameters ?? []).filter((p) => p.in === 'header');
  const [path, query, body] = [classOf(PARAM), classOf(QUERY), classOf(BODY)];
  const ofPath = path ? schemas.schemaOf(path).properties : {};
  for (const [, name = ''] of place.path.matchAll(/\{([^}]+)\}/g)) {
    const { pipes = [] } = given.find((g) => g.kind === PARAM && g.data === name) ?? {};
    const piped = pipes.some(isOf(ParseUUIDPipe))
      ? UUID
      : pipes.some(isOf(ParseIntPipe))
        ? { type: 'integer' }
        : undefined;
    const schema = piped ??
      ofPath[name] ??
      (REST.has(name) ? ofPath['*'] : undefined) ?? { type: 'string', minLength: 1 };
    parameters.push({ name, in: 'path', required: true, schema });
    refused.add(404);
  }
  if (path || query) refused.add(400);
  if (query) {
    refused.add(404);
    const { properties, required = [] } = schemas.schemaOf(query);
    for (const [name, schema] of Object.entries(properties))
      parameters.push({ name, in: 'query', required: required.includes(name), schema: withoutNull(schema) });
  }

  // Bodies.
  const raw = told<Record<string, object>>(TAKES);
  if (WITH_BODY.includes(method)) for (const status of [400, 404, 413, 415, 422] as const) refused.add(status);
  if (raw)
    operation.requestBody = {
      required: true,
      content: Object.fromEntries(Object.entries(raw).map(([type, schema]) => [type, { schema }])),
    };
  else if (body)
    operation.requestBody = { required: true, content: { 'application/json': { schema: schemas.refTo(body) } } };
  else delete operation.requestBody;

  // Commands.
  if (given.some((g) => g.factory === callerOf)) {
    refused.add(400).add(404);
    if (method !== 'get') {
      refused.add(409).add(412);
      parameters.push(
        {
          name: 'idempotency-key',
          in: 'header',
          required: false,
          schema: { type: 'string', pattern: '^[!-~]{16,200}$' },
        },
        { name: 'if-match', in: 'header', required: false, schema: { type: 'string', format: 'etag' } },
      );
    }
  }

  // Tokens.
  if (told<boolean>(PUBLIC)) operation.security = [];
  else {
    operation.security = [{ bearer: [] }];
    refused.add(401).add(403);
  }

  if (parameters.length > 0) operation.parameters = parameters;
  operation.responses = answers(operation, told, refused, schemas.ofAnswers);
}

function answers(
  operation: Operation,
  told: <T>(key: string) => T | undefined,
  refused: ReadonlySet<Refusal>,
  schemas: SchemasOf,
): Record<string, object> {
  const usual = Object.keys(operation.responses)[0] ?? '200';
  const sent = told<Sent>(SENDS);
  const header = told<{ name: string; value: string }[]>('__headers__')?.find(
    ({ name }) => name.toLowerCase() === 'content-type',
  )?.value;
  const types = sent?.types ?? [header?.split(';')[0] ?? 'application/json'];
  const described = told<Type>(ANSWERS);
  const json = described ? schemas.refTo(described) : { type: ['object', 'array'] };
  const content = Object.fromEntries(types.map((type) => [type, { schema: type === 'application/json' ? json : {} }]));
  const answer = { description: 'Done', headers: HEADERS, ...(usual === '204' ? {} : { content }) };
  return {
    ...(types.length > 0 ? { [usual]: answer } : {}),
    ...refusals(refused),
    ...Object.fromEntries((sent?.also ?? []).map((status) => [status, status < 400 ? MOVED : pageOrProblem(content)])),
  };
}

const MOVED = {
  description: 'Elsewhere',
  headers: { ...HEADERS, location: { required: true, schema: { type: 'string' } } },
};

const pageOrProblem = (content: object): object => ({
  description: 'Refused, as a page or as a problem',
  headers: HEADERS,
  content: { ...content, [PROBLEM_TYPE]: { schema: { $ref: '#/components/schemas/Problem' } } },
});

/** A query has no null: what may be left out is left out. */
function withoutNull(schema: JsonSchema): JsonSchema {
  const [only] = (schema['anyOf'] as JsonSchema[] | undefined) ?? [];
  return only ?? schema;
}
