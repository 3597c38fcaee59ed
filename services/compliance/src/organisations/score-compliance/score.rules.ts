import {
  addMonths,
  COMPLIANCE_GRADES,
  type ComplianceGrade,
  type ComplianceStatus,
  daysBetween,
  type Deduction,
} from '@aiqyn/contracts';
import type { Catalogue, Gate, Requirement } from './catalogue.rules.js';
import type { Level } from './claim.rules.js';

/** Something that takes points off, from the day on which its decision came into force. */
export interface Deducted {
  readonly cause: Deduction;
  readonly day: string;
}

export interface ScoreFacts {
  readonly day: string;
  /** What is not in here applies and is not assessed: it counts as level 0. */
  readonly levels: ReadonlyMap<string, Level>;
  readonly deductions?: readonly Deducted[];
  /** An officer lost their independence, whatever the levels say. */
  readonly independenceBreached?: boolean;
  /** The last day of a remedial plan that is not closed. */
  readonly planDueDay?: string;
}

/** A score, all points in hundredths (0 to 10000), so that nothing is decided by a binary fraction. */
export interface Score {
  readonly catalogue: string;
  readonly score: number;
  readonly grade?: ComplianceGrade;
  readonly status: ComplianceStatus;
  /** By area; without a score where nothing applies. */
  readonly areas: readonly { readonly code: string; readonly weight: number; readonly score?: number }[];
  readonly gates: readonly string[];
  readonly deductions: readonly (Deducted & { readonly points: number })[];
  /** Whole points, after the cap. */
  readonly deducted: number;
  readonly applicable: number;
  readonly assessed: number;
}

/** A fraction of whole numbers; the denominator is above 0. */
interface Fraction {
  readonly n: bigint;
  readonly d: bigint;
}
const plus = (a: Fraction, b: Fraction): Fraction => ({ n: a.n * b.d + b.n * a.d, d: a.d * b.d });
const times = (a: Fraction, k: bigint): Fraction => ({ n: a.n * k, d: a.d });

/** Hundredths, half up; nothing is below 0. */
const hundredths = ({ n, d }: Fraction): number => (n <= 0n ? 0 : Number((n * 200n + d) / (2n * d)));

/** The first day on which a deduction counts no more. */
export const endsDay = ({ scoring }: Catalogue, day: string): string => addMonths(day, scoring.deductions.months);

const counts = (catalogue: Catalogue, { day: from }: Deducted, day: string): boolean =>
  from <= day && day < endsDay(catalogue, from);

const levelOf = (facts: ScoreFacts, { code }: Requirement): number => {
  const level = facts.levels.get(code);
  return typeof level === 'number' ? level : 0;
};

function acts(gate: Gate, applicable: readonly Requirement[], facts: ScoreFacts, assessed: number): boolean {
  switch (gate.when) {
    case 'mandatory-below':
      return applicable.some((one) => one.mandatory && levelOf(facts, one) < gate.below!);
    case 'independence-below':
      return (
        facts.independenceBreached === true ||
        applicable.some((one) => one.gate === 'independence' && levelOf(facts, one) < gate.below!)
      );
    case 'plan-overdue':
      return facts.planDueDay !== undefined && daysBetween(facts.planDueDay, facts.day) > gate.days!;
    case 'too-few-assessed':
      return assessed * 100 < gate.percent! * applicable.length;
  }
}

/** The score of an assessment on a day, by the formula of the catalogue. */
export function scoreOf(catalogue: Catalogue, facts: ScoreFacts): Score {
  const applies = catalogue.requirements.filter(({ code }) => facts.levels.get(code) !== 'NA');
  const assessed = applies.filter(({ code }) => facts.levels.has(code)).length;
  const top = BigInt(catalogue.scale.length - 1);
  let weighed: Fraction = { n: 0n, d: 1n };
  let weights = 0n;
  const areas = catalogue.areas.map(({ code, weight }) => {
    const own = applies.filter(({ area }) => area === code);
    if (own.length === 0) return { code, weight };
    const reached = own.reduce((sum, one) => sum + BigInt(one.weight * levelOf(facts, one)), 0n);
    const score = { n: 100n * reached, d: top * own.reduce((sum, one) => sum + BigInt(one.weight), 0n) };
    weighed = plus(weighed, times(score, BigInt(weight)));
    weights += BigInt(weight);
    return { code, weight, score: hundredths(score) };
  });

  const { deductions: points, grades, gates } = catalogue.scoring;
  const deductions = (facts.deductions ?? [])
    .filter((one) => counts(catalogue, one, facts.day))
    .map(({ cause, day }) => ({ cause, day, points: points[cause] }));
  const deducted = Math.min(
    points.cap,
    deductions.reduce((sum, one) => sum + one.points, 0),
  );
  const before: Fraction = weights === 0n ? { n: 0n, d: 1n } : { n: weighed.n, d: weighed.d * weights };
  const score = hundredths(plus(before, { n: -BigInt(deducted), d: 1n }));

  const acting = gates.filter((gate) => acts(gate, applies, facts, assessed));
  const status = acting.some((gate) => gate.status === 'incomplete')
    ? 'incomplete'
    : (acting.find((gate) => gate.status)?.status ?? 'graded');
  // By the score as it is published, so that everybody finds the same grade from what they see.
  const reached = grades.find(({ min }) => score >= min * 100)!.grade;
  const place = (grade: ComplianceGrade): number => COMPLIANCE_GRADES.indexOf(grade);
  const worst = acting
    .flatMap(({ notAbove }) => (notAbove ? [notAbove] : []))
    .reduce((worse, grade) => (place(grade) > place(worse) ? grade : worse), reached);
  return {
    ...{ catalogue: catalogue.id, score, ...(status === 'incomplete' ? {} : { grade: worst }), status, areas },
    ...{ gates: acting.map(({ id }) => id), deductions, deducted, applicable: applies.length, assessed },
  };
}
