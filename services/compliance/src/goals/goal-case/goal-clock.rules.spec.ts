import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, daysBetween } from '@aiqyn/contracts';
import type { Milestone } from '../reach-milestone/milestone-states.rules.js';
import { type Fact, type GoalInTime, ladderPack, nextDay, on, settle } from './goal-clock.rules.js';
import { unmeasured } from './goal-status.rules.js';
import { goalPack, type Indicator } from './indicator.rules.js';

const read = (name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(new URL(`../../../data/policies/${name}.json`, import.meta.url), 'utf8')) as Record<
    string,
    unknown
  >;
const rawLadder = read('escalation-ladder');
const packs = { goals: goalPack(read('goals')), ladder: ladderPack(rawLadder) };
const START = '2025-01-01';
const after = (days: number) => addDays(START, days);

const indicator = (
  code: string,
  values: readonly (readonly [number, number])[],
  more: Partial<Indicator> = {},
): Indicator => ({
  ...unmeasured(),
  ...{ code, unit: 'share', direction: 'down', baseline: 0.5, target: 0.3, source: 'register' },
  ...{ frequency: 'quarterly', startDay: START, dueDay: after(200), terms: [{ position: 'chair', from: START }] },
  measurements: values.map(([days, value], i) => ({
    ...{ number: i + 1, day: after(days), value, recordedDay: after(days), by: 'anna' },
  })),
  ...more,
});
const milestone = (code: string, due: number, more: Partial<Milestone> = {}): Milestone => ({
  ...{ code, dueDay: after(due), ownerPosition: 'chair', state: 'planned', ...more },
});
const goal = (indicators: Indicator[], milestones: Milestone[] = []): GoalInTime => ({
  ...{ indicators, milestones, status: 'grey', settledDay: START },
});
const said = (facts: readonly Fact[]): string[] =>
  facts.map((fact) => {
    const what = fact.kind === 'escalated' ? fact.step : fact.kind === 'late' ? fact.milestone.code : fact.status;
    return `${daysBetween(START, fact.day)} ${fact.kind} ${what}`;
  });

describe('as days pass', () => {
  it('a red indicator is told up the ladder, each step once', () => {
    const { goal: red, facts } = on(packs, goal([indicator('a', [[10, 0.6]])]), after(10));
    expect(said(facts)).toEqual(['10 status red', '10 escalated accountable-official', '10 goal-status red']);
    const later = settle(packs, red, after(60));
    expect(said(later.facts)).toEqual([
      '20 escalated head-of-body',
      '30 escalated programme-office',
      '40 escalated commission-list',
    ]);
    expect(settle(packs, later.goal, after(60)).facts).toEqual([]);
  });

  it('what was never measured is in trouble when it should have been, not at once', () => {
    const begun = on(packs, goal([indicator('a', [])]), START);
    expect(begun.facts).toEqual([]);
    expect(nextDay(packs, begun.goal)).toBe(after(115));
    const { facts } = settle(packs, begun.goal, after(125));
    expect(said(facts)).toEqual(['115 escalated accountable-official', '125 escalated head-of-body']);
  });

  it('red that turns grey is the same episode; amber ends it, and red again begins another', () => {
    const first = on(packs, goal([indicator('a', [[10, 0.6]])]), after(10)).goal;
    const stale = settle(packs, first, after(126));
    expect(said(stale.facts).filter((one) => one.includes('escalated'))).toHaveLength(3);
    const measured = (value: number, days: number, of: GoalInTime): GoalInTime => ({
      ...of,
      indicators: [{ ...of.indicators[0]!, measurements: indicator('a', [[days, value]]).measurements }],
    });
    const amber = on(packs, measured(0.39, 126, stale.goal), after(126)).goal;
    expect(amber.indicators[0]!.episode).toBeUndefined();
    const red = on(packs, measured(0.6, 130, amber), after(130));
    expect(said(red.facts)).toEqual(['130 status red', '130 escalated accountable-official', '130 goal-status red']);
  });

  it('tells who answers on that day', () => {
    const terms = [
      { position: 'chair', from: START, to: after(12) },
      { position: 'vice-minister', from: after(13) },
    ];
    const { facts } = on(packs, goal([indicator('a', [[10, 0.6]], { terms })]), after(14));
    expect(facts.find(({ kind }) => kind === 'escalated')).toMatchObject({ toPosition: 'vice-minister' });
  });

  it('a milestone is late on the day after its last, and one that is claimed never', () => {
    const begun = on(packs, goal([], [milestone('m', 20), milestone('claimed', 20, { state: 'done-claimed' })]), START);
    expect(settle(packs, begun.goal, after(20)).facts).toEqual([]);
    const { goal: now, facts } = settle(packs, begun.goal, after(21));
    expect(said(facts)).toEqual(['21 late m']);
    expect(now.milestones.map(({ state }) => state)).toEqual(['late', 'done-claimed']);
  });

  it('a status that a person set stands until it is taken away, whatever time does', () => {
    const override = { status: 'green' as const, reason: 'source-late', by: 'boris', day: after(10) };
    const { goal: set, facts } = on(packs, goal([indicator('a', [[10, 0.6]], { override })]), after(10));
    expect(said(facts)).toEqual(['10 status green', '10 goal-status green']);
    const later = settle(packs, set, after(190)).goal.indicators[0]!;
    expect([later.status, later.computed, later.episode]).toEqual(['green', 'grey', undefined]);
  });

  it('are the same looked at once or every day', () => {
    const values = fc.array(fc.tuple(fc.integer({ min: 0, max: 60 }), fc.constantFrom(0.3, 0.42, 0.6)), {
      maxLength: 1,
    });
    fc.assert(
      fc.property(
        fc.array(values, { minLength: 1, maxLength: 3 }),
        fc.array(fc.integer({ min: 1, max: 300 }), { maxLength: 3 }),
        fc.integer({ min: 61, max: 400 }),
        (all, dues, end) => {
          const begun = on(
            packs,
            goal(
              all.map((of, i) => indicator(`i${i}`, of)),
              dues.map((due, i) => milestone(`m${i}`, due)),
            ),
            after(60),
          ).goal;
          const once = settle(packs, begun, after(end));
          let daily: { goal: GoalInTime; facts: readonly Fact[] } = { goal: begun, facts: [] };
          for (let day = 61; day <= end; day += 1) {
            const next = settle(packs, daily.goal, after(day));
            daily = { goal: next.goal, facts: [...daily.facts, ...next.facts] };
          }
          expect(once.facts).toEqual(daily.facts);
          expect({ ...once.goal, settledDay: '' }).toEqual({ ...daily.goal, settledDay: '' });
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('the ladder', () => {
  const steps = rawLadder['steps'] as object[];
  it.each([
    ['id', { ...rawLadder, id: 7 }],
    ['effectiveFrom', { ...rawLadder, effectiveFrom: 'soon' }],
    ['source', { ...rawLadder, source: null }],
    ['checked', { ...rawLadder, checked: null }],
    ['steps', { ...rawLadder, steps: [] }],
    ['steps[1].code', { ...rawLadder, steps: [steps[0], { ...steps[1], code: 'accountable-official' }] }],
    ['steps[1].afterDays', { ...rawLadder, steps: [steps[0], { ...steps[1], afterDays: 0 }] }],
    ['steps[0].to', { ...rawLadder, steps: [{ ...steps[0], to: 'Aigul S.' }] }],
  ])('is not read with a wrong %s', (field, wrong) =>
    expect(() => ladderPack(wrong)).toThrow(expect.objectContaining({ code: 'bad_policy', details: { field } })),
  );
});
