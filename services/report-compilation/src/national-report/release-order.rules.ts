import { RuleError, transition } from '@aiqyn/contracts';

/** The order of release: nothing is left out, nothing goes back; what was wrong in print becomes a new edition. */
export const TRANSITIONS = {
  compiled: ['approved'],
  approved: ['submitted'],
  submitted: ['published'],
  published: [],
} as const;

export type ReportStep = keyof typeof TRANSITIONS;

/** The state after the move; throws RuleError `illegal_transition`. */
export const move = (from: ReportStep, to: ReportStep): ReportStep => transition<ReportStep>(TRANSITIONS, from, to);

/** Each step is taken by another person than those before it; throws RuleError `same_person`. */
export function mayAct(
  history: readonly { readonly step: string; readonly actor: string }[],
  actor: string,
  step: ReportStep,
): void {
  const earlier = history.find((h) => h.actor === actor);
  if (earlier) throw new RuleError('same_person', `whoever ${earlier.step} the report cannot take the step to ${step}`);
}
