import { RuleError } from '@aiqyn/contracts';
import { allowedFrom, type CaseState } from '../cases/case-states.rules.js';

/** That somebody asked for an investigation, and when. */
export interface Proposal {
  readonly by: string;
  readonly day: string;
}

/** A suspended inquiry and one that waits for an answer go back by themselves: no second person opens those again. */
function assertInTriage(state: CaseState): void {
  if (state !== 'in-triage')
    throw new RuleError('illegal_transition', 'an investigation begins in triage', {
      allowed: [...allowedFrom(state)],
    });
}

/** The proposal as it is stored; throws RuleError `illegal_transition` outside triage, `already_done` while one waits. */
export function proposed(
  file: { readonly state: CaseState; readonly proposal?: Proposal | null },
  proposal: Proposal,
): Proposal {
  assertInTriage(file.state);
  if (file.proposal) throw new RuleError('already_done', 'an investigation is proposed and waits for approval');
  return proposal;
}

/** Whether this person may approve; throws RuleError `illegal_transition`, `no_proposal`, `same_person`, or `no_assignee`. */
export function assertApproves(
  file: {
    readonly state: CaseState;
    readonly proposal?: Proposal | null;
    readonly assignees?: readonly string[] | null;
  },
  by: string,
): void {
  assertInTriage(file.state);
  if (!file.proposal) throw new RuleError('no_proposal', 'a triage officer proposes the investigation first');
  if (file.proposal.by === by) throw new RuleError('same_person', 'another person than who proposed it approves');
  if (!file.assignees?.length) throw new RuleError('no_assignee', 'assign an investigator first');
}
