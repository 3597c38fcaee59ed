import { describe, expect, it } from '@jest/globals';
import { bodyKeys, handoverOf } from './handover.rules.js';

const body = (code: string) => ({ code, kk: 'x', ru: 'x', en: 'x' });
const bodies = { id: 'x', bodies: [body('prosecutor'), body('ministry')] };
const [one, two] = ['A'.repeat(43), 'B'.repeat(43)];

describe('the keys of bodies', () => {
  it.each([
    ['', {}],
    [`prosecutor:${one}`, { prosecutor: one }],
    [`prosecutor:${one},ministry:${two}`, { prosecutor: one, ministry: two }],
  ])('are read from %j', (setting, keys) => expect(Object.fromEntries(bodyKeys(setting, bodies))).toEqual(keys));

  it.each([`court:${one}`, `prosecutor:${one},prosecutor:${two}`])('are not read from %s', (setting) => {
    expect(() => bodyKeys(setting, bodies)).toThrow(expect.objectContaining({ code: 'bad_policy' }));
  });
});

describe('a hand-over', () => {
  const keys = new Map([['prosecutor', one]]);
  it.each([
    ['prosecutor', true, 'sealed'],
    ['prosecutor', false, 'facts-only'],
    ['ministry', false, 'facts-only'],
  ])('to %s with content %s is %s', (to, content, kind) => expect(handoverOf(keys, to, content)).toBe(kind));

  it('carries no content to who cannot open it, and says who could', () => {
    expect(() => handoverOf(keys, 'ministry', true)).toThrow(
      expect.objectContaining({ code: 'body_without_key', details: { field: 'sealed', allowed: ['prosecutor'] } }),
    );
  });
});
