import { RuleError, transition, type Transitions } from '@aiqyn/contracts';

/** Where a milestone may go (domain notes, compliance C4). What is reached late stays told apart to the end. */
export const MILESTONE_TRANSITIONS = {
  planned: ['started', 'late', 'dropped'],
  started: ['done-claimed', 'late', 'dropped'],
  // Claimed in time, it stays in time however long the verification takes.
  'done-claimed': ['done-verified', 'started'],
  'done-verified': [],
  late: ['late-claimed', 'dropped'],
  'late-claimed': ['done-late', 'late'],
  'done-late': [],
  dropped: [],
} as const satisfies Transitions<string>;

export type MilestoneState = keyof typeof MILESTONE_TRANSITIONS;
export const MILESTONE_STATES = Object.keys(MILESTONE_TRANSITIONS) as MilestoneState[];

/** The state after the move; throws RuleError `illegal_transition` with the moves that are allowed. */
export const moveMilestone = (from: MilestoneState, to: MilestoneState): MilestoneState =>
  transition(MILESTONE_TRANSITIONS as Transitions<MilestoneState>, from, to);

export interface Milestone {
  readonly code: string;
  readonly title?: string;
  readonly dueDay: string;
  readonly ownerPosition: string;
  readonly state: MilestoneState;
  readonly startedBy?: string;
  readonly claimedBy?: string;
  readonly claimedDay?: string;
  /** The document that shows it. */
  readonly evidence?: string;
  readonly verifiedBy?: string;
  readonly verifiedDay?: string;
  readonly decision?: string;
  readonly droppedBy?: string;
}

/** Whether its day can pass while it is in this state. */
export const clockRuns = (state: MilestoneState): boolean => state === 'planned' || state === 'started';

/** Whether it became late; its last day still counts. */
export const hasRunOut = ({ state, dueDay }: Milestone, day: string): boolean => clockRuns(state) && day > dueDay;

/** The state that a start leads to; what is claimed is sent back by who verifies, not by who owns it. */
export const started = (state: MilestoneState): MilestoneState =>
  state === 'done-claimed' ? moveMilestone('started', 'started') : moveMilestone(state, 'started');

/** The state that a claim leads to. */
export const claimed = (state: MilestoneState): MilestoneState =>
  moveMilestone(state, state === 'late' ? 'late-claimed' : 'done-claimed');

/** The state that a verification leads to; throws RuleError `same_person` for who owns, started or claimed it. */
export function verified(milestone: Milestone, by: string, holds: boolean): MilestoneState {
  const late = milestone.state === 'late-claimed';
  const back = late ? 'late' : 'started';
  const to = moveMilestone(milestone.state, holds ? (late ? 'done-late' : 'done-verified') : back);
  if ([milestone.startedBy, milestone.claimedBy].includes(by))
    throw new RuleError('same_person', 'another person verifies than who started or claimed it');
  return to;
}
