import { RuleError } from '@aiqyn/contracts';
import type { Computed } from '../define-metrics/compute-numbers.rules.js';
import type { MetricRegister } from '../define-metrics/metric-register.rules.js';
import type { NumberStatus, ReportNumber } from '../../report-model/report-model.rules.js';
import type { Cell, LinkedTables, Sum } from './linked-tables.rules.js';
import { type Auditor, recoverable, withhold } from './withhold.rules.js';

/** A number of an edition of the same year that others have seen, with its true value also where it was withheld. */
export interface ToldBefore {
  readonly id: string;
  readonly value: number;
  readonly status: NumberStatus;
}

/** Whether a number is a count of persons, so that it stands in the tables that are audited. */
const isCounted = ({ metric }: Computed): boolean => metric.disclosure === 'persons' && metric.formula.kind === 'count';

function sumsOf(numbers: readonly Computed[]): Sum[] {
  const groups = Map.groupBy(numbers.filter(isCounted), ({ metric }) => metric);
  const there = new Set(numbers.map(({ id }) => id));
  return [...groups].flatMap(([{ sumsTo }, list]) =>
    sumsTo !== undefined && there.has(sumsTo) ? [{ total: sumsTo, parts: list.map(({ id }) => id) }] : [],
  );
}

/** The linked tables of an edition and of those of its year that were seen before: their differences are guarded too. */
export function tablesOf(
  numbers: readonly Computed[],
  { disclosure: { smallestCount } }: MetricRegister,
  before: readonly (readonly ToldBefore[])[],
): LinkedTables {
  const counted = numbers.filter(isCounted);
  const cells = counted.map(({ id, value }): Cell => {
    const count = Number(value);
    return { id, value: count, primary: count > 0 && count < smallestCount };
  });
  const sums = sumsOf(numbers);
  const now = new Map(cells.map((cell) => [cell.id, cell.value]));
  const earlier = before.map((told, n) => {
    const known = new Set(told.map(({ id }) => id));
    const named = (id: string): string => `edition-${n}/${id}`;
    return {
      cells: told.map(({ id, value, status }): Cell => ({
        ...{ id: named(id), value, primary: status !== 'A', fixed: status === 'A' },
      })),
      // What was withheld then is protected still; what was told is told.
      sums: sums
        .filter(({ total, parts }) => known.has(total) && parts.some((id) => known.has(id)))
        .map(({ total, parts }) => ({ total: named(total), parts: parts.filter((id) => known.has(id)).map(named) })),
      guarded: told
        .filter(({ id, value }) => now.has(id) && now.get(id) !== value)
        .filter(({ id, value }) => Math.abs(now.get(id)! - value) < smallestCount)
        .map(({ id }) => ({ id, minus: named(id) })),
    };
  });
  return {
    cells: [...cells, ...earlier.flatMap((one) => one.cells)],
    sums: [...sums, ...earlier.flatMap((one) => one.sums)],
    guarded: earlier.flatMap((one) => one.guarded),
  };
}

export interface Told {
  readonly statuses: ReadonlyMap<string, NumberStatus>;
  readonly withheld: number;
}

/**
 * Which numbers are told: small counts and what would give them away are not, nor a sum of few contributions or of one that is most
 * of it, nor a share of something withheld or of a small base.
 */
export function statusesOf(
  numbers: readonly Computed[],
  register: MetricRegister,
  before: readonly (readonly ToldBefore[])[],
  audit: Auditor,
): Told {
  const { smallestCount, dominance, smallestBase } = register.disclosure;
  const tables = tablesOf(numbers, register, before);
  const { primary, complementary } = withhold(tables, smallestCount, audit);
  const statuses = new Map<string, NumberStatus>();
  // A sum is told with how many events it was made of: that may be the very count that is withheld.
  const hiddenSources = new Set(
    numbers.filter(({ id }) => primary.has(id) || complementary.has(id)).map(({ sources }) => sources.join()),
  );
  for (const number of numbers) {
    const { id, metric, value, sources } = number;
    const { formula } = metric;
    if (value === null) statuses.set(id, 'M');
    else if (primary.has(id)) statuses.set(id, 'S');
    else if (complementary.has(id)) statuses.set(id, 'C');
    else if (metric.disclosure === 'persons' && formula.kind === 'sum' && sources.length > 0) {
      const few = sources.length < smallestCount || (number.largest ?? 0) > dominance * Number(value);
      statuses.set(id, few ? 'S' : hiddenSources.has(sources.join()) ? 'C' : 'A');
    } else if (metric.disclosure === 'persons' && formula.kind === 'share') {
      const part = number.group === undefined ? formula.of : `${formula.of}.${number.group}`;
      const whole = number.group === undefined ? [] : [`${formula.in}.${number.group}`];
      const hidden = [part, formula.in, ...whole].some((one) => (statuses.get(one) ?? 'A') !== 'A');
      statuses.set(id, hidden ? 'C' : (number.base ?? 0) < smallestBase ? 'S' : 'A');
    } else statuses.set(id, 'A');
  }
  return {
    statuses,
    withheld: [...statuses.values()].filter((status) => status === 'S' || status === 'C').length,
  };
}

/** Whether a withheld number of these, or of an edition before, can be found out from what is told. */
export const isAnyRecoverable = (...all: Parameters<typeof firstRecoverable>): boolean =>
  firstRecoverable(...all) !== undefined;

/** The gate before numbers are stored: throws RuleError `number_recoverable`. */
export function assertNothingRecoverable(...all: Parameters<typeof firstRecoverable>): void {
  const field = firstRecoverable(...all);
  if (field !== undefined)
    throw new RuleError('number_recoverable', 'a withheld number can be computed from those that are told', { field });
}

function firstRecoverable(
  numbers: readonly Computed[],
  statuses: ReadonlyMap<string, NumberStatus>,
  register: MetricRegister,
  before: readonly (readonly ToldBefore[])[],
  audit: Auditor,
): string | undefined {
  const tables = tablesOf(numbers, register, before);
  const isWithheld = ({ id, fixed, primary }: Cell): boolean => {
    const status = statuses.get(id);
    return status === undefined ? primary && !fixed : status === 'S' || status === 'C';
  };
  const withheld = new Set(tables.cells.filter(isWithheld).map(({ id }) => id));
  return recoverable(tables, withheld, register.disclosure.smallestCount, audit)[0];
}

/**
 * A number as the report tells it; its value is gone where it is withheld. Why it is withheld is not told: of two that give six
 * together, whoever knows which one is small has both, one and five.
 */
export function told(
  { id, metric, value, sources }: Computed,
  status: NumberStatus,
  inputRoot: string,
  says: ReportNumber['says'],
): ReportNumber {
  return {
    ...{ id, unit: metric.unit, decimals: metric.decimals, value: status === 'A' ? value : null },
    status: status === 'C' ? 'S' : status,
    ...(says && status === 'A' ? { says } : {}),
    ...{ metric: metric.id, metricVersion: metric.version },
    // How many stand behind a withheld number is what must not be told.
    ...(status === 'S' || status === 'C' ? { inputs: 0, inputRoot: '' } : { inputs: sources.length, inputRoot }),
  };
}
