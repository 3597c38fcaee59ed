import { RuleError, transition, type Transitions } from '@aiqyn/contracts';

/** Where a programme may go (domain notes, compliance C4). */
export const PROGRAMME_TRANSITIONS = {
  draft: ['approved'],
  // Before it runs it may be taken back, revised and approved as the next edition.
  approved: ['draft', 'running'],
  running: ['closed'],
  closed: [],
} as const satisfies Transitions<string>;

export type ProgrammeState = keyof typeof PROGRAMME_TRANSITIONS;
export const PROGRAMME_STATES = Object.keys(PROGRAMME_TRANSITIONS) as ProgrammeState[];

/** The state after the move; throws RuleError `illegal_transition` with the moves that are allowed. */
export const moveProgramme = (from: ProgrammeState, to: ProgrammeState): ProgrammeState =>
  transition(PROGRAMME_TRANSITIONS as Transitions<ProgrammeState>, from, to);

/** Goals of one programme at most: they begin to run in one transaction. */
export const MOST_GOALS = 500;

/** Throws RuleError `same_person` for who planned any of it, `out_of_order` when a goal has no indicator. */
export function judgeApproval(
  by: string,
  planners: readonly string[],
  goals: readonly { readonly code?: string; readonly indicators: readonly unknown[] }[],
): void {
  if (planners.includes(by)) throw new RuleError('same_person', 'another person approves than who planned');
  if (goals.length === 0) throw new RuleError('out_of_order', 'a programme without a goal asks for nothing');
  const bare = goals.find(({ indicators }) => indicators.length === 0);
  if (bare) throw new RuleError('out_of_order', `goal ${bare.code ?? ''} has no indicator`);
}
