import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  allSettled,
  type Control,
  type FoundRisk,
  isSigned,
  LEFT_BY_CONTROL,
  settled,
  type Signature,
  signedBy,
  weighed,
} from './certificate.rules.js';

const risk = (likelihood: number, impact: number, control: Control): FoundRisk => ({
  ...{ factor: 'discretion', place: 'art. 5' },
  ...{ likelihood, impact, control },
});

describe('risks of a certificate', () => {
  it.each([
    [5, 5, 'none', 25, 25],
    [5, 5, 'full', 25, 0],
    [3, 4, 'weak', 12, 7.2],
    [1, 1, 'good', 1, 0.2],
  ] as const)('%i x %i under %s control: %d, left %d', (likelihood, impact, control, inherent, residual) =>
    expect(weighed([risk(likelihood, impact, control)])[0]).toMatchObject({ inherent, residual }),
  );

  it('stand with the weightiest first, and none is lost', () => {
    const controls = Object.keys(LEFT_BY_CONTROL) as Control[];
    const found = fc.record({
      ...{ factor: fc.constant('money' as const), place: fc.string() },
      ...{ likelihood: fc.integer({ min: 1, max: 5 }), impact: fc.integer({ min: 1, max: 5 }) },
      control: fc.constantFrom(...controls),
    });
    fc.assert(
      fc.property(fc.array(found), (risks) => {
        const all = weighed(risks);
        expect(all).toHaveLength(risks.length);
        for (const [i, one] of all.slice(1).entries()) expect(all[i]!.residual).toBeGreaterThanOrEqual(one.residual);
        for (const { residual, inherent } of all)
          expect(residual >= 0 && residual <= inherent && inherent <= 25).toBe(true);
      }),
    );
  });
});

describe('the signatures of a certificate', () => {
  const agency: Signature = { by: 'a', as: 'agency-head', day: '2026-01-05' };
  const object: Signature = { by: 'b', as: 'object-head', day: '2026-01-06' };
  it.each([
    ['external', [], false],
    ['external', [agency], false],
    ['external', [object], false],
    ['external', [agency, object], true],
    ['internal', [object], true],
    ['internal', [agency], false],
  ] as const)('%s with %j: %p', (kind, signatures, done) => expect(isSigned(kind, signatures)).toBe(done));

  it('are one a side and of two persons', () => {
    expect(() => signedBy([agency], { ...agency, by: 'c' })).toThrow('has signed');
    expect(() => signedBy([agency], { ...object, by: 'a' })).toThrow('another person');
  });
});

describe('recommendations', () => {
  const all = ['r1', 'r2'].map((recommendationId) => ({ recommendationId, indicator: 'R018', dueDay: '2026-06-01' }));
  it('are settled one by one, each once', () => {
    const one = settled(all, { recommendationId: 'r1', outcome: 'refused', reason: 'no-means' });
    expect([allSettled(all), allSettled(one)]).toEqual([false, false]);
    expect(one[0]).toMatchObject({ outcome: 'refused', reason: 'no-means' });
    expect(allSettled(settled(one, { recommendationId: 'r2', outcome: 'done' }))).toBe(true);
    expect(() => settled(one, { recommendationId: 'r1', outcome: 'done' })).toThrow('recorded');
    expect(() => settled(one, { recommendationId: 'r3', outcome: 'done' })).toThrow('no such');
  });
});
