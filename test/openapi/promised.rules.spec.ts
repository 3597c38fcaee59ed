import { describe, expect, it } from '@jest/globals';
import { promised, typeable } from './promised.rules.js';

describe('what a document promises', () => {
  it('has no names, texts and refusals in it', () => {
    const whole = {
      paths: {
        '/v1/gifts': {
          post: {
            ...{ operationId: 'Gifts.declare', tags: ['Gifts'], security: [] },
            parameters: [{ name: 'area', in: 'query', schema: { type: 'string' } }],
            responses: {
              201: { description: 'Done', headers: {}, content: { 'text/csv': {} } },
              302: { description: 'Elsewhere' },
              409: { description: 'Not possible' },
            },
          },
        },
      },
      components: { schemas: { Gift: true }, headers: {} },
    };
    expect(promised(whole)).toEqual({
      paths: {
        '/v1/gifts': {
          post: {
            security: [],
            parameters: [{ name: 'area', in: 'query', schema: { type: 'string' } }],
            responses: {
              201: { description: 'Done', content: { 'text/csv': {} } },
              302: { description: 'Elsewhere' },
            },
          },
        },
      },
      components: { schemas: { Gift: true } },
    });
  });
});

describe('what TypeScript can say of a schema', () => {
  const text = { type: 'string' };
  it.each<[string, object, object]>([
    [
      'not which fields must stand together',
      { properties: { a: text }, anyOf: [{ required: ['a'] }], allOf: [{ required: ['a'] }], not: {} },
      { properties: { a: text } },
    ],
    [
      'that a field may be null',
      { properties: { a: { anyOf: [text, { type: 'null' }] } } },
      { properties: { a: { anyOf: [text, { type: 'null' }] } } },
    ],
    [
      'fields that are called as keywords are',
      { properties: { not: text, anyOf: text } },
      { properties: { not: text, anyOf: text } },
    ],
    ['nothing of an answer that is an object or a list', { schema: { type: ['object', 'array'] } }, { schema: {} }],
    ['lists as they are', { required: ['a', 'b'], enum: [1, null] }, { required: ['a', 'b'], enum: [1, null] }],
  ])('%s', (_, schema, said) => {
    expect(typeable(schema)).toEqual(said);
  });
});
