import type { UnitTable } from '@aiqyn/contracts';
import { contributionOf, PROCESS_CODES } from '../judge-portfolio/contribution.rules.js';
import { insufficient, notApplicable, type Outcome } from '../judge-process/outcome.rules.js';
import { judgePurchase } from '../judge-purchase/purchase-indicators.rules.js';
import { purchaseOf } from '../judge-purchase/purchase.rules.js';
import {
  type IndicatorDefinition,
  isCardinals,
  parametersOn,
  type ProcessIndicator,
  type Requires,
  settingsOn,
} from './definition.rules.js';

/** What an outcome rests on: enough to compute it again without the release. */
export interface Evidence {
  readonly version: number;
  /** The day whose parameters counted. */
  readonly day: string;
  /** The part of the release that the rule reads, as it was published. */
  readonly inputs: unknown;
  /** Required fields that are not there, as JSON pointers. */
  readonly missing: readonly string[];
}

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The part of a value that a path names; undefined where nothing is there. A list keeps its length, so that places stay. */
function part(value: unknown, [step, ...rest]: readonly string[]): unknown {
  if (step === undefined) return value;
  if (step === '*') return Array.isArray(value) ? value.map((one) => part(one, rest) ?? {}) : undefined;
  if (!isObject(value) || !(step in value)) return undefined;
  const inner = part(value[step], rest);
  return inner === undefined ? undefined : { [step]: inner };
}

/** Two parts of one value laid over each other. */
function joined(a: unknown, b: unknown): unknown {
  if (Array.isArray(a) && Array.isArray(b)) return a.map((one, i) => joined(one, b[i]));
  if (!isObject(a) || !isObject(b)) return b ?? a;
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  return Object.fromEntries(
    keys.map((key) => [key, key in a && key in b ? joined(a[key], b[key]) : (a[key] ?? b[key])]),
  );
}

const steps = (pointer: string): string[] => pointer.split('/').slice(1);

/** A list that is empty was published and is kept: "no bids" is not "unknown". */
function listsOf(value: unknown, pointer: string): unknown {
  const at = steps(pointer);
  return at.includes('*') ? part(value, at.slice(0, at.indexOf('*'))) : undefined;
}

const lean = (value: unknown): unknown => (Array.isArray(value) ? value.map(() => ({})) : value);
const leanLists = (value: unknown): unknown =>
  isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([k, v]) => [k, isObject(v) ? leanLists(v) : lean(v)]))
    : value;

/** What the rule of a definition reads of a release. */
export function inputsOf({ reads }: IndicatorDefinition, release: unknown): unknown {
  const parts = reads.flatMap((pointer) => [leanLists(listsOf(release, pointer)), part(release, steps(pointer))]);
  return parts.filter((one) => one !== undefined).reduce(joined, {});
}

const isThere = (release: unknown, pointer: string): boolean => part(release, steps(pointer)) !== undefined;

/** The required fields that a release lacks: those without which the expression does not hold. */
export function missingOf(requires: Requires, release: unknown): string[] {
  if (typeof requires === 'string') return isThere(release, requires) ? [] : [requires];
  if ('all' in requires) return requires.all.flatMap((one) => missingOf(one, release));
  const each = requires.any.map((one) => missingOf(one, release));
  return each.some((lacks) => lacks.length === 0) ? [] : each.flat();
}

/** What an indicator says of a release on a day, and what that rests on; `unit` is what amounts of the law are counted in (MCI). */
export function judge(
  definition: ProcessIndicator,
  release: unknown,
  day: string,
  unit: UnitTable,
): { outcome: Outcome; evidence: Evidence } {
  const inputs = inputsOf(definition, release);
  const { requires, version } = definition;
  const evidence = { version, day, inputs, missing: missingOf(requires, release) };
  return { outcome: recompute(definition, evidence, unit), evidence };
}

/** The same from the evidence alone. */
export function recompute(definition: ProcessIndicator, evidence: Evidence, unit: UnitTable): Outcome {
  const { inputs, day, missing } = evidence;
  const { code } = definition;
  const values = parametersOn(definition, day);
  if (definition.status !== 'active' || !values) return notApplicable('not-in-force');
  if (!isCardinals(code)) {
    const purchase = purchaseOf(inputs);
    if (purchase.facts.tenderStatus === 'cancelled') return notApplicable('tender-cancelled');
    const outcome = judgePurchase(code, purchase, values, unit);
    const answers = outcome.state === 'triggered' || outcome.state === 'not-triggered';
    return answers && missing.length > 0 ? insufficient('missing-field') : outcome;
  }
  const contribution = contributionOf({ ...(inputs as object), ocid: 'evidence' }, settingsOn([definition], day));
  // Only a cancelled tender has none.
  if (!contribution) return notApplicable('tender-cancelled');
  return contribution.outcomes[PROCESS_CODES.indexOf(code)]!;
}
