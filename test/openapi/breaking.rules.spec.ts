import { describe, expect, it } from '@jest/globals';
import { breakingChanges } from './breaking.rules.js';
import type { Document, Operation, Schema } from './promised.rules.js';

const json = (schema: Schema) => ({ 'application/json': { schema } });
const body = (schema: Schema): Partial<Operation> => ({ requestBody: { required: true, content: json(schema) } });
const fields = (properties: Record<string, Schema>, required: string[] = [], more: object = {}): Schema => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
  ...more,
});
const answer = (schema: Schema): Partial<Operation> => ({ responses: { 200: { content: json(schema) } } });
const query = (schema: Schema, required = false): Partial<Operation> => ({
  parameters: [{ name: 'area', in: 'query', required, schema }],
});

const SCHEMAS: Record<string, Schema> = {
  Part: fields({ a: { type: 'string' } }),
  Narrow: fields({ a: { type: 'string', maxLength: 5 } }),
  Tree: fields({ below: { type: 'array', items: { $ref: '#/components/schemas/Tree' } } }),
};
const of = (operation: Partial<Operation>, path = '/v1/gifts', method = 'post'): Document => ({
  paths: { [path]: { [method]: { responses: { 200: { content: json({ type: 'object' }) } }, ...operation } } },
  components: { schemas: SCHEMAS },
});
const changed = (before: Partial<Operation>, after: Partial<Operation>): string[] =>
  breakingChanges(of(before), of(after)).map((line) => line.replace('POST /v1/gifts: ', ''));

const TEXT: Schema = { type: 'string' };
const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });
const orNull = (schema: Schema): Schema => ({ anyOf: [schema, { type: 'null' }] });
const together = (...names: string[]): object => ({ anyOf: names.map((name) => ({ required: [name] })) });
const ab = { a: TEXT, b: TEXT };

describe('what breaks a caller', () => {
  it.each<[string, Partial<Operation>, Partial<Operation>, string]>([
    ['a token is asked for', { security: [] }, { security: [{ bearer: [] }] }, 'needs a token now'],
    ['a status of success is another', {}, { responses: { 204: {} } }, 'answer: 200 gone'],
    [
      'a media type of an answer is gone',
      {},
      { responses: { 200: { content: { 'text/csv': {} } } } },
      'answer: 200 application/json is no longer sent',
    ],
    [
      'a media type of a body is gone',
      { requestBody: { content: { ...json(true), 'application/x-ndjson': {} } } },
      { requestBody: { content: json(true) } },
      'body: application/x-ndjson is no longer taken',
    ],
    ['a body must be there', {}, body(fields({})), 'body: newly required'],
    ['a parameter is new and must be there', {}, query(TEXT, true), 'query area: newly required'],
    ['a parameter must be there now', query(TEXT), query(TEXT, true), 'query area: newly required'],
    ['a parameter is gone', query(TEXT), {}, 'query area: gone'],
    [
      'a parameter has another type',
      query(TEXT),
      query({ type: 'integer' }),
      'query area: type was string, is integer',
    ],
    ['a field must be there now', body(fields(ab)), body(fields(ab, ['a'])), 'body.a: newly required'],
    ['a field is new and must be there', body(fields({})), body(fields({ a: TEXT }, ['a'])), 'body.a: newly required'],
    ['a field is gone', body(fields(ab)), body(fields({ a: TEXT })), 'body.b: gone'],
    ['a field may be no field', body(fields(ab)), body(fields({ a: TEXT, b: false })), 'body.b: gone'],
    [
      'an integer is asked for',
      body(fields({ a: { type: 'number' } })),
      body(fields({ a: { type: 'integer' } })),
      'body.a: type was number, is integer',
    ],
    [
      'a value is no longer taken',
      body(fields({ a: { enum: ['x', 'y'] } })),
      body(fields({ a: { enum: ['x'] } })),
      'body.a: no longer takes y',
    ],
    [
      'only a list is taken',
      body(fields({ a: TEXT })),
      body(fields({ a: { type: 'string', enum: ['x'] } })),
      'body.a: only a list of values is taken now',
    ],
    [
      'a pattern is asked for',
      query(TEXT),
      query({ type: 'string', pattern: '^a' }),
      'query area: pattern is asked for now',
    ],
    [
      'a pattern is another',
      query({ type: 'string', pattern: '^b' }),
      query({ type: 'string', pattern: '^a' }),
      'query area: pattern changed',
    ],
    [
      'a limit is lower',
      query({ type: 'integer', maximum: 9 }),
      query({ type: 'integer', maximum: 8 }),
      'query area: maximum is 8',
    ],
    ['a limit is new', query(TEXT), query({ type: 'string', minLength: 1 }), 'query area: minLength is 1'],
    [
      'null is no longer taken',
      body(fields({ a: orNull(TEXT) })),
      body(fields({ a: TEXT })),
      'body.a: type was null, is string',
    ],
    [
      'a way to be right is gone',
      body(fields(ab, [], together('a', 'b'))),
      body(fields(ab, [], together('a'))),
      'body.a: newly required',
    ],
    [
      'two fields must stand together now',
      body(fields(ab)),
      body(fields(ab, [], { allOf: [{ anyOf: [{ required: ['a'] }, { properties: { b: false } }] }] })),
      'body: narrowed',
    ],
    ['a part is narrower', body(ref('Part')), body(ref('Narrow')), 'body.a: maxLength is 5'],
    [
      'what a list holds is narrower',
      body({ type: 'array', items: ref('Part') }),
      body({ type: 'array', items: ref('Narrow') }),
      'body[].a: maxLength is 5',
    ],
    [
      'a word changed that no rule knows',
      body(fields({ a: { type: 'string', contentEncoding: 'base64' } })),
      body(fields({ a: { type: 'string', contentEncoding: 'hex' } })),
      'body.a: contentEncoding changed, and nobody has said which way is narrower',
    ],
    [
      'a field of an answer is gone',
      answer(fields({ a: TEXT }, ['a'])),
      answer(fields({})),
      'answer.a: no longer always there',
    ],
    [
      'a field of an answer may be missing',
      answer(fields(ab, ['a'])),
      answer(fields(ab)),
      'answer.a: no longer always there',
    ],
    [
      'a field of an answer has another type',
      answer(fields({ a: TEXT })),
      answer(fields({ a: { type: 'integer' } })),
      'answer.a: type was string, is integer',
    ],
    [
      'a field of an answer may be null',
      answer(fields({ a: TEXT })),
      answer(fields({ a: orNull(TEXT) })),
      'answer.a: type was string, is null',
    ],
    ['an answer is no longer described', answer(fields({ a: TEXT })), answer(true), 'answer: narrowed'],
  ])('%s', (_, before, after, told) => {
    expect(changed(before, after)).toContain(told);
  });

  it('is an address or a method that is gone, even where another is there', () => {
    expect(breakingChanges(of({}), of({}, '/v2/gifts'))).toEqual(['POST /v1/gifts: gone']);
    expect(breakingChanges(of({}), of({}, '/v1/gifts', 'put'))).toEqual(['POST /v1/gifts: gone']);
  });
});

describe('what breaks no caller', () => {
  it.each<[string, Partial<Operation>, Partial<Operation>]>([
    [
      'nothing changed',
      { ...body(fields(ab, ['a'], together('a', 'b'))), ...query(TEXT) },
      { ...body(fields(ab, ['a'], together('a', 'b'))), ...query(TEXT) },
    ],
    ['a token is asked for no longer', { security: [{ bearer: [] }] }, { security: [] }],
    ['a further refusal', {}, { responses: { 200: { content: json({ type: 'object' }) }, 409: {} } }],
    ['a refusal is gone', { responses: { 200: {}, 409: {} } }, { responses: { 200: {} } }],
    ['a further media type', {}, { responses: { 200: { content: { ...json({ type: 'object' }), 'text/csv': {} } } } }],
    ['a parameter that may be left out', {}, query(TEXT)],
    ['a parameter that may be left out now', query(TEXT, true), query(TEXT)],
    ['a field that may be left out', body(fields({ a: TEXT })), body(fields(ab))],
    ['a field that may be left out now', body(fields(ab, ['a'])), body(fields(ab))],
    ['null is taken too', body(fields({ a: TEXT })), body(fields({ a: orNull(TEXT) }))],
    ['a further value is taken', body(fields({ a: { enum: ['x'] } })), body(fields({ a: { enum: ['x', 'y'] } }))],
    ['a number instead of an integer', query({ type: 'integer' }), query({ type: 'number' })],
    ['a limit is wider', query({ type: 'string', maxLength: 8 }), query({ type: 'string', maxLength: 9 })],
    ['a limit and a pattern are gone', query({ type: 'string', pattern: 'a', minLength: 1 }), query(TEXT)],
    ['a further way to be right', body(fields(ab, [], together('a'))), body(fields(ab, [], together('a', 'b')))],
    ['a part is called otherwise', body(ref('Part')), body(fields({ a: TEXT }))],
    ['a part is wider', body(ref('Narrow')), body(ref('Part'))],
    ['a part that holds itself', body(ref('Tree')), body(ref('Tree'))],
    [
      'a further value in an answer',
      answer(fields({ a: { enum: ['x'] } })),
      answer(fields({ a: { enum: ['x', 'y'] } })),
    ],
    ['a further field in an answer', answer(fields({ a: TEXT })), answer(fields(ab))],
    ['a field of an answer is always there now', answer(fields(ab)), answer(fields(ab, ['a']))],
    ['an answer is described now', answer({ type: ['object', 'array'] }), answer(fields({ a: TEXT }))],
    ['a text about it', query(TEXT), query({ type: 'string', description: 'an area' })],
  ])('%s', (_, before, after) => {
    expect(changed(before, after)).toEqual([]);
  });

  it('is a further address or method', () => {
    const both = { ...of({}), paths: { ...of({}).paths, ...of({}, '/v2/gifts').paths } };
    expect(breakingChanges(of({}), both)).toEqual([]);
  });
});
