import { describe, expect, it } from '@jest/globals';
import { allowedFrom, assertCanLead, CASE_STATES, type CaseState, isOpen, move } from './case-states.rules.js';

/** Every state that can be reached from `start`. */
function reachable(start: CaseState): Set<CaseState> {
  const reached = new Set([start]);
  for (const state of reached) for (const next of allowedFrom(state)) reached.add(next);
  return reached;
}

describe('the states of a case', () => {
  it('are the sixteen of the domain notes', () => expect(CASE_STATES).toHaveLength(16));

  it.each(CASE_STATES.flatMap((from) => CASE_STATES.map((to) => [from, to] as const)))('%s to %s', (from, to) => {
    if (allowedFrom(from).includes(to)) expect(move(from, to)).toBe(to);
    else {
      expect(() => move(from, to)).toThrow(
        expect.objectContaining({ code: 'illegal_transition', details: { allowed: allowedFrom(from) } }),
      );
    }
  });

  it('can all be reached from the first', () =>
    expect([...reachable('received')].sort()).toEqual([...CASE_STATES].sort()));

  it.each(CASE_STATES.filter((s) => s !== 'merged'))('lead from %s to an end', (state) => {
    expect([...reachable(state)]).toContain('purged');
  });

  it('reach a decision only through proceedings, and those only through a substantiated inquiry', () => {
    const before = (to: CaseState): CaseState[] => CASE_STATES.filter((s) => allowedFrom(s).includes(to));
    expect([before('decided-liable'), before('decided-not-liable'), before('in-proceedings')]).toEqual([
      ['in-proceedings'],
      ['in-proceedings'],
      ['substantiated'],
    ]);
  });

  it('are closed only after an outcome of which the reporting person can be told', () => {
    expect(CASE_STATES.filter((s) => allowedFrom(s).includes('closed'))).toEqual([
      'rejected',
      'referred',
      'unsubstantiated',
      'decided-liable',
      'decided-not-liable',
    ]);
  });
});

describe('the lead of a merger', () => {
  it.each(CASE_STATES.filter((s) => isOpen(s) && s !== 'received'))('may be %s', (state) => {
    expect(() => assertCanLead({ _id: 'lead', state }, 'other')).not.toThrow();
  });

  it.each(['received', 'closed', 'merged', 'purged'] as const)('may not be %s', (state) => {
    expect(() => assertCanLead({ _id: 'lead', state }, 'other')).toThrow(
      expect.objectContaining({ code: 'cannot_lead' }),
    );
  });

  it('is another case', () => {
    expect(() => assertCanLead({ _id: 'same', state: 'in-triage' }, 'same')).toThrow('itself');
  });
});
