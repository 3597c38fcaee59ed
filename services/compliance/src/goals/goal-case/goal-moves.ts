import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import {
  GoalStatusChangedV1,
  IndicatorEscalatedV1,
  IndicatorSetV1,
  IndicatorStatusChangedV1,
  MilestoneMovedV1,
  RuleError,
} from '@aiqyn/contracts';
import { type Caller, change, Clock, Commands, create, type Doc, type Left, Timers, type Tx } from '@aiqyn/platform';
import { known } from '../../people/known-row.js';
import type { Milestone } from '../reach-milestone/milestone-states.rules.js';
import { type Fact, nextDay, on, settle } from './goal-clock.rules.js';
import { GoalPolicies } from './goal-policies.js';
import { type Goal, GOALS, type GoalState } from './goal.schema.js';
import { worst } from './goal-status.rules.js';
import type { Indicator } from './indicator.rules.js';

/** Goals that time changes in one transaction, so that none grows large. */
const AT_ONCE = 500;
const CLOCK = 'goal-clock';

export interface GoalStep {
  /** Takes the place of the one with its code. */
  readonly indicator?: Indicator;
  readonly milestone?: Milestone;
  readonly set?: Doc;
  /** Published after what time did and before what follows from the step. */
  readonly event?: object;
  readonly answer?: object;
  /** What the audit entry says besides. */
  readonly reason?: string;
}

/** Rows hold no null: a field of an indicator that is undefined is left out, at any depth. */
const whole = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
const inPlace = <T extends { code: string }>(list: readonly T[], one: T | undefined): readonly T[] =>
  one ? list.map((each) => (each.code === one.code ? one : each)) : list;

export const milestoneMoved = (
  { _id: goalId, organisationBin }: Pick<Goal, '_id' | 'organisationBin'>,
  { code: milestone, state, dueDay, ownerPosition }: Milestone,
  day: string,
): MilestoneMovedV1 =>
  Object.assign(new MilestoneMovedV1(), {
    ...{ goalId, milestone, day, dueDay, state, ownerPosition },
    ...(organisationBin ? { organisationBin } : {}),
  });

/** The one way in which a goal goes on: what time did first, then the step, then what follows from it. */
@Injectable()
export class GoalMoves {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly commands: Commands,
    private readonly clock: Clock,
    private readonly policies: GoalPolicies,
    timers: Timers,
  ) {
    timers.daily(CLOCK, (tx, today) => this.passTime(tx, today));
  }

  /** Changes a goal as `decide` says; throws NotFound, RuleError, ConcurrentChange. */
  step(
    id: string,
    caller: Caller,
    decide: (goal: Goal, day: string, tx: Tx) => GoalStep | Promise<GoalStep>,
    { state = 'running', fromOutside = false }: { state?: GoalState; fromOutside?: boolean } = {},
  ): Promise<object> {
    return this.commands.run(caller, async (tx) => {
      // Who looks at it from outside is never of the body whose goal it is.
      const who = fromOutside ? 'anybody' : 'own';
      const goal = await known<Goal>(tx, this.connection, GOALS, id, caller, (row) => row.organisationBin, who);
      if (goal.state !== state) throw new RuleError('out_of_order', `the goal is ${goal.state}, not ${state}`);
      const day = this.clock.today();
      const caught = state === 'running' ? settle(this.policies.clock, goal, day) : { goal, facts: [] };
      const step = await decide(caught.goal, day, tx);
      const stepped = {
        ...caught.goal,
        indicators: [...inPlace(caught.goal.indicators, step.indicator)],
        milestones: [...inPlace(caught.goal.milestones, step.milestone)],
      };
      const after = state === 'running' ? on(this.policies.clock, stepped, day) : { goal: stepped, facts: [] };
      const events = [
        ...this.told(goal, caught.facts),
        ...(step.event ? [Object.assign(step.event, { goalId: id })] : []),
        ...this.told(goal, after.facts),
      ];
      const reason = step.reason ?? step.indicator?.code ?? step.milestone?.code;
      tx.audit({
        ...{ actor: caller.id, action: caller.permission!, resource: id, outcome: 'done' },
        ...(reason ? { reason } : {}),
      });
      const set = { ...(state === 'running' ? this.inTime(after.goal) : whole(partsOf(after.goal))), ...step.set };
      const version = change(tx, GOALS, goal, set, ...events);
      return { goalId: id, status: after.goal.status, ...step.answer, version };
    });
  }

  /** Stores a goal that runs from the beginning, with the event that says so. */
  set(
    tx: Tx,
    actor: string,
    told: Pick<Goal, '_id' | 'areaCode' | 'indicators' | 'milestones'> & Partial<Goal>,
    event: object,
  ): void {
    const { goal, events } = this.begun({ ...told, status: worst([]) });
    create(tx, GOALS, { ...goal, policy: this.policies.clock.goals.id }, event);
    const row = { _id: told._id, version: 1, events: 1 };
    if (events.length > 0) {
      // The row is created first, then its further events are counted.
      change(tx, GOALS, row, {}, ...events);
    }
    tx.audit({ actor, action: 'goal:set', resource: told._id, outcome: 'done' });
  }

  /** Begins the clock of a goal that was planned. */
  begin(tx: Tx, goal: Goal): void {
    const { goal: set, events } = this.begun(goal);
    const { _id, version: _v, events: _e, ...fields } = set;
    change(tx, GOALS, goal, fields, ...events);
  }

  /** Ends the clock of a goal. */
  end(tx: Tx, goal: Goal): void {
    const caught = settle(this.policies.clock, goal, this.clock.today());
    const set = { ...this.inTime(caught.goal), state: 'closed', nextDay: undefined };
    change(tx, GOALS, goal, set, ...this.told(goal, caught.facts));
  }

  private begun<G extends Pick<Goal, '_id' | 'areaCode' | 'indicators' | 'milestones' | 'status'> & Partial<Goal>>(
    goal: G,
  ): { goal: Omit<G, keyof Goal> & Doc & { _id: string }; events: object[] } {
    const day = this.clock.today();
    const { goal: now, facts } = on(this.policies.clock, { ...goal, settledDay: day }, day);
    const { _id: goalId, programmeId, recommendationId, areaCode } = goal;
    const set = goal.indicators.map((one) =>
      Object.assign(new IndicatorSetV1(), {
        ...{ goalId, indicator: one.code, areaCode, unit: one.unit, direction: one.direction },
        ...(programmeId ? { programmeId } : {}),
        ...(recommendationId ? { recommendationId } : {}),
        ...(one.corridor ? {} : { baseline: one.baseline, target: one.target }),
        ...{ frequency: one.frequency, day: one.startDay, dueDay: one.dueDay },
        accountablePosition: one.terms[0]!.position,
      }),
    );
    return { goal: { ...now, ...this.inTime(now), state: 'running' }, events: [...set, ...this.told(goal, facts)] };
  }

  private async passTime(tx: Tx, today: string): Promise<Left> {
    const due = await this.connection
      .db!.collection<Goal>(GOALS)
      .find({ nextDay: { $lte: today } }, { session: tx.session })
      .sort({ nextDay: 1 })
      .limit(AT_ONCE)
      .toArray();
    for (const goal of due) {
      const { goal: now, facts } = settle(this.policies.clock, goal as Goal, today);
      change(tx, GOALS, goal, this.inTime(now), ...this.told(goal, facts));
      tx.audit({ actor: CLOCK, action: 'goal:pass-time', resource: goal._id, outcome: 'done' });
    }
    return due.length === AT_ONCE ? 'more' : 'done';
  }

  private inTime(goal: Pick<Goal, 'indicators' | 'milestones' | 'status' | 'settledDay'>): Doc {
    const { status, settledDay } = goal;
    return { ...whole(partsOf(goal)), status, settledDay, nextDay: nextDay(this.policies.clock, goal) };
  }

  private told(goal: Pick<Goal, '_id'> & Partial<Goal>, facts: readonly Fact[]): object[] {
    const goalId = goal._id;
    const body = goal.organisationBin ? { organisationBin: goal.organisationBin } : {};
    return facts.flatMap(({ kind, ...fact }): object[] => {
      switch (kind) {
        case 'status':
          return [Object.assign(new IndicatorStatusChangedV1(), { goalId, ...fact })];
        case 'escalated':
          return [Object.assign(new IndicatorEscalatedV1(), { goalId, ...fact, ...body })];
        case 'late': {
          const { milestone, day } = fact as Extract<Fact, { kind: 'late' }>;
          return [milestoneMoved(goal, milestone, day)];
        }
        case 'goal-status':
          // Of goals that a recommendation asked for: their readers know them by `goal.set`.
          return goal.recommendationId ? [Object.assign(new GoalStatusChangedV1(), { goalId, ...fact })] : [];
      }
    });
  }
}

const partsOf = ({ indicators, milestones }: Pick<Goal, 'indicators' | 'milestones'>): Doc => ({
  indicators,
  milestones,
});
