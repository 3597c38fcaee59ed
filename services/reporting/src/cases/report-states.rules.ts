import { transition } from '@aiqyn/contracts';

/**
 * The states of a report and the case made of it, and where each may go (domain notes, reporting (d), the part that the
 * first loop walks). Statuses, answers and tests are derived from this table.
 */
export const TRANSITIONS = {
  received: ['acknowledged'],
  acknowledged: ['in-triage'],
  'in-triage': ['rejected', 'under-investigation'],
  rejected: ['closed'],
  'under-investigation': ['unsubstantiated', 'substantiated'],
  unsubstantiated: ['closed'],
  substantiated: ['in-proceedings'],
  'in-proceedings': ['decided-liable', 'decided-not-liable'],
  'decided-liable': ['closed'],
  'decided-not-liable': ['closed'],
  closed: ['in-triage'],
} as const;

export type ReportState = keyof typeof TRANSITIONS;

export const allowedFrom = (state: ReportState): readonly ReportState[] => TRANSITIONS[state];

/** The state after the move; throws RuleError `illegal_transition`. */
export const move = (from: ReportState, to: ReportState): ReportState => transition<ReportState>(TRANSITIONS, from, to);
