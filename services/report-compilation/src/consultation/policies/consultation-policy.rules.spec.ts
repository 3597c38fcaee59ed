import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { consultationPolicies, consultationPolicy, inForceOn } from './consultation-policy.rules.js';

const shipped = JSON.parse(
  readFileSync(new URL('../../../data/policies/consultation.json', import.meta.url), 'utf8'),
) as Record<string, unknown> & { duplicates: object; anchors: object };

describe('the pack of consultations', () => {
  it('is read as it is shipped', () => expect(consultationPolicy(shipped)).toMatchObject({ id: 'consultation-1' }));

  it.each([
    ['id', { id: '' }],
    ['effectiveFrom', { effectiveFrom: '2025-02-30' }],
    ['source', { source: undefined }],
    ['checked', { checked: 'yes' }],
    ['shortestDays', { shortestDays: 0 }],
    ['longestDays', { longestDays: 3 }],
    ['commentCharacters', { commentCharacters: 9_000 }],
    ['quoteCharacters', { quoteCharacters: 5_000 }],
    ['reasonCharacters', { reasonCharacters: 0 }],
    ['rejectionCharacters', { rejectionCharacters: 1 }],
    ['appealDays', { appealDays: 0.5 }],
    ['smallestCount', { smallestCount: 1 }],
    ['duplicates.rows', { duplicates: { ...shipped.duplicates, rows: 100 } }],
    ['duplicates.threshold', { duplicates: { ...shipped.duplicates, threshold: 0 } }],
    ['anchors.wordsKept', { anchors: { ...shipped.anchors, wordsKept: 2 } }],
  ])('is refused when %s is wrong', (field, wrong) =>
    expect(() => consultationPolicy({ ...shipped, ...wrong })).toThrow(
      expect.objectContaining({ code: 'bad_policy', details: { field } }),
    ),
  );

  it('is the last one that has begun', () => {
    const later = { ...shipped, id: 'consultation-2', effectiveFrom: '2027-01-01' };
    const packs = consultationPolicies([later, shipped]);
    const on = (day: string) => inForceOn(packs, day).id;
    expect([on('2025-01-01'), on('2026-12-31'), on('2027-01-01')]).toEqual([
      ...['consultation-1', 'consultation-1', 'consultation-2'],
    ]);
    expect(() => on('2024-12-31')).toThrow(expect.objectContaining({ code: 'no_policy' }));
    for (const [field, other] of [
      ['id', { ...later, id: 'consultation-1' }],
      ['effectiveFrom', { ...later, effectiveFrom: '2025-01-01' }],
    ] as const)
      expect(() => consultationPolicies([shipped, other])).toThrow(
        expect.objectContaining({ code: 'bad_policy', details: { field } }),
      );
  });
});
