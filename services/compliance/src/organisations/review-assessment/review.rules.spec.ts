import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { catalogue } from '../score-compliance/catalogue.rules.js';
import type { Level } from '../score-compliance/claim.rules.js';
import { foundLevels, judgeSample } from './review.rules.js';

const pack = catalogue(
  JSON.parse(readFileSync(new URL('../../../data/catalogues/requirements/1.0.0.json', import.meta.url), 'utf8')),
);
const mandatory = pack.requirements.filter((one) => one.mandatory).map(({ code }) => code);
const others = pack.requirements.filter((one) => !one.mandatory).map(({ code }) => code);
const levels = (...told: [string, Level][]) => new Map<string, Level>(told);

describe('the sample of a review', () => {
  const low = mandatory.map((code): [string, Level] => [code, 1]);
  const high = others.slice(0, 10).map((code): [string, Level] => [code, 3]);
  const claimed = levels(...low, ...high);
  it.each([
    [3, true],
    [2, false],
    [10, true],
  ])('with %i of ten high levels is large enough: %s', (n, enough) => {
    const reviewed = levels(...low, ...high.slice(0, n));
    if (enough) expect(() => judgeSample(pack, claimed, reviewed)).not.toThrow();
    else
      expect(() => judgeSample(pack, claimed, reviewed)).toThrow(
        expect.objectContaining({
          code: 'sample_too_small',
          details: { field: 'levels', allowed: high.slice(n).map(([code]) => code) },
        }),
      );
  });

  it('has every mandatory one that was claimed, and what is said not to apply', () => {
    const missing = (of: Map<string, Level>, reviewed: Map<string, Level>): readonly string[] => {
      try {
        judgeSample(pack, of, reviewed);
        return [];
      } catch (error) {
        return (error as { details: { allowed: string[] } }).details.allowed;
      }
    };
    expect(missing(levels(['LEAD-01', 1]), levels())).toEqual(['LEAD-01']);
    expect(missing(levels(['LEAD-02', 1]), levels())).toEqual([]);
    expect(missing(levels(['THRD-05', 'NA']), levels())).toEqual(['THRD-05']);
  });
});

describe('what a review finds', () => {
  it.each([
    [[['A', 3]], [['A', 2]], [['A', 2]]],
    [[['A', 3]], [], [['A', 3]]],
    [[['A', 3]], [['A', 4]], 'above_claim'],
    [[['A', 3]], [['B', 1]], 'above_claim'],
    [[['A', 3]], [['A', 'NA']], 'above_claim'],
    [[['A', 'NA']], [['A', 'NA']], [['A', 'NA']]],
    // It applies after all.
    [[['A', 'NA']], [['A', 0]], [['A', 0]]],
  ] as [[string, Level][], [string, Level][], [string, Level][] | string][])('%j, reviewed %j: %j', (c, r, found) => {
    if (typeof found === 'string')
      expect(() => foundLevels(levels(...c), levels(...r))).toThrow(expect.objectContaining({ code: found }));
    else
      expect(foundLevels(levels(...c), levels(...r))).toEqual(
        found.map(([requirement, level]) => ({ requirement, level })),
      );
  });

  it('is never above the claim', () => {
    const level = fc.integer({ min: 0, max: 4 });
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('A', 'B', 'C'), fc.tuple(level, level)), (told) => {
        const claimed = levels(...Object.entries(told).map(([code, [claim]]): [string, Level] => [code, claim]));
        const reviewed = levels(
          ...Object.entries(told).map(([code, [claim, seen]]): [string, Level] => [code, Math.min(claim, seen)]),
        );
        for (const { requirement, level: found } of foundLevels(claimed, reviewed))
          expect(found as number).toBeLessThanOrEqual(claimed.get(requirement) as number);
      }),
    );
  });
});
