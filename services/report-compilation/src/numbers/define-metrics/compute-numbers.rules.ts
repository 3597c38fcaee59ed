import { RuleError } from '@aiqyn/contracts';
import type { Condition, Metric, MetricRegister } from './metric-register.rules.js';

/** One event, as the metrics read it. */
export interface Fact {
  readonly id: string;
  readonly type: string;
  readonly day: string;
  readonly key: string;
  readonly sequence: number;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A value of a metric, of one group where it has groups. */
export interface Computed {
  /** `<metric>` or `<metric>.<group>`. */
  readonly id: string;
  readonly metric: Metric;
  readonly group?: string;
  /** Null: not known. */
  readonly value: number | string | null;
  /** Ids of the events behind it, sorted, each once. */
  readonly sources: readonly string[];
  /** Of a sum: the largest contribution of one event. */
  readonly largest?: number;
  /** Of a share: the number that it is a share of. */
  readonly base?: number;
}

/** What is read of the event itself; anything else is a field of its data. */
const OF_THE_EVENT: Readonly<Record<string, (fact: Fact) => string>> = {
  key: ({ key }) => key,
  quarter: ({ day }) => quarterOf(day),
  'calendar-year': ({ day }) => day.slice(0, 4),
};

const first = (fact: Fact, fields: readonly string[]): unknown => {
  for (const field of fields) {
    const value = Object.hasOwn(OF_THE_EVENT, field) ? OF_THE_EVENT[field]!(fact) : fact.data[field];
    if (value !== undefined && value !== null) return value;
  }
  return undefined;
};

/** `2025-Q1` of a day; no report is told of by a shorter period. */
const quarterOf = (day: string): string => `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`;

const holds = (fact: Fact, { fields, in: values }: Condition): boolean =>
  values.includes(first(fact, fields) as string | boolean);

/** Later by the field that says so, by day, by number among the events of its key, by id. */
function isLater(a: Fact, b: Fact, field: string | undefined): boolean {
  if (field !== undefined && a.data[field] !== b.data[field]) return String(a.data[field]) > String(b.data[field]);
  if (a.day !== b.day) return a.day > b.day;
  if (a.sequence !== b.sequence) return a.sequence > b.sequence;
  return a.id > b.id;
}

interface Group {
  count: number;
  sum: number;
  largest: number;
  readonly facts: Fact[];
}

/** Takes facts in any order, each once, and gives every number of the register for a year. */
export class Computation {
  private readonly byType = new Map<string, Metric[]>();
  private readonly latest = new Map<Metric, Map<string, Fact>>();
  private readonly groups = new Map<Metric, Map<string, Group>>();
  private readonly end: string;

  constructor(
    private readonly register: MetricRegister,
    private readonly year: number,
  ) {
    this.end = `${year}-12-31`;
    for (const metric of register.metrics) {
      if (metric.latestBy !== undefined) this.latest.set(metric, new Map());
      this.groups.set(metric, new Map());
      for (const type of metric.events) this.byType.set(type, [...(this.byType.get(type) ?? []), metric]);
    }
  }

  take(fact: Fact): void {
    for (const metric of this.byType.get(fact.type) ?? []) {
      if (!this.isOfPeriod(fact, metric)) continue;
      if (metric.latestBy === undefined) this.put(fact, metric);
      else {
        const lasts = this.latest.get(metric)!;
        const of = metric.latestBy.map((field) => String(first(fact, [field]))).join('/');
        const other = lasts.get(of);
        if (!other || isLater(fact, other, metric.latestIn)) lasts.set(of, fact);
      }
    }
  }

  /** The numbers in the order of the register, groups in alphabetical order; throws RuleError `total_does_not_add_up`. */
  finish(): Computed[] {
    const done = new Map<string, Computed[]>();
    for (const metric of this.register.metrics) {
      for (const fact of this.latest.get(metric)?.values() ?? []) this.put(fact, metric);
      done.set(metric.id, metric.events.length > 0 ? this.ofEvents(metric) : ofOthers(metric, done));
    }
    const all = [...done.values()].flat();
    const byId = new Map(all.map((one) => [one.id, one]));
    for (const metric of this.register.metrics) assertAddsUp(metric, done.get(metric.id)!, byId);
    return all;
  }

  private isOfPeriod({ day, data }: Fact, { period }: Metric): boolean {
    if (period === 'of-year') return Number(data['year']) <= this.year;
    return day <= this.end && (period === 'until-end' || day >= `${this.year}-01-01`);
  }

  private put(fact: Fact, metric: Metric): void {
    if (metric.ofType && !metric.ofType.includes(fact.type)) return;
    if (metric.where?.some((condition) => !holds(fact, condition))) return;
    const { formula } = metric;
    if (formula.kind === 'value' && formula.absent === undefined && first(fact, formula.fields) === undefined) return;
    const name = metric.by ? codeOf(first(fact, metric.by) ?? metric.byDefault ?? 'unknown') : '';
    const groups = this.groups.get(metric)!;
    let group = groups.get(name);
    if (!group) groups.set(name, (group = { count: 0, sum: 0, largest: 0, facts: [] }));
    const amount = formula.kind === 'sum' ? Number(fact.data[formula.field] ?? 0) : 0;
    group.count += 1;
    group.sum += amount;
    group.largest = Math.max(group.largest, amount);
    group.facts.push(fact);
  }

  private ofEvents(metric: Metric): Computed[] {
    const { formula } = metric;
    const groups = [...this.groups.get(metric)!].sort(([a], [b]) => (a < b ? -1 : 1));
    // Nothing happened: of a count that is a number, of a value it is not known.
    if (groups.length === 0 && !metric.by) groups.push(['', emptyGroup()]);
    return withGaps(groups, metric).map(([name, { count, sum, largest, facts }]): Computed => {
      const value =
        formula.kind === 'count'
          ? count
          : formula.kind === 'sum'
            ? sum
            : valueOf(lastOf(facts, metric), formula as ValueFormula);
      if (!Number.isSafeInteger(sum)) throw new RuleError('sum_too_large', `${metric.id} is beyond exact arithmetic`);
      return {
        ...named(metric, metric.by ? name : undefined),
        value,
        sources: facts.map(({ id }) => id).sort(),
        ...(formula.kind === 'sum' ? { largest } : {}),
      };
    });
  }
}

/** Every year from the first to the last: a value that is not there is not known, never zero; a count of nothing is zero. */
function withGaps(groups: [string, Group][], { by, formula }: Metric): [string, Group][] {
  const overYears = by?.join() === 'calendar-year' || (formula.kind === 'value' && by?.join() === 'year');
  if (!overYears || groups.length === 0) return groups;
  const there = new Map(groups);
  const years = groups.map(([year]) => Number(year));
  const first = Math.min(...years);
  return Array.from({ length: Math.max(...years) - first + 1 }, (_, i) => {
    const year = String(first + i);
    return [year, there.get(year) ?? emptyGroup()];
  });
}

/** Of several events of a group the last one says its value, in whichever order they came in. */
const lastOf = (facts: readonly Fact[], { latestIn }: Metric): Fact | undefined =>
  facts.reduce<Fact | undefined>((last, fact) => (!last || isLater(fact, last, latestIn) ? fact : last), undefined);

type ValueFormula = Extract<Metric['formula'], { kind: 'value' }>;
const valueOf = (fact: Fact | undefined, { fields, absent }: ValueFormula): number | string | null =>
  (fact && (first(fact, fields) as number | string | undefined)) ?? absent ?? null;
const emptyGroup = (): Group => ({ count: 0, sum: 0, largest: 0, facts: [] });
/** Groups stand in ids: what an id cannot hold becomes a dash. */
const codeOf = (value: unknown): string => String(value).replaceAll(/[^A-Za-z0-9.-]/g, '-');

const named = (metric: Metric, group: string | undefined): Pick<Computed, 'id' | 'metric' | 'group'> => ({
  id: group === undefined ? metric.id : `${metric.id}.${group}`,
  metric,
  ...(group === undefined ? {} : { group }),
});

const union = (...lists: (readonly string[])[]): string[] => [...new Set(lists.flat())].sort();

/** Values of a metric that is made of other metrics. */
function ofOthers(metric: Metric, done: ReadonlyMap<string, readonly Computed[]>): Computed[] {
  const { formula } = metric;
  const of = (id: string): readonly Computed[] => done.get(id)!;
  if (formula.kind === 'consultation') return [];
  if (formula.kind === 'constant') return [{ ...named(metric, undefined), value: formula.value, sources: [] }];
  if (formula.kind === 'share') {
    return of(formula.of).map((part): Computed => {
      const whole = of(formula.in).find((one) => one.group === undefined || one.group === part.group);
      const base = Number(whole?.value ?? 0);
      const value = base === 0 ? null : Number(part.value) / base;
      return { ...named(metric, part.group), value, base, sources: union(part.sources, whole?.sources ?? []) };
    });
  }
  if (formula.kind === 'edge') {
    return of(formula.of).flatMap((one): Computed[] => {
      const error = of(formula.error).find(({ group }) => group === one.group);
      // An error that is not known draws no band: read as zero it once drew one that fell to nothing.
      if (one.value === null || !error || error.value === null) return [];
      const value = Number((Number(one.value) + formula.times * Number(error.value)).toFixed(6));
      return [{ ...named(metric, one.group), value, sources: union(one.sources, error.sources) }];
    });
  }
  if (formula.kind === 'change') {
    const errors = new Map(of(formula.error).map((one) => [one.group, one]));
    const known = of(formula.of).filter(({ value }) => value !== null);
    return known.slice(1).map((now, i): Computed => {
      const before = known[i]!;
      const both = [before, now]
        .map((one) => errors.get(one.group))
        .map((error) => (error?.value == null ? undefined : error));
      const sources = union(before.sources, now.sources, ...both.map((error) => error?.sources ?? []));
      const [a, b] = both.map((error) => (error ? Number(error.value) : undefined));
      const value = a === undefined || b === undefined ? 'not-known' : said(before, now, Math.hypot(a, b), formula.z);
      return { ...named(metric, now.group), value, sources };
    });
  }
  const newest = of((formula as { of: string }).of).at(-1);
  if (!newest) return [{ ...named(metric, undefined), value: null, sources: [] }];
  const value = formula.kind === 'last' ? newest.value : Number(newest.group);
  return [{ ...named(metric, undefined), value, sources: newest.sources }];
}

/** "Rose" and "fell" only where the difference is larger than chance explains (domain notes 2.2, rule 3). */
function said(before: Computed, now: Computed, error: number, z: number): string {
  const difference = Number(now.value) - Number(before.value);
  if (error === 0 || Math.abs(difference) / error < z) return 'no-significant-change';
  return difference > 0 ? 'rose' : 'fell';
}

/** The parts of a total give the total; shares lie between nothing and all. */
function assertAddsUp(metric: Metric, parts: readonly Computed[], all: ReadonlyMap<string, Computed>): void {
  if (metric.formula.kind === 'share' && parts.some(({ value }) => value !== null && !(Number(value) <= 1)))
    throw new RuleError('total_does_not_add_up', `${metric.id} is more than the whole`, { field: metric.id });
  if (metric.sumsTo === undefined) return;
  const total = Number(all.get(metric.sumsTo)?.value ?? 0);
  const sum = parts.reduce((all, { value }) => all + Number(value), 0);
  const differs = metric.formula.kind === 'share' ? Math.abs(sum - total) > 1e-9 : sum !== total;
  if (differs && parts.length + total > 0)
    throw new RuleError(
      'total_does_not_add_up',
      `the groups of ${metric.id} give ${sum}, ${metric.sumsTo} is ${total}`,
      {
        field: metric.id,
      },
    );
}

/** All numbers of a year; facts may come in any order and repeated. */
export function numbersOf(register: MetricRegister, facts: Iterable<Fact>, year: number): Computed[] {
  const computation = new Computation(register, year);
  const seen = new Set<string>();
  for (const fact of facts) {
    if (seen.has(fact.id)) continue;
    seen.add(fact.id);
    computation.take(fact);
  }
  return computation.finish();
}
