import { addDays, daysBetween, RuleError, transition, type Transitions } from '@aiqyn/contracts';

/** Where a consultation may go. The first two steps are taken by the calendar, the last by a second person. */
export const CONSULTATION_TRANSITIONS = {
  announced: ['open'],
  open: ['answering'],
  answering: ['closed'],
  closed: [],
} as const satisfies Transitions<string>;

export type ConsultationState = keyof typeof CONSULTATION_TRANSITIONS;
export const CONSULTATION_STATES = Object.keys(CONSULTATION_TRANSITIONS) as ConsultationState[];

/** The state after the move; throws RuleError `illegal_transition` with the moves that are allowed. */
export const moveConsultation = (from: ConsultationState, to: ConsultationState): ConsultationState =>
  transition(CONSULTATION_TRANSITIONS as Transitions<ConsultationState>, from, to);

/** The state in which a consultation begins; throws RuleError `day_out_of_range` for days that the policy does not allow. */
export function beginsAs(
  { shortestDays, longestDays }: { readonly shortestDays: number; readonly longestDays: number },
  firstDay: string,
  lastDay: string,
  today: string,
): 'announced' | 'open' {
  const refuse = (field: string, why: string): never => {
    throw new RuleError('day_out_of_range', why, { field });
  };
  if (firstDay < today) refuse('firstDay', 'comments come in from today on, or later');
  if (firstDay > addDays(today, 366)) refuse('firstDay', 'a consultation is announced at most a year before');
  const days = daysBetween(firstDay, lastDay) + 1;
  if (days < shortestDays || days > longestDays)
    refuse('lastDay', `comments come in for ${shortestDays} to ${longestDays} days`);
  return firstDay > today ? 'announced' : 'open';
}

/**
 * Whether a comment comes in time. The day decides as well as the state: a timer that fires late lets nobody comment late.
 * Throws RuleError `reception_closed`.
 */
export function mayComment(
  {
    state,
    firstDay,
    lastDay,
  }: { readonly state: ConsultationState; readonly firstDay: string; readonly lastDay: string },
  today: string,
): void {
  if (state === 'open' && today >= firstDay && today <= lastDay) return;
  const when = today < firstDay ? 'comments do not come in yet' : 'the last day for comments is over';
  throw new RuleError('reception_closed', when);
}

/** Whether comments are answered and moderated now; throws RuleError `illegal_transition`. */
export function mayWorkOn(state: ConsultationState, states: readonly ConsultationState[]): void {
  if (!states.includes(state))
    throw new RuleError('illegal_transition', `not possible while the consultation is ${state}`, { allowed: states });
}
