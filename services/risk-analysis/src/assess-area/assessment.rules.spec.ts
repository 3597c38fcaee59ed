import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { WEIGHED_INDICATOR } from '../import-releases/release.schema.js';
import { assessArea, assessmentPack } from './assessment.rules.js';

const pack = assessmentPack(
  JSON.parse(readFileSync(new URL('../../data/policies/assessment-2025.json', import.meta.url), 'utf8')),
);

describe('the assessment of an area', () => {
  it('weighs the indicator that the processes have an index for', () => {
    expect(pack.recommend.indicator).toBe(WEIGHED_INDICATOR);
  });

  it.each([
    [{ reports: 0, processes: 0, evaluable: 0, flagged: 0 }, 0, 'low', false],
    [{ reports: 40, processes: 0, evaluable: 0, flagged: 0 }, 0.3, 'medium', false],
    [{ reports: 0, processes: 20, evaluable: 10, flagged: 3 }, 0.35, 'medium', true],
    [{ reports: 0, processes: 20, evaluable: 10, flagged: 6 }, 0.7, 'high', true],
    [{ reports: 1000, processes: 20, evaluable: 10, flagged: 10 }, 1, 'high', true],
    // Too few processes to ask anybody for a change.
    [{ reports: 0, processes: 7, evaluable: 7, flagged: 7 }, 0.7, 'high', false],
  ])('%j: score %d, %s', (inputs, score, level, recommends) => {
    const result = assessArea(pack, inputs);
    expect({ score: result.score, level: result.level, recommends: !!result.recommend }).toEqual({
      score,
      level,
      recommends,
    });
  });

  it('asks for a smaller share than today', () => {
    const { recommend } = assessArea(pack, { reports: 4, processes: 30, evaluable: 20, flagged: 10 });
    expect(recommend).toEqual({ indicator: 'R018', baseline: 0.5, target: 0.35, dueDays: 180 });
  });

  it('never falls with more reports or more flags, and stays within 0 and 1', () => {
    fc.assert(
      fc.property(
        fc.nat(200),
        fc.nat(200),
        fc.nat(100),
        fc.nat(50),
        fc.nat(50),
        (reports, evaluable, share, more, flags) => {
          const flagged = Math.min(evaluable, share);
          const base = { reports, processes: evaluable, evaluable, flagged };
          const { score } = assessArea(pack, base);
          expect(score).toBeGreaterThanOrEqual(0);
          expect(score).toBeLessThanOrEqual(1);
          expect(assessArea(pack, { ...base, reports: reports + more }).score).toBeGreaterThanOrEqual(score);
          expect(
            assessArea(pack, { ...base, flagged: Math.min(evaluable, flagged + flags) }).score,
          ).toBeGreaterThanOrEqual(score);
        },
      ),
    );
  });
});
