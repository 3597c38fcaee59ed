import { describe, expect, it } from '@jest/globals';
import { CASE_STATES } from '../cases/case-states.rules.js';
import { assertApproves, proposed } from './proposal.rules.js';

const proposal = { by: 'anna', day: '2025-03-01' };

describe('an investigation', () => {
  it.each(CASE_STATES)('is proposed from %s only when that is triage', (state) => {
    const propose = () => proposed({ state }, proposal);
    if (state === 'in-triage') expect(propose()).toEqual(proposal);
    else expect(propose).toThrow(expect.objectContaining({ code: 'illegal_transition' }));
  });

  it('is proposed once at a time', () => {
    expect(() => proposed({ state: 'in-triage', proposal }, { ...proposal, by: 'boris' })).toThrow(
      expect.objectContaining({ code: 'already_done' }),
    );
    expect(proposed({ state: 'in-triage', proposal: null }, proposal)).toEqual(proposal);
  });

  it.each([
    ['nobody proposed', { assignees: ['dina'] }, 'boris', 'no_proposal'],
    ['the proposal was used up', { proposal: null, assignees: ['dina'] }, 'boris', 'no_proposal'],
    ['who proposed approves', { proposal, assignees: ['dina'] }, 'anna', 'same_person'],
    ['nobody is assigned', { proposal }, 'boris', 'no_assignee'],
    [
      'it waits for an answer',
      { state: 'needs-information', proposal, assignees: ['dina'] },
      'boris',
      'illegal_transition',
    ],
    ['nobody is assigned any more', { proposal, assignees: [] }, 'boris', 'no_assignee'],
  ] as const)('is not approved when %s', (_, file, by, code) => {
    expect(() => assertApproves({ state: 'in-triage', ...file }, by)).toThrow(expect.objectContaining({ code }));
  });

  it('is approved by another person once somebody is assigned', () => {
    expect(() => assertApproves({ state: 'in-triage', proposal, assignees: ['dina'] }, 'boris')).not.toThrow();
  });
});
