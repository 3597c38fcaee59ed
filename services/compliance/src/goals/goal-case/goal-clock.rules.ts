import { addDays, type GoalOutcome, type GoalStatus, isDay, RuleError } from '@aiqyn/contracts';
import { accountableAt } from '../hand-over-goal/accountable.rules.js';
import { clockRuns, hasRunOut, type Milestone, moveMilestone } from '../reach-milestone/milestone-states.rules.js';
import { goalStatus, outcomeOf, staleFrom, standing, worst } from './goal-status.rules.js';
import type { GoalPack, Indicator } from './indicator.rules.js';

/** Who is told when, while an indicator stays red or unmeasured. */
export interface Ladder {
  readonly id: string;
  readonly steps: readonly {
    readonly code: string;
    /** Days since the episode began. */
    readonly afterDays: number;
    /** A position, or `accountable`: who answers on that day. */
    readonly to: string;
  }[];
}

/** Reads the ladder; throws RuleError `bad_policy` naming the field. */
export function ladderPack(raw: unknown): Ladder {
  const pack = raw as Ladder & { source: unknown; checked: unknown; effectiveFrom: unknown };
  const need = (holds: boolean, field: string): void => {
    if (!holds) throw new RuleError('bad_policy', `escalation ladder: ${field} is missing or wrong`, { field });
  };
  need(typeof pack?.id === 'string', 'id');
  need(isDay(String(pack.effectiveFrom)), 'effectiveFrom');
  need(typeof pack.source === 'string', 'source');
  need(typeof pack.checked === 'boolean', 'checked');
  need(Array.isArray(pack.steps) && pack.steps.length > 0, 'steps');
  pack.steps.forEach(({ code, afterDays, to }, i) => {
    const word = /^[a-z0-9-]{1,64}$/;
    need(word.test(String(code)) && pack.steps.findIndex((one) => one.code === code) === i, `steps[${i}].code`);
    need(Number.isInteger(afterDays) && afterDays > (pack.steps[i - 1]?.afterDays ?? -1), `steps[${i}].afterDays`);
    need(word.test(String(to)), `steps[${i}].to`);
  });
  return pack;
}

/** The part of a goal that time changes. */
export interface GoalInTime {
  readonly indicators: readonly Indicator[];
  readonly milestones: readonly Milestone[];
  readonly status: GoalStatus;
  /** Up to this day it was looked at. */
  readonly settledDay: string;
}

/** What happened, with the day on which it did. */
export type Fact =
  | {
      readonly kind: 'status';
      readonly indicator: string;
      readonly day: string;
      readonly status: GoalStatus;
      readonly outcome: GoalOutcome;
      readonly overridden: boolean;
      readonly value?: number;
    }
  | { readonly kind: 'goal-status'; readonly day: string; readonly status: GoalStatus; readonly value?: number }
  | {
      readonly kind: 'escalated';
      readonly indicator: string;
      readonly day: string;
      readonly since: string;
      readonly step: string;
      readonly toPosition: string;
    }
  | { readonly kind: 'late'; readonly milestone: Milestone; readonly day: string };

export interface Settled<G> {
  readonly goal: G;
  readonly facts: readonly Fact[];
}

export interface ClockPacks {
  readonly goals: GoalPack;
  readonly ladder: Ladder;
}

const lastValue = (indicator: Indicator): { value?: number } => {
  const last = standing(indicator.measurements).at(-1);
  return last ? { value: last.value } : {};
};

/** An indicator as it is on a day. */
function indicatorOn(packs: ClockPacks, before: Indicator, day: string): { after: Indicator; facts: readonly Fact[] } {
  const stands = standing(before.measurements);
  const computed = goalStatus(packs.goals, before, stands, day);
  const status = before.override?.status ?? computed;
  const outcome = outcomeOf(packs.goals, before, stands, day);
  const facts: Fact[] = [];
  const moved = status !== before.status || outcome !== before.outcome;
  if (moved)
    facts.push({
      ...{ kind: 'status', indicator: before.code, day, status, outcome },
      ...{ overridden: before.override !== undefined, ...lastValue(before) },
    });
  // What was never measured is in trouble when it should have been, not at once.
  const trouble =
    status === 'red' ||
    (status === 'grey' && (before.override !== undefined || day >= staleFrom(packs.goals, before, stands)));
  const { episode: _, ...rest } = before;
  if (!trouble) return { after: { ...rest, status, computed, outcome }, facts };
  const since = before.episode?.since ?? day;
  const steps = [...(before.episode?.steps ?? [])];
  for (const { code: step, afterDays, to } of packs.ladder.steps) {
    const dueOn = addDays(since, afterDays);
    if (dueOn > day || steps.includes(step)) continue;
    const toPosition = to === 'accountable' ? accountableAt(before.terms, dueOn)!.position : to;
    facts.push({ kind: 'escalated', indicator: before.code, day: dueOn, since, step, toPosition });
    steps.push(step);
  }
  return { after: { ...rest, status, computed, outcome, episode: { since, steps } }, facts };
}

/** A goal as it is on a day, and what that changes. */
export function on<G extends GoalInTime>(packs: ClockPacks, goal: G, day: string): Settled<G> {
  const facts: Fact[] = [];
  const indicators = goal.indicators.map((before) => {
    const { after, facts: some } = indicatorOn(packs, before, day);
    facts.push(...some);
    return after;
  });
  const milestones = goal.milestones.map((before) => {
    if (!hasRunOut(before, day)) return before;
    const after = { ...before, state: moveMilestone(before.state, 'late') };
    facts.push({ kind: 'late', milestone: after, day: addDays(before.dueDay, 1) });
    return after;
  });
  const status = worst(indicators.map((one) => one.status));
  if (status !== goal.status) {
    const of = indicators.find((one) => one.status === status);
    facts.push({ kind: 'goal-status', day, status, ...(of ? lastValue(of) : {}) });
  }
  return { goal: { ...goal, indicators, milestones, status, settledDay: day }, facts };
}

/** The next day on which time alone changes something; undefined when none does. */
export function nextDay(packs: ClockPacks, goal: GoalInTime): string | undefined {
  const days = [
    ...goal.indicators.flatMap((one) => [
      staleFrom(packs.goals, one, standing(one.measurements)),
      addDays(one.dueDay, 1),
      ...(one.episode
        ? packs.ladder.steps
            .filter(({ code }) => !one.episode!.steps.includes(code))
            .map(({ afterDays }) => addDays(one.episode!.since, afterDays))
        : []),
    ]),
    ...goal.milestones.filter(({ state }) => clockRuns(state)).map(({ dueDay }) => addDays(dueDay, 1)),
  ];
  return days.filter((day) => day > goal.settledDay).sort()[0];
}

/** Lets the days pass up to today: the same whether it is looked at every day or after a year. */
export function settle<G extends GoalInTime>(packs: ClockPacks, goal: G, today: string): Settled<G> {
  const facts: Fact[] = [];
  let now = goal;
  for (let day = nextDay(packs, now); day !== undefined && day <= today; day = nextDay(packs, now)) {
    const settled = on(packs, now, day);
    now = settled.goal;
    facts.push(...settled.facts);
  }
  return { goal: now, facts };
}
