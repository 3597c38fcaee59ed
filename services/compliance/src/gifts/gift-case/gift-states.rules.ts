import { transition, type Transitions } from '@aiqyn/contracts';

/** Where a gift may go (domain notes, compliance C1). */
export const GIFT_TRANSITIONS = {
  refused: [],
  // Named by a report of a citizen: an officer finds out whether there was one.
  suspected: ['declared', 'closed'],
  declared: ['exemption-review', 'returned', 'handed-over', 'overdue'],
  // The clock never stops: a review that outlasts the term ends in it.
  'exemption-review': ['exempt', 'declared', 'overdue'],
  exempt: [],
  returned: [],
  overdue: ['handed-over', 'breach-review'],
  'breach-review': ['breach', 'closed'],
  // What is state property stays so: a confirmed breach does not end the duty to hand it over.
  breach: ['handed-over'],
  closed: [],
  'handed-over': ['valued'],
  valued: ['disposed'],
  disposed: [],
} as const satisfies Transitions<string>;

export type GiftState = keyof typeof GIFT_TRANSITIONS;
export const GIFT_STATES = Object.keys(GIFT_TRANSITIONS) as GiftState[];

/** The state after the move; throws RuleError `illegal_transition` with the moves that are allowed. */
export const moveGift = (from: GiftState, to: GiftState): GiftState =>
  transition(GIFT_TRANSITIONS as Transitions<GiftState>, from, to);

/** Whether the term to hand over runs in this state. */
export const clockRuns = (state: GiftState): boolean => state === 'declared' || state === 'exemption-review';

/** Whether the term ran out; its last day still counts. */
export const hasRunOut = (gift: { readonly state: GiftState; readonly handOverBy: string }, day: string): boolean =>
  clockRuns(gift.state) && day > gift.handOverBy;
