import { addMonths, isDay, RuleError } from '@aiqyn/contracts';
import type { Proven } from '../check-enrichment/household.rules.js';
import { type InquiryState, isDecided } from './inquiry-states.rules.js';

/** Where money may have come from that was not declared; amounts and codes, no prose. */
export const SOURCE_KINDS = [
  'gift',
  'inheritance',
  'sale',
  'loan',
  'income-abroad',
  'income-not-declared',
  'savings-of-earlier-years',
  'insurance',
  'winnings',
] as const;
export type SourceKind = (typeof SOURCE_KINDS)[number];

export const TERM_REASONS = [
  'documents-abroad',
  'illness',
  'business-trip',
  'appraisal-under-way',
  'court-pending',
] as const;

/** Reasons of a decision, by what was decided. */
export const DECISION_REASONS = {
  justified: ['sources-proven', 'within-lawful-income'],
  referred: ['not-explained', 'not-confirmed'],
  closed: ['data-of-registry-wrong', 'not-an-official', 'person-died', 'term-of-limitation'],
} as const;
export type Decided = keyof typeof DECISION_REASONS;

export interface Explained {
  readonly sourceId: string;
  readonly kind: SourceKind;
  /** Tiyn. */
  readonly amount: number;
}

export interface ExplanationTerms {
  readonly id: string;
  readonly effectiveFrom: string;
  /** Months from the notice, and in all with a valid reason. */
  readonly months: number;
  readonly extendedMonths: number;
}

/** Reads the pack; throws RuleError `bad_policy` naming the field. */
export function explanationTerms(raw: unknown): ExplanationTerms {
  const pack = raw as ExplanationTerms & { source: unknown; checked: unknown };
  const need = (holds: boolean, field: string): void => {
    if (!holds) throw new RuleError('bad_policy', `explanation terms: ${field} is missing or wrong`, { field });
  };
  need(typeof pack?.id === 'string', 'id');
  need(typeof pack.source === 'string', 'source');
  need(typeof pack.checked === 'boolean', 'checked');
  need(isDay(String(pack.effectiveFrom)), 'effectiveFrom');
  need(Number.isInteger(pack.months) && pack.months > 0, 'months');
  need(Number.isInteger(pack.extendedMonths) && pack.extendedMonths > pack.months, 'extendedMonths');
  return pack;
}

/** The last day to explain what was notified on a day. */
export const explainBy = (pack: ExplanationTerms, noticeDay: string): string => addMonths(noticeDay, pack.months);

/** The later last day; throws RuleError `no_term`, `already_done`, or `too_late` after the first month. */
export function extendedBy(
  pack: ExplanationTerms,
  file: {
    readonly state: InquiryState;
    readonly notice?: { readonly day: string };
    readonly extension?: string | null;
  },
  day: string,
): string {
  if (file.state !== 'notified' || !file.notice) throw new RuleError('no_term', 'no term to explain runs');
  if (file.extension) throw new RuleError('already_done', 'the term was extended once');
  if (day > explainBy(pack, file.notice.day))
    throw new RuleError('too_late', 'a valid reason is told within the first month');
  return addMonths(file.notice.day, pack.extendedMonths);
}

/** Whether the term passed without an answer: the day itself still counts. */
export const hasExpired = (
  file: { readonly state: InquiryState; readonly dueDay?: string | null },
  day: string,
): boolean => file.state === 'notified' && !!file.dueDay && day > file.dueDay;

/** What was proven of what was explained; throws RuleError `no_such_source`, `same_id_twice` or `more_than_explained`. */
export function provenOf(
  explained: readonly Explained[],
  proven: readonly { readonly sourceId: string; readonly amount: number }[],
): Proven[] {
  return proven.map(({ sourceId, amount }, i) => {
    const source = explained.find((one) => one.sourceId === sourceId);
    const no = (code: string, message: string): never => {
      throw new RuleError(code, message, { field: `proven.${i}` });
    };
    if (!source) return no('no_such_source', 'only a source that was explained can be proven');
    if (proven.findIndex((one) => one.sourceId === sourceId) < i) no('same_id_twice', 'each source stands once');
    if (amount > source.amount) no('more_than_explained', 'at most the amount that was explained');
    return { sourceId, kind: source.kind, amount };
  });
}

/**
 * Whether this person may decide so; throws RuleError `same_person` (who notified does not decide), `out_of_date` when the
 * declarations changed since the check, `not_triggered` for a referral of what adds up by now, or `bad_reason`.
 */
export function mayDecide(
  file: {
    readonly notice?: { readonly by: string };
    readonly rechecked?: { readonly basis: string; readonly checks: readonly string[] };
  },
  { outcome, reason, by, basis }: { outcome: Decided; reason: string; by: string; basis: string },
): void {
  if (file.notice?.by === by) throw new RuleError('same_person', 'another person than who notified decides');
  if (file.rechecked?.basis !== basis)
    throw new RuleError('out_of_date', 'what was declared or registered changed since: check it again first');
  if (outcome === 'referred' && file.rechecked.checks.length === 0)
    throw new RuleError('not_triggered', 'after the check nothing is left to refer', { field: 'outcome' });
  const reasons: readonly string[] = DECISION_REASONS[outcome];
  if (!reasons.includes(reason))
    throw new RuleError('bad_reason', 'the reason does not go with the outcome', { field: 'reason', allowed: reasons });
}

/**
 * What a review leads to: `open` a new inquiry, `renew` or `clear` a signal of which nobody was told yet, or `nothing`. What was
 * decided stays decided, unless a check is triggered that was not then; once notified, the check by a person sees the change.
 */
export function inquiryAfter(
  last:
    | {
        readonly state: InquiryState;
        readonly checks: readonly string[];
        readonly possible: boolean;
        readonly decision?: { readonly reason: string } | null;
      }
    | undefined,
  codes: readonly string[],
  possible: boolean,
): 'open' | 'renew' | 'clear' | 'nothing' {
  if (!last) return codes.length > 0 ? 'open' : 'nothing';
  const isNew = codes.some((code) => !last.checks.includes(code));
  if (isDecided(last.state)) {
    const cleared = last.decision?.reason === 'cleared' && codes.length > 0;
    return cleared || isNew ? 'open' : 'nothing';
  }
  if (last.state !== 'signal') return 'nothing';
  if (codes.length === 0) return 'clear';
  const unchanged = !isNew && codes.length === last.checks.length && possible === last.possible;
  return unchanged ? 'nothing' : 'renew';
}
