import { RuleError, transition } from '@aiqyn/contracts';

/**
 * The sixteen states of a case and where each may go (domain notes, reporting (d)); a case begins as one report.
 * Statuses, answers and tests are derived from this table. Withdrawal is no state: the public interest may go on.
 */
export const TRANSITIONS = {
  received: ['acknowledged'],
  acknowledged: ['in-triage'],
  'in-triage': ['needs-information', 'rejected', 'referred', 'merged', 'under-investigation'],
  'needs-information': ['in-triage', 'under-investigation'],
  rejected: ['closed'],
  referred: ['closed'],
  merged: [],
  'under-investigation': ['needs-information', 'referred', 'suspended', 'unsubstantiated', 'substantiated'],
  suspended: ['under-investigation'],
  unsubstantiated: ['closed'],
  substantiated: ['in-proceedings'],
  'in-proceedings': ['decided-liable', 'decided-not-liable'],
  'decided-liable': ['closed'],
  'decided-not-liable': ['closed'],
  closed: ['in-triage', 'purged'],
  purged: [],
} as const;

export type CaseState = keyof typeof TRANSITIONS;
export const CASE_STATES = Object.keys(TRANSITIONS) as CaseState[];

export const allowedFrom = (state: CaseState): readonly CaseState[] => TRANSITIONS[state];

/** The state after the move; throws RuleError `illegal_transition`. */
export const move = (from: CaseState, to: CaseState): CaseState => transition<CaseState>(TRANSITIONS, from, to);

/** Before the end nobody has told the reporting person what came of it. */
export const isOpen = (state: CaseState): boolean => !['closed', 'merged', 'purged'].includes(state);

/** What a partner system that knows only two states is told (Open311 GeoReport v2). */
export const openOrClosed = (state: CaseState): 'open' | 'closed' => (isOpen(state) ? 'open' : 'closed');

/** Whether a case can take others in; throws RuleError `cannot_lead` otherwise. */
export function assertCanLead(lead: { readonly _id: string; readonly state: CaseState }, merged: string): void {
  if (lead._id === merged) throw new RuleError('cannot_lead', 'a case cannot be merged into itself', { field: 'into' });
  if (!isOpen(lead.state) || lead.state === 'received')
    throw new RuleError('cannot_lead', 'the lead case must be open and acknowledged', { field: 'into' });
}
