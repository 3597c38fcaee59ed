import { GOAL_OUTCOMES, GOAL_STATUSES, type GoalOutcome, type GoalStatus } from '@aiqyn/contracts';
import { MILESTONE_STATES, type MilestoneState } from '../reach-milestone/milestone-states.rules.js';

/** What is counted of a goal. */
export interface Countable {
  readonly _id: string;
  readonly indicators: readonly { readonly status: GoalStatus; readonly outcome: GoalOutcome }[];
  readonly milestones: readonly { readonly state: MilestoneState }[];
}

type By<S extends string> = { readonly total: number } & Readonly<Record<S, number>>;

export interface Counts {
  readonly status: By<GoalStatus>;
  readonly outcome: By<GoalOutcome>;
  readonly milestones: By<MilestoneState>;
}

function by<S extends string>(all: readonly S[], found: readonly S[]): By<S> {
  const of = (one: S): number => found.filter((each) => each === one).length;
  return { total: found.length, ...(Object.fromEntries(all.map((one) => [one, of(one)])) as Record<S, number>) };
}

/** How many indicators are in each status and outcome, how many milestones in each state; each counts once. */
export const countsOf = (goals: readonly Countable[]): Counts => {
  const indicators = goals.flatMap((goal) => goal.indicators);
  return {
    status: by(
      GOAL_STATUSES,
      indicators.map((one) => one.status),
    ),
    outcome: by(
      GOAL_OUTCOMES,
      indicators.map((one) => one.outcome),
    ),
    milestones: by(
      MILESTONE_STATES,
      goals.flatMap((goal) => goal.milestones.map((one) => one.state)),
    ),
  };
};

/** The counts of a programme, and under them those of each goal, which sum to them. */
export const rollUp = (
  goals: readonly Countable[],
): Counts & { readonly goals: readonly (Counts & { readonly goalId: string })[] } => ({
  ...countsOf(goals),
  goals: goals.map((goal) => ({ goalId: goal._id, ...countsOf([goal]) })),
});
