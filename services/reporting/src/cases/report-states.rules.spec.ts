import { describe, expect, it } from '@jest/globals';
import { allowedFrom, move, type ReportState, TRANSITIONS } from './report-states.rules.js';

const states = Object.keys(TRANSITIONS) as ReportState[];

describe('the states of a report', () => {
  it.each(states.flatMap((from) => states.map((to) => [from, to] as const)))('%s to %s', (from, to) => {
    if (allowedFrom(from).includes(to)) expect(move(from, to)).toBe(to);
    else {
      expect(() => move(from, to)).toThrow(
        expect.objectContaining({ code: 'illegal_transition', details: { allowed: allowedFrom(from) } }),
      );
    }
  });

  it('can all be reached from the first', () => {
    const reached = new Set<ReportState>(['received']);
    for (const state of reached) for (const next of allowedFrom(state)) reached.add(next);
    expect([...reached].sort()).toEqual([...states].sort());
  });

  it('reach a decision only through proceedings', () => {
    const before = states.filter((s) => allowedFrom(s).includes('decided-liable'));
    expect(before).toEqual(['in-proceedings']);
  });
});
