import { RuleError } from './rule-error.js';

/** A state machine as data: from each state, where it may go. */
export type Transitions<S extends string> = Readonly<Record<S, readonly S[]>>;

/** The state after the move; throws RuleError `illegal_transition` with the moves that are allowed. */
export function transition<S extends string>(table: Transitions<S>, from: S, to: S): S {
  const allowed = table[from];
  if (!allowed.includes(to)) throw new RuleError('illegal_transition', `not possible from ${from}`, { allowed });
  return to;
}
