import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { keyed, nameOfUnnamed, pepperNamed, peppersOf, UNKNOWN_PEPPER } from './pepper.rules.js';

const [OLD, NEW, NEXT] = Array.from({ length: 3 }, () => randomBytes(32).toString('base64url')) as [
  string,
  string,
  string,
];
const idOf = (secret: string): string => peppersOf({ RECEIPT_PEPPER: secret }).present.id;

describe('the peppers of the settings', () => {
  it.each([
    ['one alone, as before there could be two', { RECEIPT_PEPPER: OLD }, [OLD]],
    ['none beside it', { RECEIPT_PEPPER: OLD, PREVIOUS_RECEIPT_PEPPER: '' }, [OLD]],
    ['the next one, known before it is used', { RECEIPT_PEPPER: OLD, PREVIOUS_RECEIPT_PEPPER: NEW }, [OLD, NEW]],
    ['the previous one, once it is', { RECEIPT_PEPPER: NEW, PREVIOUS_RECEIPT_PEPPER: OLD }, [NEW, OLD]],
    ['several', { RECEIPT_PEPPER: NEXT, PREVIOUS_RECEIPT_PEPPER: `${NEW},${OLD}` }, [NEXT, NEW, OLD]],
  ])('%s', (_, settings, secrets) => {
    const { present, all } = peppersOf(settings);
    expect(present.secret).toBe(settings.RECEIPT_PEPPER);
    expect(all.map(({ secret }) => secret)).toEqual(secrets);
  });

  it.each([OLD, `${NEW},${NEW}`, `${NEW},${OLD}`])('are refused when one is there twice (%#)', (others) => {
    const read = () => peppersOf({ RECEIPT_PEPPER: OLD, PREVIOUS_RECEIPT_PEPPER: others });
    expect(read).toThrow(expect.objectContaining({ code: 'bad_policy' }));
  });
});

describe('the id of a pepper', () => {
  it('is the same in each replica, whatever its place, another for another, and no part of it', () => {
    const { all } = peppersOf({ RECEIPT_PEPPER: NEW, PREVIOUS_RECEIPT_PEPPER: OLD });
    expect(all.map(({ id }) => id)).toEqual([idOf(NEW), idOf(OLD)]);
    expect(new Set(all.map(({ id }) => id)).size).toBe(2);
    for (const { id, secret } of all) expect([id.length, secret.includes(id)]).toEqual([11, false]);
  });

  it('finds the pepper as long as it is known, and takes what has none for the present one', () => {
    const both = peppersOf({ RECEIPT_PEPPER: NEW, PREVIOUS_RECEIPT_PEPPER: OLD });
    expect(pepperNamed(both, idOf(OLD))?.secret).toBe(OLD);
    expect(pepperNamed(both, undefined)?.secret).toBe(NEW);
    expect(pepperNamed(peppersOf({ RECEIPT_PEPPER: NEW }), idOf(OLD))).toBeUndefined();
  });
});

describe('a verifier without a name', () => {
  it.each([
    ['is of the only pepper', { RECEIPT_PEPPER: OLD }, idOf(OLD)],
    [
      'is of nobody knows which while there are two',
      { RECEIPT_PEPPER: OLD, PREVIOUS_RECEIPT_PEPPER: NEW },
      UNKNOWN_PEPPER,
    ],
  ])('%s', (_, settings, name) => expect(nameOfUnnamed(peppersOf(settings))).toBe(name));
});

describe('what is keyed', () => {
  it('is another under another pepper, and for another purpose', () => {
    const { all } = peppersOf({ RECEIPT_PEPPER: NEW, PREVIOUS_RECEIPT_PEPPER: OLD });
    const texts = all.flatMap((one) => [keyed(one, 'verifier\n1'), keyed(one, 'upload\n1')]);
    expect(new Set(texts).size).toBe(4);
  });
});
