import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CASE_STATES } from '../cases/case-states.rules.js';
import { assertMayWrite, NO_DIALOGUE, seen, type Side, stateBefore, written } from './dialogue.rules.js';

describe('a dialogue', () => {
  it('counts each message once for the side that it is for, until that side has seen it', () => {
    const steps = fc.array(fc.tuple(fc.constantFrom<Side>('reporter', 'office'), fc.boolean()), { maxLength: 30 });
    fc.assert(
      fc.property(steps, (list) => {
        let dialogue = NO_DIALOGUE;
        const waiting = { reporter: 0, office: 0 };
        let count = 0;
        for (const [side, writes] of list) {
          dialogue = writes ? written(dialogue, side) : seen(dialogue, side);
          if (writes) waiting[side === 'reporter' ? 'office' : 'reporter'] += 1;
          else waiting[side] = 0;
          count += writes ? 1 : 0;
        }
        expect(dialogue).toEqual({ messages: count, unread: waiting });
      }),
    );
  });

  it.each(CASE_STATES)('in state %s is open to the reporting person unless all is purged', (state) => {
    const write = (from: Side) => () => assertMayWrite(from, state);
    if (state === 'purged') expect(write('reporter')).toThrow(expect.objectContaining({ code: 'dialogue_over' }));
    else expect(write('reporter')).not.toThrow();
    if (['purged', 'merged', 'received'].includes(state)) expect(write('office')).toThrow();
    else expect(write('office')).not.toThrow();
  });
});

describe('an answered question', () => {
  it.each(['in-triage', 'under-investigation'] as const)('leads back to %s, where it was asked', (from) => {
    expect(stateBefore('needs-information', from)).toBe(from);
  });

  it.each([
    ['in-triage', 'in-triage'],
    ['needs-information', undefined],
    ['needs-information', 'closed'],
    ['closed', 'under-investigation'],
  ] as const)('is none in %s asked from %s', (state, from) => {
    expect(() => stateBefore(state, from)).toThrow(expect.objectContaining({ code: 'illegal_transition' }));
  });
});
