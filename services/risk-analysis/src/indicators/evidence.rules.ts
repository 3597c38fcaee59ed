import type { UnitTable } from '@aiqyn/contracts';
import { contributionOf, PROCESS_CODES } from '../judge-portfolio/contribution.rules.js';
import { insufficient, notApplicable, type Outcome } from '../judge-process/outcome.rules.js';
import { judgePurchase } from '../judge-purchase/purchase-indicators.rules.js';
import { purchaseOf } from '../judge-purchase/purchase.rules.js';
import { isObject } from '../json.rules.js';
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

/** A null is not known: it is not there (OCDS writes it for a field that was taken away). */
const isThere = (release: unknown, pointer: string): boolean => inOf(release, steps(pointer));

function inOf(value: unknown, [step, ...rest]: readonly string[]): boolean {
  if (step === undefined) return value !== undefined && value !== null;
  if (step === '*') return Array.isArray(value);
  return isObject(value) && inOf(value[step], rest);
}

const steps = (pointer: string): string[] => pointer.split('/').slice(1);

/** Pointers as a tree, so that what they name is taken out in one walk. */
interface Reads {
  whole: boolean;
  /** Of a list that stands in no other: it is kept as it is where it is none. */
  outer: boolean;
  readonly inner: Map<string, Reads>;
}

const reading = (): Reads => ({ whole: false, outer: false, inner: new Map<string, Reads>() });
const trees = new WeakMap<readonly string[], Reads>();

function treeOf(reads: readonly string[]): Reads {
  const known = trees.get(reads);
  if (known) return known;
  const root = reading();
  for (const pointer of reads) {
    let at = root;
    let outer = true;
    for (const step of steps(pointer)) {
      if (step === '*') [at.outer, outer] = [at.outer || outer, false];
      const next = at.inner.get(step) ?? reading();
      at.inner.set(step, next);
      at = next;
    }
    at.whole = true;
  }
  trees.set(reads, root);
  return root;
}

/** A value without its nulls; a list keeps its length, so that places stay. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((one) => withoutNulls(one) ?? {});
  if (!isObject(value)) return value ?? undefined;
  const all = Object.entries(value).map(([key, one]) => [key, withoutNulls(one)] as const);
  return Object.fromEntries(all.filter(([, one]) => one !== undefined));
}

/** The part of a value that is read; undefined where nothing is there. A list that is empty was published and is kept: "no bids" is not "unknown". */
function part(value: unknown, { whole, outer, inner }: Reads): unknown {
  if (value === undefined || value === null) return undefined;
  if (whole) return withoutNulls(value);
  const each = inner.get('*');
  if (each && Array.isArray(value)) return value.map((one) => part(one, each) ?? {});
  if (!isObject(value)) return outer ? value : undefined;
  let found: Record<string, unknown> | undefined = outer ? {} : undefined;
  for (const [step, reads] of inner) {
    const one = Object.hasOwn(value, step) ? part(value[step], reads) : undefined;
    if (one !== undefined) (found ??= {})[step] = one;
  }
  return found;
}

/** What the rule of a definition reads of a release. */
export const inputsOf = ({ reads }: IndicatorDefinition, release: unknown): unknown =>
  part(release, treeOf(reads)) ?? {};

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
