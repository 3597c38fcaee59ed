import { describe, expect, it } from '@jest/globals';
import type { Requirement } from './catalogue.rules.js';
import { judgeEvidenceDay, judgeKind, supportedLevel } from './evidence.rules.js';

const requirement: Requirement = {
  ...{ code: 'SERV-05', area: 'SERV', weight: 2, freshnessDays: 200, mandatory: false, gate: 'independence' },
  evidence: [
    { kind: 'regulation', required: true },
    { kind: 'board-minutes', required: true },
    { kind: 'photo', required: false },
  ],
};
const proofs = (...kinds: string[]) =>
  kinds.map((one) => {
    const [kind, effectiveDay = '2025-03-01'] = one.split('@') as [string, string?];
    return { kind, effectiveDay };
  });

describe('the level that evidence supports', () => {
  it.each([
    [[], '2025-03-01', 1],
    [['photo'], '2025-03-01', 2],
    [['regulation'], '2025-03-01', 2],
    [['regulation', 'board-minutes'], '2025-03-01', 3],
    [['regulation', 'board-minutes', 'audit-report'], '2025-03-01', 4],
    [['regulation', 'board-minutes', 'external-report'], '2025-03-01', 4],
    [['regulation', 'audit-report'], '2025-03-01', 2],
    // Of the day that it speaks of on, for 200 days.
    [['regulation', 'board-minutes'], '2025-02-28', 1],
    [['regulation', 'board-minutes'], '2025-09-16', 3],
    [['regulation', 'board-minutes'], '2025-09-17', 1],
    [['regulation', 'board-minutes@2025-03-02'], '2025-09-17', 2],
    [['regulation@2024-01-01', 'regulation', 'board-minutes'], '2025-03-01', 3],
  ] as [string[], string, number][])('%j on %s: %i', (kinds, day, level) =>
    expect(supportedLevel(requirement, proofs(...kinds), day)).toBe(level),
  );
});

describe('an evidence', () => {
  it('speaks of no day after its upload', () => {
    expect(() => judgeEvidenceDay('2025-03-01', '2025-03-01', 'effectiveDay')).not.toThrow();
    expect(() => judgeEvidenceDay('2025-03-02', '2025-03-01', 'effectiveDay')).toThrow(
      expect.objectContaining({ code: 'evidence_after_upload', details: { field: 'effectiveDay' } }),
    );
  });

  it('is of a kind that the requirement knows, or confirms it from outside', () => {
    for (const kind of ['photo', 'audit-report', 'external-report'])
      expect(() => judgeKind(requirement, kind, 'kind')).not.toThrow();
    expect(() => judgeKind(requirement, 'policy', 'kind')).toThrow(
      expect.objectContaining({
        code: 'unknown_kind',
        details: {
          field: 'kind',
          allowed: ['regulation', 'board-minutes', 'photo', 'audit-report', 'external-report'],
        },
      }),
    );
  });
});
