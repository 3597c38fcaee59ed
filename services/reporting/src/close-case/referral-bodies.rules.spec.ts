import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { referralBodies, referralBody } from './referral-bodies.rules.js';

const raw = JSON.parse(readFileSync(new URL('../../data/policies/referral-bodies.json', import.meta.url), 'utf8')) as {
  bodies: { code: string }[];
};
const list = referralBodies(raw);

describe('the bodies that a case may be referred to', () => {
  it.each(raw.bodies.map((b) => b.code))('have %s', (code) => expect(referralBody(list, code)).toBe(code));

  it('are told when another is named', () => {
    expect(() => referralBody(list, 'somebody')).toThrow(
      expect.objectContaining({
        code: 'unknown_body',
        details: { field: 'to', allowed: raw.bodies.map((b) => b.code) },
      }),
    );
  });

  it.each([
    [{}, 'id'],
    [{ id: 'x' }, 'bodies'],
    [{ id: 'x', bodies: [] }, 'bodies'],
    [{ id: 'x', bodies: [{ code: 'A B', kk: 'x', ru: 'x', en: 'x' }] }, 'bodies[0].code'],
    [{ id: 'x', bodies: [{ code: 'a-b', kk: 'x', ru: '', en: 'x' }] }, 'bodies[0].ru'],
  ])('refuse to be read from %j, naming %s', (bad, field) => {
    expect(() => referralBodies(bad)).toThrow(expect.objectContaining({ code: 'bad_policy', details: { field } }));
  });
});
