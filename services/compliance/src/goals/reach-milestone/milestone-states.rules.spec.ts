import { describe, expect, it } from '@jest/globals';
import {
  claimed,
  clockRuns,
  type Milestone,
  MILESTONE_STATES,
  MILESTONE_TRANSITIONS,
  type MilestoneState,
  moveMilestone,
  started,
  verified,
} from './milestone-states.rules.js';

const allowedFrom = (from: MilestoneState): readonly MilestoneState[] => MILESTONE_TRANSITIONS[from];
const illegal = expect.objectContaining({ code: 'illegal_transition' }) as unknown as Error;

describe('a milestone goes only where its table leads', () => {
  it.each(MILESTONE_STATES.flatMap((from) => MILESTONE_STATES.map((to) => [from, to] as const)))(
    '%s to %s',
    (from, to) => {
      if (allowedFrom(from).includes(to)) expect(moveMilestone(from, to)).toBe(to);
      else expect(() => moveMilestone(from, to)).toThrow(illegal);
    },
  );

  it('is late from each state in which its day can pass, or sent back to it', () =>
    expect(MILESTONE_STATES.filter((state) => allowedFrom(state).includes('late'))).toEqual([
      ...MILESTONE_STATES.filter(clockRuns),
      'late-claimed',
    ]));

  it('once late is never done in time', () => {
    const reached = new Set<MilestoneState>();
    const walk = (state: MilestoneState): void => {
      if (reached.has(state)) return;
      reached.add(state);
      allowedFrom(state).forEach(walk);
    };
    walk('late');
    expect([...reached].sort()).toEqual(['done-late', 'dropped', 'late', 'late-claimed']);
  });
});

describe('a step', () => {
  const of = (state: MilestoneState): Milestone => ({
    ...{ code: 'm', dueDay: '2025-03-01', ownerPosition: 'chair', state, startedBy: 'anna', claimedBy: 'boris' },
  });

  it.each([
    ['started', 'done-claimed'],
    ['late', 'late-claimed'],
    ['planned', undefined],
    ['done-claimed', undefined],
  ] as [MilestoneState, MilestoneState | undefined][])('claims from %s: %s', (from, to) => {
    if (to) expect(claimed(from)).toBe(to);
    else expect(() => claimed(from)).toThrow(illegal);
  });

  it.each([
    ['done-claimed', true, 'done-verified'],
    ['done-claimed', false, 'started'],
    ['late-claimed', true, 'done-late'],
    ['late-claimed', false, 'late'],
  ] as [MilestoneState, boolean, MilestoneState][])('verifies %s, holds %s: %s', (from, holds, to) => {
    expect(verified(of(from), 'clara', holds)).toBe(to);
    for (const owner of ['anna', 'boris'])
      expect(() => verified(of(from), owner, holds)).toThrow(expect.objectContaining({ code: 'same_person' }));
  });

  it('does not start again what is claimed', () => {
    expect(started('planned')).toBe('started');
    expect(() => started('done-claimed')).toThrow(illegal);
  });
});
