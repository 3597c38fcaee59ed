import type { Document, Operation, Schema } from './promised.rules.js';

/*
 * Which changes of an OpenAPI document break a caller that was written before. Rules of our own, since none of the libraries on npm would
 * do (tried with our documents and with the table of the spec): `openapi-diff` 0.24.1 refuses 3.1; `api-smart-diff` 1.0.6 misses nine of
 * the breaks (a body or a parameter newly required, a field gone, another type, a list of values instead of any text) and takes four
 * allowed changes for breaks (a value more in an answer); `@pb33f/openapi-changes` fetches a Go program when it is installed;
 * `@useoptic/openapi-utilities` is an inner part of a tool, without a documentation of its own; `oasdiff` is Go and not on npm.
 */

/** Requests must be taken as before; answers must stay within what was said. */
type Direction = 'request' | 'answer';

interface Side {
  readonly schema: Schema;
  readonly schemas: Record<string, Schema>;
}

/** Words that say nothing of what is valid. */
const SILENT = new Set(['description', 'title', 'example', 'examples', 'default', 'deprecated', '$comment']);
const LOWER = ['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties'];
const UPPER = ['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties'];
const KNOWN = new Set([
  ...LOWER,
  ...UPPER,
  ...SILENT,
  ...['type', 'enum', 'const', 'pattern', 'format', 'uniqueItems', 'properties', 'required', 'additionalProperties'],
  ...['items', 'anyOf', 'oneOf', 'allOf'],
]);
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
const list = (value: unknown): unknown[] | undefined =>
  value === undefined ? undefined : Array.isArray(value) ? value : [value];

/** What broke between two documents, one sentence each, in the order of the first; empty when every caller of before still works. */
export function breakingChanges(before: Document, after: Document): string[] {
  const [from, to] = [before.components.schemas, after.components.schemas];
  return Object.entries(before.paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, was]) => {
      const name = `${method.toUpperCase()} ${path}`;
      const is = after.paths[path]?.[method];
      return is ? inOperation(was, is, from, to).map((what) => `${name}: ${what}`) : [`${name}: gone`];
    }),
  );
}

function inOperation(
  was: Operation,
  is: Operation,
  from: Record<string, Schema>,
  to: Record<string, Schema>,
): string[] {
  const found: string[] = [];
  const request = (before: Schema, after: Schema, at: string): void =>
    void found.push(...refused({ schema: before, schemas: from }, { schema: after, schemas: to }, 'request', at));
  if (was.security?.length === 0 && is.security?.length !== 0) found.push('needs a token now');

  const old = new Map((was.parameters ?? []).map((p) => [`${p.in} ${p.name}`, p]));
  const now = new Map((is.parameters ?? []).map((p) => [`${p.in} ${p.name}`, p]));
  for (const [name, { required, schema }] of old) {
    const next = now.get(name);
    if (!next) found.push(`${name}: gone`);
    else {
      if (next.required && !required) found.push(`${name}: newly required`);
      request(schema, next.schema, name);
    }
  }
  for (const [name, { required }] of now) if (required && !old.has(name)) found.push(`${name}: newly required`);

  if (is.requestBody?.required && !was.requestBody?.required) found.push('body: newly required');
  for (const [type, { schema = true }] of Object.entries(was.requestBody?.content ?? {})) {
    const next = is.requestBody?.content[type];
    if (next) request(schema, next.schema ?? true, 'body');
    else found.push(`body: ${type} is no longer taken`);
  }

  for (const [status, { content = {} }] of Object.entries(was.responses)) {
    if (Number(status) >= 400) continue;
    const next = is.responses[status];
    if (!next) {
      found.push(`answer: ${status} gone`);
      continue;
    }
    for (const [type, { schema = true }] of Object.entries(content)) {
      const sent = next.content?.[type];
      if (!sent) found.push(`answer: ${status} ${type} is no longer sent`);
      else
        found.push(
          ...refused({ schema: sent.schema ?? true, schemas: to }, { schema, schemas: from }, 'answer', 'answer'),
        );
    }
  }
  return [...new Set(found)];
}

/**
 * Which values of `a` are none of `b`. For a request `a` is what was taken and `b` what is; for an answer `a` is what is sent now and
 * `b` what was said before: so one rule serves both. References that come back to themselves end at the second time.
 */
function refused(a: Side, b: Side, direction: Direction, at: string, seen: readonly string[] = []): string[] {
  const key = JSON.stringify([a.schema, b.schema]);
  if (seen.includes(key)) return [];
  const [from, to] = [resolved(a), resolved(b)];
  if (to === true || from === false) return [];
  if (to === false) return [direction === 'request' ? `${at}: gone` : `${at}: may be there now`];
  if (from === true) return Object.keys(to).every((word) => SILENT.has(word)) ? [] : [`${at}: narrowed`];
  const inside = (x: Schema, y: Schema, where = at): string[] =>
    refused({ schema: x, schemas: a.schemas }, { schema: y, schemas: b.schemas }, direction, where, [...seen, key]);
  const [options, wanted] = [alternatives(from), alternatives(to)];
  // Each way to be right must still be one of the ways.
  if (wanted) {
    const lost = (options ?? [from]).find((one) => wanted.every((other) => inside(one, other).length > 0));
    const why = lost === undefined ? [] : wanted.length === 1 ? inside(lost, wanted[0]!) : [`${at}: narrowed`];
    return [...inside(from, without(to)), ...why];
  }
  if (options && inside(without(from), to).length > 0) return options.flatMap((one) => inside(one, to));
  // Each thing that is asked for besides must have been asked for before.
  const { allOf: had = [], ...alone } = without(from);
  const besides = ((to['allOf'] ?? []) as Schema[]).filter((one) =>
    [...(had as Schema[]), alone].every((other) => inside(other, one).length > 0),
  );
  return [
    ...(besides.length > 0 ? [`${at}: narrowed`] : []),
    ...ofWords(alone, to, direction, at),
    ...ofFields(alone, to, direction, at, inside),
  ];
}

type Plain = Record<string, unknown>;

function ofWords(from: Plain, to: Plain, direction: Direction, at: string): string[] {
  const found: string[] = [];
  const types = list(to['type']);
  const had = list(from['type']);
  const fits = (type: unknown): boolean => types!.includes(type) || (type === 'integer' && types!.includes('number'));
  if (types && !(had ?? [undefined]).every(fits) && !(had === undefined && from['enum']))
    found.push(
      `${at}: type was ${told(direction === 'request' ? had : types)}, is ${told(direction === 'request' ? types : had)}`,
    );

  const values = (s: Plain): unknown[] | undefined =>
    'const' in s ? [s['const']] : (s['enum'] as unknown[] | undefined);
  // A new value in an answer is allowed: who reads must expect values that he does not know.
  if (direction === 'request' && values(to)) {
    const gone = values(from)?.filter((v) => !values(to)!.some((w) => same(v, w)));
    if (!gone) found.push(`${at}: only a list of values is taken now`);
    else if (gone.length > 0) found.push(`${at}: no longer takes ${gone.map(String).join(', ')}`);
  } else if (values(to) && !values(from)) found.push(`${at}: more than a list of values is sent now`);

  for (const word of ['pattern', 'format', 'uniqueItems'])
    if (to[word] && !same(from[word], to[word]) && !values(from))
      found.push(`${at}: ${word} ${from[word] ? 'changed' : 'is asked for now'}`);
  for (const [words, sign] of [
    [LOWER, 1],
    [UPPER, -1],
  ] as const)
    for (const word of words) {
      const limit = to[word] as number | undefined;
      const until = from[word] as number | undefined;
      const exact = values(from)?.every((v) => typeof v === 'number' && (v - limit!) * sign >= 0);
      if (limit !== undefined && !exact && (until === undefined || (until - limit) * sign < 0))
        found.push(`${at}: ${word} ${direction === 'request' ? 'is' : 'was'} ${limit}`);
    }
  for (const word of new Set([...Object.keys(from), ...Object.keys(to)]))
    if (!KNOWN.has(word) && !same(from[word], to[word]))
      found.push(`${at}: ${word} changed, and nobody has said which way is narrower`);
  return found;
}

function ofFields(
  from: Plain,
  to: Plain,
  direction: Direction,
  at: string,
  inside: (x: Schema, y: Schema, where: string) => string[],
): string[] {
  const found: string[] = [];
  const fields = (s: Plain): Record<string, Schema> => (s['properties'] ?? {}) as Record<string, Schema>;
  const needed = (s: Plain): string[] => (s['required'] ?? []) as string[];
  for (const name of needed(to))
    if (!needed(from).includes(name))
      found.push(`${at}.${name}: ${direction === 'request' ? 'newly required' : 'no longer always there'}`);
  for (const [name, schema] of Object.entries(fields(from))) {
    const other = fields(to)[name];
    if (other !== undefined) found.push(...inside(schema, other, `${at}.${name}`));
    // Who reads an answer must expect fields that he does not know.
    else if (direction === 'request' && (to['additionalProperties'] === false || to['type'] === 'object'))
      found.push(`${at}.${name}: gone`);
  }
  if (
    direction === 'request' &&
    to['additionalProperties'] === false &&
    from['additionalProperties'] !== false &&
    from['type'] === 'object'
  )
    found.push(`${at}: takes no further fields now`);
  if (to['items'] !== undefined)
    found.push(...inside((from['items'] ?? true) as Schema, to['items'] as Schema, `${at}[]`));
  return found;
}

function resolved({ schema, schemas }: Side): Schema {
  if (typeof schema === 'boolean' || typeof schema['$ref'] !== 'string') return schema;
  return resolved({ schema: schemas[schema['$ref'].split('/').at(-1)!] ?? true, schemas });
}

/** `anyOf` and `oneOf` alike: what the services describe with them does not exclude another way. */
const alternatives = (schema: Plain): Schema[] | undefined =>
  (schema['anyOf'] ?? schema['oneOf']) as Schema[] | undefined;

function without({ anyOf: _, oneOf: __, ...rest }: Plain): Plain {
  return rest;
}

const told = (types: unknown[] | undefined): string => types?.map(String).join(' or ') ?? 'anything';
