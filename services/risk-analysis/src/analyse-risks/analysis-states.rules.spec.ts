import { describe, expect, it } from '@jest/globals';
import {
  ANALYSIS_KINDS,
  ANALYSIS_TRANSITIONS,
  type AnalysisKind,
  type AnalysisState,
  FIRST,
  moveAnalysis,
} from './analysis-states.rules.js';

const tableOf = (kind: AnalysisKind) => ANALYSIS_TRANSITIONS[kind] as unknown as Record<AnalysisState, AnalysisState[]>;
const pairs = ANALYSIS_KINDS.flatMap((kind) => {
  const states = Object.keys(tableOf(kind)) as AnalysisState[];
  return states.flatMap((from) => states.map((to) => [kind, from, to] as const));
});

describe('an analysis goes only where its procedure leads', () => {
  it.each(pairs)('%s: %s to %s', (kind, from, to) => {
    const allowed = tableOf(kind)[from];
    if (allowed.includes(to)) expect(moveAnalysis(kind, from, to)).toBe(to);
    else
      expect(() => moveAnalysis(kind, from, to)).toThrow(
        expect.objectContaining({ code: 'illegal_transition', details: { allowed } }),
      );
  });

  it.each(ANALYSIS_KINDS)('%s comes to an end from everywhere', (kind) => {
    const table = tableOf(kind);
    const ends = (state: AnalysisState, seen: AnalysisState[]): boolean =>
      table[state].length === 0 || table[state].some((next) => !seen.includes(next) && ends(next, [...seen, next]));
    for (const state of Object.keys(table) as AnalysisState[]) expect(ends(state, [state])).toBe(true);
    expect(Object.keys(table)).toContain(FIRST[kind]);
  });
});
