import { type AssessmentSide, COMPLETION_STEPS, type CompletionStep, RuleError } from '@aiqyn/contracts';
import type { Localised } from '../../report-model/report-model.rules.js';
import type { Unit } from '../documents/units.rules.js';

/** A measure of a plan, with the unit of the adopted document that orders it. */
export interface Measure {
  readonly measureId: string;
  readonly unitId: string;
  readonly title: Localised;
}

export interface Assessment {
  readonly measureId: string;
  readonly side: AssessmentSide;
  readonly step: CompletionStep;
  readonly evidence?: string;
  readonly day: string;
  readonly by: string;
}

export const QUARTER = /^20\d{2}-Q[1-4]$/;
export const quarterOf = (day: string): string => `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`;

/**
 * The measures of a quarter as they are frozen: of the present or a later quarter, each once, each ordered by a unit of the adopted
 * version. Throws RuleError `quarter_over`, `bad_measures`.
 */
export function frozen(told: readonly Measure[], quarter: string, today: string, units: readonly Unit[]): Measure[] {
  if (quarter < quarterOf(today))
    throw new RuleError('quarter_over', 'a plan is frozen before its quarter is over', { field: 'quarter' });
  const known = new Set(units.map(({ unitId }) => unitId));
  const seen = new Set<string>();
  for (const [i, { measureId, unitId }] of told.entries()) {
    const bad = (field: string, why: string): never => {
      throw new RuleError('bad_measures', why, { field: `measures.${i}.${field}` });
    };
    if (seen.has(measureId)) bad('measureId', 'each measure stands once');
    if (!known.has(unitId)) bad('unitId', 'the adopted version has no such unit');
    seen.add(measureId);
  }
  return [...told];
}

/** Throws RuleError `no_such_measure` for one that the frozen plan does not have, `evidence_missing` for what is said to be done without any. */
export function mayAssess(
  measures: readonly Measure[],
  told: Pick<Assessment, 'measureId' | 'step' | 'evidence'>,
): void {
  if (!measures.some(({ measureId }) => measureId === told.measureId))
    throw new RuleError('no_such_measure', 'the plan of this quarter has no such measure', { field: 'measureId' });
  const done = told.step === 'limited' || told.step === 'substantial' || told.step === 'complete';
  if (done && !told.evidence)
    throw new RuleError('evidence_missing', 'what is done, in part or in whole, names its evidence', {
      field: 'evidence',
    });
}

/** Counts over the frozen measures; whatever was assessed, they sum to as many as were frozen. */
export type Tally = Readonly<Record<CompletionStep | 'not-assessed', number>>;

export interface Standing {
  readonly measures: readonly (Measure & {
    readonly official: { readonly step: CompletionStep; readonly day: string; readonly evidence?: string } | null;
    /** How many outside gave each step; each of them once, with what they said last. */
    readonly shadow: Readonly<Partial<Record<CompletionStep, number>>>;
    /** Some outside see less done than the office does. */
    readonly disputed: boolean;
  })[];
  readonly denominator: number;
  readonly official: Tally;
}

/** What the office and those outside say of each measure, side by side: neither changes the other. */
export function standingOf(measures: readonly Measure[], assessments: readonly Assessment[]): Standing {
  const rows = measures.map((measure) => {
    const own = assessments.filter(({ measureId }) => measureId === measure.measureId);
    const last = own.findLast(({ side }) => side === 'official');
    const outside = new Map(own.filter(({ side }) => side === 'shadow').map(({ by, step }) => [by, step]));
    const shadow: Partial<Record<CompletionStep, number>> = {};
    for (const step of outside.values()) shadow[step] = (shadow[step] ?? 0) + 1;
    const rank = (step: CompletionStep): number => COMPLETION_STEPS.indexOf(step);
    const official = last && {
      ...{ step: last.step, day: last.day },
      ...(last.evidence === undefined ? {} : { evidence: last.evidence }),
    };
    const disputed = last !== undefined && [...outside.values()].some((step) => rank(step) < rank(last.step));
    return { ...measure, official: official ?? null, shadow, disputed };
  });
  const count = (step: CompletionStep | undefined): number =>
    rows.filter(({ official }) => official?.step === step).length;
  const official = Object.fromEntries(COMPLETION_STEPS.map((step) => [step, count(step)])) as Record<
    CompletionStep,
    number
  >;
  return { measures: rows, denominator: measures.length, official: { ...official, 'not-assessed': count(undefined) } };
}
