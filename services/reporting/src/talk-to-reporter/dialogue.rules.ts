import { RuleError } from '@aiqyn/contracts';
import { allowedFrom, type CaseState } from '../cases/case-states.rules.js';

export type Side = 'reporter' | 'office';

/** How many messages a case has, and how many each side has not seen. */
export interface Dialogue {
  readonly messages: number;
  readonly unread: Readonly<Record<Side, number>>;
}

export const NO_DIALOGUE: Dialogue = { messages: 0, unread: { reporter: 0, office: 0 } };

const other = (side: Side): Side => (side === 'reporter' ? 'office' : 'reporter');

/** The dialogue after a message, whose number is `messages`. */
export const written = (dialogue: Dialogue, from: Side): Dialogue => ({
  messages: dialogue.messages + 1,
  unread: { ...dialogue.unread, [other(from)]: dialogue.unread[other(from)] + 1 },
});

/** The dialogue after a side has seen everything. */
export const seen = (dialogue: Dialogue, by: Side): Dialogue => ({
  ...dialogue,
  unread: { ...dialogue.unread, [by]: 0 },
});

/** Whether a side may write; the reporting person nearly always. Throws RuleError `dialogue_over`. */
export function assertMayWrite(from: Side, state: CaseState): void {
  const over: readonly CaseState[] = from === 'reporter' ? ['purged'] : ['purged', 'merged', 'received'];
  if (over.includes(state))
    throw new RuleError('dialogue_over', `nothing can be written from state ${state}`, { allowed: [] });
}

/** Where a case goes back to when its question is answered or withdrawn; throws RuleError `illegal_transition`. */
export function stateBefore(state: CaseState, askedFrom: CaseState | null | undefined): CaseState {
  const allowed = allowedFrom(state);
  if (state !== 'needs-information' || !askedFrom || !allowed.includes(askedFrom))
    throw new RuleError('illegal_transition', 'no question is open', { allowed: [...allowed] });
  return askedFrom;
}
