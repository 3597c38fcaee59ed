import {
  COMPLIANCE_GRADES,
  COMPLIANCE_STATUSES,
  type ComplianceGrade,
  type ComplianceStatus,
  type Deduction,
  DEDUCTIONS,
  isDay,
  RuleError,
} from '@aiqyn/contracts';

export interface Requirement {
  readonly code: string;
  readonly area: string;
  readonly weight: number;
  readonly evidence: readonly { readonly kind: string; readonly required: boolean }[];
  /** Days from the day that an evidence speaks of on which it counts. */
  readonly freshnessDays: number;
  readonly mandatory: boolean;
  readonly gate?: 'independence';
  /** The one ground on which it may be set not applicable. */
  readonly notApplicableWhen?: string;
}

export const GATE_CAUSES = ['mandatory-below', 'independence-below', 'plan-overdue', 'too-few-assessed'] as const;

/** What keeps a grade down, whatever the score. */
export interface Gate {
  readonly id: string;
  readonly when: (typeof GATE_CAUSES)[number];
  readonly below?: number;
  readonly days?: number;
  readonly percent?: number;
  readonly notAbove?: ComplianceGrade;
  readonly status?: ComplianceStatus;
}

const TERMS = [
  ...['selfAssessmentDays', 'reviewWorkingDays', 'samplePercent', 'sampleFromLevel', 'objectionWorkingDays'],
  ...['remedialPlanDays', 'remedialPlanBelow', 'measureDays', 'vacancyDays', 'orderDays', 'overstatedGap'],
] as const;

/** A version of the catalogue of requirements, with all that a score is computed by. */
export interface Catalogue {
  readonly id: string;
  readonly effectiveFrom: string;
  readonly scale: readonly { readonly level: number }[];
  readonly areas: readonly { readonly code: string; readonly weight: number }[];
  readonly requirements: readonly Requirement[];
  readonly scoring: {
    readonly grades: readonly { readonly grade: ComplianceGrade; readonly min: number }[];
    readonly gates: readonly Gate[];
    /** Points by kind, what they come to at most, and the months for which they count. */
    readonly deductions: Readonly<Record<Deduction, number>> & { readonly cap: number; readonly months: number };
  };
  /** Days, working days, per cent, levels and points, as each is called. */
  readonly terms: {
    readonly selfAssessmentDays: number;
    readonly reviewWorkingDays: number;
    readonly samplePercent: number;
    readonly sampleFromLevel: number;
    readonly objectionWorkingDays: number;
    readonly remedialPlanDays: number;
    readonly remedialPlanBelow: number;
    readonly measureDays: number;
    readonly vacancyDays: number;
    readonly orderDays: number;
    readonly overstatedGap: number;
  };
}

const whole = (n: unknown, from = 1, to = 10_000): boolean =>
  Number.isInteger(n) && (n as number) >= from && (n as number) <= to;
const word = (text: unknown): boolean => typeof text === 'string' && /^[A-Za-z0-9][A-Za-z0-9.-]{0,63}$/.test(text);
const list = (value: unknown): readonly Record<string, unknown>[] =>
  Array.isArray(value) ? value.map((one: unknown) => (one ?? {}) as Record<string, unknown>) : [];

/** Reads a version of the catalogue; throws RuleError `bad_policy` naming the field. */
export function catalogue(raw: unknown): Catalogue {
  const pack = (raw ?? {}) as Record<string, unknown>;
  const need = (holds: boolean, field: string): void => {
    if (!holds) throw new RuleError('bad_policy', `catalogue: ${field} is missing or wrong`, { field });
  };
  need(word(pack['id']), 'id');
  need(isDay(String(pack['effectiveFrom'])), 'effectiveFrom');
  need(typeof pack['source'] === 'string', 'source');
  need(typeof pack['checked'] === 'boolean', 'checked');
  const scale = list(pack['scale']);
  need(scale.length > 1 && scale.every(({ level }, i) => level === i), 'scale');
  const top = scale.length - 1;

  const areas = list(pack['areas']);
  need(areas.length > 0 && new Set(areas.map(({ code }) => code)).size === areas.length, 'areas');
  areas.forEach(({ code, weight }, i) => {
    need(word(code), `areas[${i}].code`);
    need(whole(weight), `areas[${i}].weight`);
  });
  const requirements = list(pack['requirements']);
  const codes = new Set(requirements.map(({ code }) => code));
  need(requirements.length > 0 && codes.size === requirements.length, 'requirements');
  requirements.forEach((one, i) => {
    const at = (field: string): string => `requirements[${i}].${field}`;
    need(word(one['code']), at('code'));
    need(
      areas.some(({ code }) => code === one['area']),
      at('area'),
    );
    need(whole(one['weight']), at('weight'));
    need(whole(one['freshnessDays']), at('freshnessDays'));
    need(typeof one['mandatory'] === 'boolean', at('mandatory'));
    need(one['gate'] === undefined || one['gate'] === 'independence', at('gate'));
    const ground = one['notApplicableWhen'];
    need(ground === undefined || (typeof ground === 'string' && ground !== ''), at('notApplicableWhen'));
    const kinds = Array.isArray(one['evidence']);
    need(
      kinds && list(one['evidence']).every((e) => word(e['kind']) && typeof e['required'] === 'boolean'),
      at('evidence'),
    );
  });

  const scoring = (pack['scoring'] ?? {}) as Record<string, unknown>;
  const grades = list(scoring['grades']);
  const falls = grades.every(({ grade, min }, i) => {
    const before = grades[i - 1]?.['min'];
    return grade === COMPLIANCE_GRADES[i] && whole(min, 0, 100) && (i === 0 || (min as number) < (before as number));
  });
  need(grades.length === COMPLIANCE_GRADES.length && falls && grades.at(-1)!['min'] === 0, 'scoring.grades');
  list(scoring['gates']).forEach((gate, i) => {
    const at = (field: string): string => `scoring.gates[${i}].${field}`;
    need(word(gate['id']), at('id'));
    const when = gate['when'] as Gate['when'];
    need(GATE_CAUSES.includes(when), at('when'));
    if (when === 'mandatory-below' || when === 'independence-below') need(whole(gate['below'], 1, top), at('below'));
    if (when === 'plan-overdue') need(whole(gate['days'], 0), at('days'));
    if (when === 'too-few-assessed') need(whole(gate['percent'], 0, 100), at('percent'));
    const { notAbove, status } = gate as { notAbove?: ComplianceGrade; status?: ComplianceStatus };
    need(notAbove === undefined || COMPLIANCE_GRADES.includes(notAbove), at('notAbove'));
    need(status === undefined || COMPLIANCE_STATUSES.includes(status), at('status'));
  });
  need(list(scoring['gates']).length > 0, 'scoring.gates');
  const deductions = (scoring['deductions'] ?? {}) as Record<string, unknown>;
  for (const field of [...DEDUCTIONS, 'cap', 'months'])
    need(whole(deductions[field], 1, 100), `scoring.deductions.${field}`);
  const terms = (pack['terms'] ?? {}) as Record<string, unknown>;
  for (const field of TERMS) need(whole(terms[field]), `terms.${field}`);
  return raw as Catalogue;
}

/** The versions that there are, the oldest first; throws RuleError `bad_policy` when two have one id or one day. */
export function catalogues(raw: readonly unknown[]): readonly Catalogue[] {
  const all = raw.map(catalogue).sort((a, b) => a.effectiveFrom.localeCompare(b.effectiveFrom));
  for (const field of ['id', 'effectiveFrom'] as const)
    if (all.length === 0 || new Set(all.map((one) => one[field])).size < all.length)
      throw new RuleError('bad_policy', `catalogues: each has its own ${field}`, { field });
  return all;
}

/** The version in force on a day; throws RuleError `no_pack_for_day`. */
export function catalogueOn(all: readonly Catalogue[], day: string): Catalogue {
  const found = all.findLast(({ effectiveFrom }) => effectiveFrom <= day);
  if (!found) throw new RuleError('no_pack_for_day', `requirements are known from ${all[0]!.effectiveFrom}`);
  return found;
}
