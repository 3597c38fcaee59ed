import { beforeAll, describe, expect, it } from '@jest/globals';
import { classifications, eventOfType } from '@aiqyn/contracts';
import { type Computed, type Fact, numbersOf } from '../define-metrics/compute-numbers.rules.js';
import { registerOf } from '../define-metrics/registers.js';
import { linearAuditor } from './audit.js';
import { assertNothingRecoverable, statusesOf, told, type ToldBefore } from './tell-numbers.rules.js';
import type { Auditor } from './withhold.rules.js';

const register = registerOf(2025);
let n = 0;
const fact = (type: string, data: Record<string, unknown>): Fact => {
  const id = `f${(n += 1)}`;
  return { id, type: `reporting.${type}.v1`, day: '2025-03-01', key: id, sequence: 1, data };
};
const reports = (count: number, region: string, category = 'bribery', mode = 'anonymous'): Fact[] =>
  Array.from({ length: count }, () => fact('report.received', { region, category, areaCode: 'roads', mode }));
const decided = (count: number, damage: (i: number) => number): Fact[] =>
  Array.from({ length: count }, (_, i) =>
    fact('case.decided', { outcome: 'decided-liable', offenceClass: 'grave', damage: damage(i) }),
  );

describe('what is told', () => {
  let audit: Auditor;
  beforeAll(async () => {
    audit = await linearAuditor();
  });
  const statuses = (facts: Fact[], before: ToldBefore[][] = []) => {
    const numbers = numbersOf(register, facts, 2025);
    const outcome = statusesOf(numbers, register, before, audit);
    assertNothingRecoverable(numbers, outcome.statuses, register, before, audit);
    return Object.fromEntries(outcome.statuses);
  };

  it('is not a region of three reports, nor the one that would give it away, nor a share of either', () => {
    const said = statuses([...reports(60, 'KZ-75'), ...reports(20, 'KZ-71', 'gift'), ...reports(3, 'KZ-79', 'gift')]);
    expect(said).toMatchObject({
      'reports.total': 'A',
      'reports.region.KZ-79': 'S',
      'reports.region.KZ-71': 'C',
      'reports.region.KZ-75': 'A',
      'reports.category.gift': 'A',
      'reports.category-share.gift': 'A',
    });
    expect(statuses([...reports(60, 'KZ-75'), ...reports(3, 'KZ-75', 'gift')])).toMatchObject({
      'reports.category.gift': 'S',
      'reports.category-share.gift': 'C',
    });
  });

  it('is zero, but no share of a base below twenty', () => {
    expect(statuses([])).toMatchObject({ 'reports.total': 'A', 'cases.opened': 'A' });
    expect(statuses([...reports(9, 'KZ-75'), ...reports(9, 'KZ-75', 'gift')])).toMatchObject({
      'reports.category.gift': 'A',
      'reports.category-share.gift': 'S',
    });
  });

  it('is no sum of few, nor of one who has most of it', () => {
    expect(statuses(decided(4, () => 100))).toMatchObject({ 'damage.established': 'S' });
    expect(statuses(decided(9, (i) => (i === 0 ? 10_000 : 1)))).toMatchObject({ 'damage.established': 'S' });
    expect(statuses(decided(9, () => 100))).toMatchObject({ 'damage.established': 'A' });
  });

  it('has neither value nor number of events where it is withheld', () => {
    const numbers = numbersOf(register, [...reports(9, 'KZ-75'), ...reports(3, 'KZ-79')], 2025);
    const small = numbers.find(({ id }) => id === 'reports.region.KZ-79')!;
    expect(told(small, 'S', 'root', undefined)).toMatchObject({ value: null, inputs: 0, inputRoot: '' });
    expect(JSON.stringify(told(small, 'S', 'root', undefined))).not.toContain('3');
    expect(told(small, 'A', 'root', undefined)).toMatchObject({ value: 3, inputs: 3, inputRoot: 'root' });
  });

  it('is no second print from which two late reports could be found out by subtraction', () => {
    const first = [...reports(60, 'KZ-75'), ...reports(20, 'KZ-71')];
    const printed = (facts: Fact[]): ToldBefore[] => {
      const numbers = numbersOf(register, facts, 2025);
      const said = statusesOf(numbers, register, [], audit).statuses;
      return numbers
        .filter(({ metric }) => metric.disclosure === 'persons' && metric.formula.kind === 'count')
        .map(({ id, value }) => ({ id, value: Number(value), status: said.get(id)! }));
    };
    const late = [...first, ...reports(2, 'KZ-71')];
    expect(statuses(late)).toMatchObject({ 'reports.region.KZ-71': 'A', 'reports.total': 'A' });
    const corrected = statuses(late, [printed(first)]);
    expect(corrected['reports.region.KZ-71']).not.toBe('A');
    expect(corrected['reports.total']).not.toBe('A');
    // Of nobody late nothing is withheld, and many late ones tell of none of them.
    expect(statuses(first, [printed(first)])).toMatchObject({ 'reports.region.KZ-71': 'A', 'reports.total': 'A' });
    expect(statuses([...first, ...reports(9, 'KZ-71')], [printed(first)])).toMatchObject({ 'reports.total': 'A' });
  });

  it('does not say which of two withheld numbers is the small one: six are then one and five', () => {
    const numbers = numbersOf(
      register,
      [...reports(60, 'KZ-75'), ...reports(5, 'KZ-71'), ...reports(1, 'KZ-79')],
      2025,
    );
    const said = statusesOf(numbers, register, [], audit).statuses;
    const shown = numbers
      .filter(({ id }) => id === 'reports.region.KZ-71' || id === 'reports.region.KZ-79')
      .map((number) => told(number, said.get(number.id)!, 'root', undefined));
    expect(shown.map(({ value, status, inputs }) => [value, status, inputs])).toEqual([
      [null, 'S', 0],
      [null, 'S', 0],
    ]);
  });

  it('is no sum of nothing that tells of how few cases it is made', () => {
    const said = statuses(decided(3, () => 0));
    expect(said).toMatchObject({ 'cases.outcome.decided-liable': 'S', 'damage.established': 'S' });
    expect(statuses([])).toMatchObject({ 'damage.established': 'A' });
  });

  it('is of gifts no small number either, and no event that tells of an official, a report or a day of reports', () => {
    const gifts = Array.from({ length: 3 }, (_, i) => ({
      ...{ id: `g${i}`, type: 'compliance.gift.declared.v1', day: '2025-03-01', key: `g${i}`, sequence: 1 },
      data: { kind: 'money' },
    }));
    expect(statuses(gifts)).toMatchObject({ 'gifts.declared': 'S', 'gifts.kind.money': 'S' });
    const told = new Set(['organisationBin', 'giverBin', 'estimatedValue', 'reports', 'treeSize', 'region', 'mode']);
    for (const type of register.openEvents)
      expect({
        type,
        tells: [...classifications(eventOfType(type)!.contract).keys()].filter((f) => told.has(f)),
      }).toEqual({
        ...{ type, tells: [] },
      });
  });

  it('stops at the gate when a status was changed by hand', () => {
    const numbers: Computed[] = numbersOf(register, [...reports(60, 'KZ-75'), ...reports(3, 'KZ-79')], 2025);
    const { statuses: said } = statusesOf(numbers, register, [], audit);
    const byHand = new Map([...said, ['reports.region.KZ-75', 'A' as const]]);
    expect(() => assertNothingRecoverable(numbers, byHand, register, [], audit)).toThrow(
      expect.objectContaining({ code: 'number_recoverable' }),
    );
  });
});
