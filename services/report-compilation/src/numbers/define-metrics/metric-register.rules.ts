import { eventOfType, isDay, RuleError } from '@aiqyn/contracts';
import { LANGUAGES, type Localised, type NumberUnit } from '../../report-model/report-model.rules.js';

/**
 * How a metric comes to its value. Of events: `count`, `sum` of a field, `value` of the first of the fields that is there (of the
 * last event of a group). Of other metrics: `share` of one in another, `edge` (value and error times a factor), `change` by the z-rule,
 * `last` value and the `lastGroup` of a series. `constant` is told by a policy and by no event,
 * `consultation` by the responses of the one on the draft of the edition, which is held after the seal.
 */
export type Formula =
  | { readonly kind: 'count' }
  | { readonly kind: 'sum'; readonly field: string }
  | { readonly kind: 'value'; readonly fields: readonly string[]; readonly absent?: string }
  | { readonly kind: 'share'; readonly of: string; readonly in: string }
  | { readonly kind: 'edge'; readonly of: string; readonly error: string; readonly times: number }
  | { readonly kind: 'change'; readonly of: string; readonly error: string; readonly z: number }
  | { readonly kind: 'last'; readonly of: string }
  | { readonly kind: 'lastGroup'; readonly of: string }
  | { readonly kind: 'constant'; readonly value: number; readonly source: string }
  | { readonly kind: 'consultation' };

/** A condition on a field of the event: one of the values, or there at all. */
export interface Condition {
  readonly fields: readonly string[];
  readonly in: readonly (string | boolean)[];
}

/** What a number of the report is: its population, formula, period and what may be told of it (domain notes 5.3). */
export interface Metric {
  readonly id: string;
  readonly version: number;
  readonly unit: NumberUnit;
  readonly decimals: number;
  /** `year`: events of the year; `until-end`: everything up to its end; `of-year`: those whose field `year` is not later. */
  readonly period: 'year' | 'until-end' | 'of-year';
  readonly events: readonly string[];
  /** Only the last event of each value of these fields together counts; `key` is the aggregate. */
  readonly latestBy?: readonly string[];
  /** In which order "last" is meant, where it is not the day: by this field. */
  readonly latestIn?: string;
  /** All must hold; asked after `latestBy`. */
  readonly where?: readonly Condition[];
  /** Of the last one: its type must be one of these (a flag that was cleared stands no more). */
  readonly ofType?: readonly string[];
  /** One number for each value: a field (the first that is there), `quarter` or `calendar-year` of its day, or `key`. */
  readonly by?: readonly string[];
  /** The group of what has none of the fields. */
  readonly byDefault?: string;
  readonly formula: Formula;
  /** The number that the groups add up to, `<metric>` or `<metric>.<group>`; a build where they do not stops. */
  readonly sumsTo?: string;
  /** `persons`: small counts tell of people and are withheld; `open`: nobody is told of. */
  readonly disclosure: 'persons' | 'open';
  /** The service that owns the events. */
  readonly owner: string;
  /** Beginning of the keys of the words for its groups. */
  readonly words?: string;
  /** The same for its values, where these are codes. */
  readonly valueWords?: string;
  readonly titles: Localised;
}

/** All metrics of the report as dated data. */
export interface MetricRegister {
  readonly id: string;
  readonly effectiveFrom: string;
  readonly source: string;
  readonly checked: boolean;
  readonly disclosure: {
    /** A count below it, other than zero, is withheld. */
    readonly smallestCount: number;
    /** A sum is withheld of which one contribution is more than this share. */
    readonly dominance: number;
    /** A share is withheld whose base is below it. */
    readonly smallestBase: number;
  };
  /** Types whose events the package carries in full; every other number is proven by its root alone. */
  readonly openEvents: readonly string[];
  readonly metrics: readonly Metric[];
}

const bad = (field: string, what: string): never => {
  throw new RuleError('bad_policy', `metric register: ${field} ${what}`, { field });
};

/** Of ids of metrics the one that a number belongs to: `<metric>` or `<metric>.<group>`. */
export const metricIn = (metrics: Iterable<string>, number: string): string | undefined =>
  [...metrics].find((id) => id === number || number.startsWith(`${id}.`));

/** The metrics that a formula is made of. */
export function parentsOf({ formula }: Metric): readonly string[] {
  if (formula.kind === 'share') return [formula.of, formula.in];
  if (formula.kind === 'edge' || formula.kind === 'change') return [formula.of, formula.error];
  if (formula.kind === 'last' || formula.kind === 'lastGroup') return [formula.of];
  return [];
}

/** Whether a table by these groups would tell where, when or at which body somebody reported. */
const tellsOfReporters = ({ events, by = [] }: Metric): boolean =>
  events.some((type) => type.startsWith('reporting.')) &&
  (by.includes('month') || by.includes('organisationBin') || by.includes('key'));

/** Reads a register; throws RuleError `bad_policy` that names the metric and the field. */
export function metricRegister(raw: unknown): MetricRegister {
  const register = raw as MetricRegister;
  if (typeof register?.id !== 'string') bad('id', 'is missing');
  if (!isDay(register.effectiveFrom)) bad('effectiveFrom', 'is no day');
  if (typeof register.checked !== 'boolean') bad('checked', 'is missing');
  const { smallestCount, dominance, smallestBase } = register.disclosure ?? {};
  if (!Number.isInteger(smallestCount) || smallestCount < 2) bad('disclosure.smallestCount', 'is an integer from 2');
  if (!(dominance > 0 && dominance <= 1)) bad('disclosure.dominance', 'is a share');
  if (!Number.isInteger(smallestBase) || smallestBase < 1) bad('disclosure.smallestBase', 'is an integer from 1');
  for (const type of register.openEvents) if (!eventOfType(type)) bad('openEvents', `names ${type}, which is no event`);
  const earlier = new Set<string>();
  for (const metric of register.metrics) {
    const at = `metrics.${metric.id}`;
    if (!/^[a-z][a-z0-9]*([.-][a-z0-9]+)*$/.test(metric.id ?? '')) bad(at, 'is no id');
    if (earlier.has(metric.id)) bad(at, 'is there twice');
    // A number `a.b.c` would else be the group `c` of one metric and `b.c` of another.
    if ([...earlier].some((id) => id.startsWith(`${metric.id}.`) || metric.id.startsWith(`${id}.`)))
      bad(at, 'reads like a group of another metric');
    for (const type of metric.events) if (!eventOfType(type)) bad(`${at}.events`, `names ${type}, which is no event`);
    // What a metric is made of stands before it: then it can be computed in one go, and never of itself.
    for (const parent of parentsOf(metric)) if (!earlier.has(parent)) bad(`${at}.formula`, `needs ${parent} before it`);
    if (metric.sumsTo !== undefined && !metricIn(earlier, metric.sumsTo)) bad(`${at}.sumsTo`, 'stands before it');
    if (tellsOfReporters(metric)) bad(`${at}.by`, 'would tell of reporting persons: a quarter is the smallest period');
    for (const language of LANGUAGES) if (!metric.titles?.[language]) bad(`${at}.titles.${language}`, 'is missing');
    earlier.add(metric.id);
  }
  return register;
}

/** Every event type that some metric counts, sorted. */
export const countedTypes = ({ metrics }: MetricRegister): readonly string[] =>
  [...new Set(metrics.flatMap(({ events }) => events))].sort();

/** Whether all that a metric is made of may be published event by event. */
export function isOpen(metric: Metric, register: MetricRegister): boolean {
  const parents = parentsOf(metric).map((id) => register.metrics.find((m) => m.id === id)!);
  return (
    metric.disclosure === 'open' &&
    metric.formula.kind !== 'consultation' &&
    metric.events.every((type) => register.openEvents.includes(type)) &&
    parents.every((parent) => isOpen(parent, register))
  );
}
