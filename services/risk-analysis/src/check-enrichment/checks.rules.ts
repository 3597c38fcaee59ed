import { RuleError, type UnitTable, valueOn } from '@aiqyn/contracts';
import { CLEAR, insufficient, notApplicable, type State, triggered } from '../judge-process/outcome.rules.js';
import { type CheckCode, type CheckPolicy, type EnrichmentPack } from './enrichment-pack.rules.js';
import { type CaseFile, dayOf, type Gap, isMissing } from './household.rules.js';
import { atLeast, type EnrichmentOutcome, over, overShare, type Range, underShare } from './ranges.rules.js';
import { type Figures, READ } from './read-checks.rules.js';

/** What an outcome was computed from: enough to compute it again. */
export interface CheckEvidence {
  readonly pack: string;
  readonly packVersion: number;
  /** The last day of the declared year: which rule applies. */
  readonly day: string;
  readonly policy: CheckPolicy;
  /** What was read, or what was missing. */
  readonly figures?: Figures;
  readonly missing?: readonly string[];
  /** The day whose MCI counts, and what it was in tiyn: not there where the table does not know. */
  readonly mci?: { readonly day: string; readonly amount?: number };
  /** Of a comparator: tiyn for one unit of its currency, as it was asked for. */
  readonly rate?: number;
}

/** One of the five outcomes of a check, never a verdict. */
export interface Check {
  readonly code: CheckCode;
  readonly state: State;
  readonly possible?: true;
  /** Tiyn, or a number of things. */
  readonly value?: number;
  readonly reason?: string;
  readonly weight: number;
  readonly basis: string;
  readonly evidence: CheckEvidence;
}

const some = (count: number): EnrichmentOutcome => (count > 0 ? triggered(count) : CLEAR);

type Limits = { readonly policy: CheckPolicy; readonly mci: number; readonly rate: number };

/** A figure that was read; its shape is that of `READ` beside it. */
const the = <T>(figures: Figures, name: string): T => figures[name] as T;

const JUDGE: Readonly<Record<CheckCode, (figures: Figures, limits: Limits) => EnrichmentOutcome>> = {
  K1: (f) => over(the<Gap>(f, 'gap'), 0),
  K2: (f, { policy, mci }) => over(the<Gap>(f, 'gap'), policy.mci! * mci),
  K3: (f) => over(the<Gap>(f, 'gap'), the<number>(f, 'income')),
  K4: (f, { policy, mci }) => atLeast(the<Range>(f, 'assets'), policy.mci! * mci),
  K6: (f) => some(the<{ source?: string }[]>(f, 'assets').filter(({ source }) => source === undefined).length),
  K7: (f, { policy, mci }) => over(the<Range>(f, 'cash'), policy.mci! * mci),
  L1: (f) => some(the<{ disposed: boolean }[]>(f, 'gone').filter(({ disposed }) => !disposed).length),
  L2: (f) => some(the<{ income: boolean }[]>(f, 'sold').filter(({ income }) => !income).length),
  L3: (f, { policy }) => {
    const bought = the<(Range & { reference?: number })[]>(f, 'bought');
    const under = (end: 'low' | 'high') =>
      bought.filter((one) => one.reference !== undefined && underShare(one[end], one.reference, policy.shareBp!))
        .length;
    if (under('high') > 0) return triggered(under('high'));
    if (under('low') > 0) return { ...triggered(under('low')), possible: true };
    return bought.some(({ reference }) => reference === undefined) ? insufficient('no-reference-price') : CLEAR;
  },
  L4: (f, { policy }) => {
    const { low, high } = the<Range>(f, 'cash');
    const income = the<number>(f, 'income');
    const exceeds = (cash: number): boolean => overShare(cash, income, policy.shareBp!);
    return exceeds(low) ? triggered(low) : exceeds(high) ? { ...triggered(high), possible: true } : CLEAR;
  },
  L5: (f) => {
    const loans = the<{ amount: number; lenderIncome?: number }[]>(f, 'loans');
    const above = loans.filter(
      ({ amount, lenderIncome }) => lenderIncome !== undefined && lenderIncome < amount,
    ).length;
    if (above > 0) return triggered(above);
    return loans.some(({ lenderIncome }) => lenderIncome === undefined)
      ? insufficient('no-income-of-the-lender')
      : CLEAR;
  },
  L6: (f, { policy }) => {
    const persons = the<{ declared: number; record: number }[]>(f, 'persons');
    return some(
      persons.filter(({ declared, record }) => {
        const [less, more] = declared < record ? [declared, record] : [record, declared];
        // More than the share of the record apart.
        return overShare(more - less, record, policy.shareBp!);
      }).length,
    );
  },
  L7: (f) => some(the<{ declared: boolean }[]>(f, 'owned').filter(({ declared }) => !declared).length),
  L8: (f) => some(the<{ won: readonly unknown[] }[]>(f, 'used').filter(({ won }) => won.length > 0).length),
  U1: (f, { policy, rate }) => over(the<Gap>(f, 'gap'), policy.amount! * rate),
  U2: (f, { policy, rate }) => {
    const gap = the<Gap>(f, 'gap');
    const [from, to] = [policy.amount! * rate, policy.upTo! * rate];
    if (gap.low > from && gap.high <= to) return triggered(gap.low);
    return gap.high > from && gap.low <= to ? { ...triggered(Math.min(gap.high, to)), possible: true } : CLEAR;
  },
  U3: (f, { policy, rate }) =>
    over({ low: the<number>(f, 'greatest'), high: the<number>(f, 'greatest') }, policy.amount! * rate),
};

/** The outcome that evidence gives, whenever it is computed. */
export function outcomeOf(code: CheckCode, evidence: CheckEvidence): EnrichmentOutcome {
  const { policy, day, figures, missing, mci, rate } = evidence;
  if (policy.validFrom !== undefined && day < policy.validFrom) return notApplicable('not-yet-in-force');
  if (missing && missing.length > 0) return insufficient(`no-${missing[0]}`);
  if (policy.mci !== undefined && mci?.amount === undefined) return insufficient('no-mci-for-day');
  return JUDGE[code](figures ?? {}, { policy, mci: mci?.amount ?? 0, rate: rate ?? 0 });
}

function mciOn(table: UnitTable, day: string): { day: string; amount?: number } {
  try {
    return { day, amount: valueOn(table, day) };
  } catch (error) {
    if (error instanceof RuleError && error.code === 'no_value_for_day') return { day };
    throw error;
  }
}

/** What a pack says of a file: each of its checks, with what it was computed from. */
export function checkAll(file: CaseFile, pack: EnrichmentPack, table: UnitTable, rate?: number): Check[] {
  const day = dayOf(file.declared);
  return (Object.entries(pack.checks) as [CheckCode, CheckPolicy][]).map(([code, own]) => {
    const from = own.validFrom ?? pack.effectiveFrom;
    const policy = { ...own, validFrom: from > pack.effectiveFrom ? from : pack.effectiveFrom };
    const read = READ[code](file);
    const evidence: CheckEvidence = {
      ...{ pack: pack.id, packVersion: pack.version, day, policy },
      ...(isMissing(read) ? { missing: read.missing } : { figures: read }),
      ...(policy.mci === undefined ? {} : { mci: mciOn(table, `${file.declared.year}-${pack.mciOn}`) }),
      ...(rate === undefined ? {} : { rate }),
    };
    const { state, possible, value, reason } = outcomeOf(code, evidence);
    return {
      ...{ code, state, weight: policy.weight, basis: policy.basis, evidence },
      ...(possible ? { possible } : {}),
      ...(value === undefined ? {} : { value }),
      ...(reason === undefined ? {} : { reason }),
    };
  });
}

/** Codes of what is triggered, and whether no end but the upper one of a range passes anywhere. */
export function suspicion(checks: readonly Check[]): { readonly codes: string[]; readonly possible: boolean } {
  const found = checks.filter(({ state }) => state === 'triggered');
  return { codes: found.map(({ code }) => code).sort(), possible: found.every(({ possible }) => possible === true) };
}
