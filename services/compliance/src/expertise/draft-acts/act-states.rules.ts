import { transition, type Transitions } from '@aiqyn/contracts';

/** Where the expertise of a draft act may go (domain notes, compliance C2). */
export const ACT_TRANSITIONS = {
  registered: ['triaged', 'not-needed', 'withdrawn'],
  'not-needed': [],
  triaged: ['screened', 'returned-for-dossier', 'withdrawn'],
  screened: ['in-expertise', 'returned-for-dossier', 'withdrawn'],
  'in-expertise': ['in-review', 'returned-for-dossier', 'withdrawn'],
  // The clock stands still; once.
  'returned-for-dossier': ['triaged', 'screened', 'in-expertise', 'withdrawn'],
  'in-review': ['in-expertise', 'issued', 'withdrawn'],
  // An opinion that finds nothing asks for no answer.
  issued: ['awaiting-response', 'responded'],
  'awaiting-response': ['responded', 'overdue', 'withdrawn'],
  overdue: ['responded', 'follow-up', 'withdrawn'],
  responded: ['follow-up', 'adopted', 'withdrawn'],
  // A new text may need a new round.
  'follow-up': ['in-expertise', 'adopted', 'withdrawn'],
  adopted: ['closed'],
  withdrawn: [],
  closed: [],
} as const satisfies Transitions<string>;

export type ActState = keyof typeof ACT_TRANSITIONS;
export const ACT_STATES = Object.keys(ACT_TRANSITIONS) as ActState[];

/** The state after the move; throws RuleError `illegal_transition` with the moves that are allowed. */
export const moveAct = (from: ActState, to: ActState): ActState =>
  transition(ACT_TRANSITIONS as Transitions<ActState>, from, to);

/** States in which the term of the expertise runs. */
export const examined = (state: ActState): boolean =>
  state === 'triaged' || state === 'screened' || state === 'in-expertise' || state === 'in-review';
