import { transition } from '@aiqyn/contracts';

/** The states of a retaliation complaint (domain notes, reporting (d)): a flow of its own, linked to the case. */
export const TRANSITIONS = {
  lodged: ['assessed'],
  assessed: ['protected', 'not-upheld'],
  protected: ['monitored', 'closed'],
  'not-upheld': ['closed'],
  monitored: ['protected', 'closed'],
  closed: [],
} as const;

export type ComplaintState = keyof typeof TRANSITIONS;
export const COMPLAINT_STATES = Object.keys(TRANSITIONS) as ComplaintState[];

/** The state after the move; throws RuleError `illegal_transition`. */
export const moveComplaint = (from: ComplaintState, to: ComplaintState): ComplaintState =>
  transition<ComplaintState>(TRANSITIONS, from, to);

/** Whether any of a case's complaints still needs somebody. */
export const retaliationOpen = (states: readonly ComplaintState[]): boolean => states.some((s) => s !== 'closed');
