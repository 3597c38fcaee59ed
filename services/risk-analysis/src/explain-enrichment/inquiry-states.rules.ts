import { transition, type Transitions } from '@aiqyn/contracts';

/** What becomes of a signal of unjustified enrichment: the person explains, it is checked again, another person decides. */
export const INQUIRY_TRANSITIONS = {
  // A later version of the declaration may clear it before anybody is told.
  signal: ['notified', 'closed'],
  notified: ['explained', 'unanswered'],
  explained: ['rechecked'],
  // What comes late is heard.
  unanswered: ['explained', 'rechecked'],
  rechecked: ['rechecked', 'justified', 'referred', 'closed'],
  justified: [],
  referred: [],
  closed: [],
} as const satisfies Transitions<string>;

export type InquiryState = keyof typeof INQUIRY_TRANSITIONS;

/** The state after the move; throws RuleError `illegal_transition` with the moves that are allowed. */
export const moveInquiry = (from: InquiryState, to: InquiryState): InquiryState =>
  transition(INQUIRY_TRANSITIONS as Transitions<InquiryState>, from, to);

/** Whether nothing comes after it. */
export const isDecided = (state: InquiryState): boolean => INQUIRY_TRANSITIONS[state].length === 0;
