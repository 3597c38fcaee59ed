import { addDays, addMonths, addWorkingDays, isDay, isWorkingDay, RuleError, type WorkingDays } from '@aiqyn/contracts';
import type { ReportStep } from '../editions/release-order.rules.js';

/** The terms of the law in their order, and the step by which each is kept. */
export const TERM_STEPS = {
  collectBy: 'collected',
  draftBy: 'compiled',
  submitBy: 'submitted',
  publishBy: 'published',
} as const satisfies Record<string, ReportStep>;
export type Term = keyof typeof TERM_STEPS;
export const TERMS = Object.keys(TERM_STEPS) as Term[];

/** A day of the year after the one that is reported, `MM-DD`, or so long after an earlier term. */
export type TermRule =
  | { readonly date: string }
  | { readonly after: Term; readonly months: number }
  | { readonly after: Term; readonly days: number }
  | { readonly after: Term; readonly workingDays: number };

export interface TermsPolicy {
  readonly id: string;
  readonly effectiveFrom: string;
  readonly source: string;
  /** Whether a lawyer has read it. */
  readonly checked: boolean;
  /** Days before a term on which it is told that it is near. */
  readonly nearDays: number;
  /** Whether a term that ends on a day off stays there or moves to the next working day. */
  readonly onDayOff: 'stays' | 'next-working-day';
  readonly terms: Readonly<Record<Term, TermRule>>;
}

/** The days of an edition; it goes on under the pack that it began under. */
export type TermDays = Readonly<Record<Term, string>>;
export interface StoredTerms {
  readonly policy: string;
  readonly days: TermDays;
}

const LEAP_YEAR = 2024;

/** Reads a pack; throws RuleError `bad_policy` naming the field. */
export function termsPolicy(raw: unknown): TermsPolicy {
  const pack = raw as TermsPolicy;
  const need = (ok: boolean, field: string): void => {
    if (!ok) throw new RuleError('bad_policy', `national report terms: ${field} is missing or wrong`, { field });
  };
  const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';
  need(isText(pack?.id), 'id');
  need(isText(pack.effectiveFrom) && isDay(pack.effectiveFrom), 'effectiveFrom');
  need(isText(pack.source), 'source');
  need(typeof pack.checked === 'boolean', 'checked');
  need(Number.isSafeInteger(pack.nearDays) && pack.nearDays > 0, 'nearDays');
  need(['stays', 'next-working-day'].includes(pack.onDayOff), 'onDayOff');
  for (const [i, term] of TERMS.entries()) {
    const rule = (pack.terms as Partial<TermsPolicy['terms']> | undefined)?.[term];
    const lengths = Object.entries(rule ?? {}).filter(([key]) => ['months', 'days', 'workingDays'].includes(key));
    const isRule =
      rule !== undefined &&
      ('date' in rule
        ? isDay(`${LEAP_YEAR}-${rule.date}`)
        : TERMS.slice(0, i).includes(rule.after) &&
          lengths.length === 1 &&
          lengths.every(([, n]) => Number.isSafeInteger(n) && n > 0));
    need(isRule, `terms.${term}`);
  }
  return pack;
}

/** Reads the packs, oldest first; throws RuleError `bad_policy` besides when two begin on one day or have one id. */
export function termsPolicies(raw: readonly unknown[]): TermsPolicy[] {
  const packs = raw.map(termsPolicy);
  for (const field of ['id', 'effectiveFrom'] as const)
    if (new Set(packs.map((pack) => pack[field])).size !== packs.length)
      throw new RuleError('bad_policy', `national report terms: two packs have one ${field}`, { field });
  return packs.sort((a, b) => (a.effectiveFrom < b.effectiveFrom ? -1 : 1));
}

/** The pack by which the report of a year is due: the one in force when the year ends; undefined before the first. */
export const termsPolicyOf = (packs: readonly TermsPolicy[], year: number): TermsPolicy | undefined =>
  packs.findLast(({ effectiveFrom }) => effectiveFrom <= `${year}-12-31`);

/**
 * The days on which the terms of a year's report end. 29 February is 28 February where the year has none; so is the end of months
 * that are counted from 30 November. Throws RuleError `no_calendar_for_year` where working days are needed that are not known.
 */
export function termDays({ terms, onDayOff }: TermsPolicy, year: number, calendar: WorkingDays): TermDays {
  const days: Partial<Record<Term, string>> = {};
  for (const term of TERMS) {
    const rule = terms[term];
    let day: string;
    if ('date' in rule) {
      const [month, date] = rule.date.split('-').map(Number) as [number, number];
      const last = Number(addDays(addMonths(`${year + 1}-${String(month).padStart(2, '0')}-01`, 1), -1).slice(8));
      day = `${year + 1}-${rule.date.slice(0, 2)}-${String(Math.min(date, last)).padStart(2, '0')}`;
    } else {
      const from = days[rule.after]!;
      if ('months' in rule) day = addMonths(from, rule.months);
      else day = 'days' in rule ? addDays(from, rule.days) : addWorkingDays(calendar, from, rule.workingDays);
    }
    days[term] =
      onDayOff === 'next-working-day' && !isWorkingDay(calendar, day) ? addWorkingDays(calendar, day, 0) : day;
  }
  return days as TermDays;
}

export interface TermWatch {
  readonly term: Term;
  readonly stage: 'near' | 'passed';
  /** The day on which it is told. */
  readonly on: string;
}

/** What is to be told of the terms of an edition that begins on a day: nothing of what was near or over before it began. */
export const watchesOf = (days: TermDays, nearDays: number, begun: string): TermWatch[] =>
  TERMS.flatMap((term): TermWatch[] => [
    { term, stage: 'near', on: addDays(days[term], -nearDays) },
    { term, stage: 'passed', on: addDays(days[term], 1) },
  ]).filter(({ on }) => on > begun);

/** `ahead`: not over; `passed`: over, and its step not taken; `kept` and `late`: its step was taken in time, or after it. */
export interface ToldTerm {
  readonly term: Term;
  readonly day: string;
  readonly state: 'ahead' | 'passed' | 'kept' | 'late';
  /** The day of the first step that kept it, or came too late. */
  readonly doneDay?: string;
}

/** What is told of the terms of an edition. */
export interface ShownTerms {
  readonly policy: string;
  readonly source: string;
  readonly checked: boolean;
  readonly items: readonly ToldTerm[];
}

export function toldTerms(
  days: TermDays,
  history: readonly { readonly step: string; readonly day: string }[],
  today: string,
): ToldTerm[] {
  return TERMS.map((term): ToldTerm => {
    const day = days[term];
    const done = history.find(({ step }) => step === TERM_STEPS[term]);
    if (!done) return { term, day, state: today > day ? 'passed' : 'ahead' };
    return { term, day, state: done.day > day ? 'late' : 'kept', doneDay: done.day };
  });
}
