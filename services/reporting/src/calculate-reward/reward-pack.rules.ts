import { isDay, OFFENCE_CLASSES, RuleError } from '@aiqyn/contracts';

/** An amount of a policy: so many units of a table, or a fixed one in hundredths of the currency. */
export type Sum = { readonly units: number; readonly of: string } | { readonly amount: number };

/** What an officer may choose from, both ends included. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

export const VALUE_DAYS = ['decision', 'report', 'offence', 'payment'] as const;
export type ValueDay = (typeof VALUE_DAYS)[number];
export const SPLITS = ['equal', 'by-contribution'] as const;
/** Why somebody who reported gets no reward; each pack says which of them it knows. */
export const EXCLUSIONS = [
  'knowingly-false',
  'participant',
  'cooperating-accused',
  'anti-corruption-staff',
  'law-enforcement-staff',
  'duty-to-detect',
  'duty-to-report',
] as const;
export type Exclusion = (typeof EXCLUSIONS)[number];

/** A reward policy as data. This vocabulary is closed: what it cannot say needs a change of the one engine. */
export interface RewardPack {
  readonly id: string;
  readonly version: number;
  /** ISO 3166 code of the state whose law it is. */
  readonly jurisdiction: string;
  readonly currency: string;
  readonly effectiveFrom: string;
  /** Its last day, when a later pack took its place. */
  readonly effectiveTo?: string;
  /** Which day's value of a unit counts. */
  readonly valueOn: ValueDay;
  /** Without it: the five classes of offence, which then matter to `tiers` only. */
  readonly categories?: readonly string[];
  /** Fixed rewards in units: one a category, or a range for all from which an officer chooses. */
  readonly tiers?: { readonly of: string; readonly units: Readonly<Record<string, number>> | Range };
  /** A share of the damage above a threshold, in basis points; a range is an officer's choice. */
  readonly share?: {
    readonly above: Sum;
    readonly includesThreshold: boolean;
    readonly fromBp: number;
    readonly toBp: number;
  };
  /** Least and most that a share comes to. */
  readonly floor?: Sum;
  readonly cap?: Sum | { readonly byCategory: Readonly<Record<string, Sum>> };
  readonly split: (typeof SPLITS)[number];
  /** Days in which a reporter may claim after being told; null when the policy sets none. */
  readonly claimWindowDays: number | null;
  readonly paymentDays: number | null;
  readonly exclusions: readonly Exclusion[];
  readonly source: string;
  readonly checked: boolean;
}

const FIELDS =
  'id version jurisdiction currency effectiveFrom effectiveTo valueOn categories tiers share floor cap split claimWindowDays paymentDays paymentDaysAre exclusions source checked open'.split(
    ' ',
  );
const natural = (n: unknown): n is number => typeof n === 'number' && Number.isSafeInteger(n) && n >= 0;
const positive = (n: unknown): boolean => natural(n) && n > 0;
const isRange = (r: unknown): r is Range => natural((r as Range)?.from) && natural((r as Range).to);

export const categoriesOf = (pack: RewardPack): readonly string[] => pack.categories ?? OFFENCE_CLASSES;
export const tierRange = (tiers: NonNullable<RewardPack['tiers']>): Range | undefined =>
  isRange(tiers.units) ? tiers.units : undefined;

/** Reads a reward pack; `tables` are the ids of the known unit tables. Throws RuleError `bad_policy` naming the field. */
export function rewardPack(raw: unknown, tables: readonly string[]): RewardPack {
  const pack = raw as RewardPack;
  const need = (holds: boolean, field: string): void => {
    if (!holds) throw new RuleError('bad_policy', `reward pack ${pack?.id}: ${field} is missing or wrong`, { field });
  };
  const sum = (value: Sum | undefined, field: string): void => {
    if (value && 'amount' in value) need(natural(value.amount), field);
    else need(positive(value?.units) && tables.includes(value!.of), field);
  };
  const days = (value: unknown): boolean => value === null || positive(value);
  for (const field of Object.keys(pack ?? {})) need(FIELDS.includes(field), field);
  for (const field of ['id', 'source'] as const) need(typeof pack?.[field] === 'string', field);
  need(typeof pack.checked === 'boolean', 'checked');
  need(positive(pack.version), 'version');
  need(/^[A-Z]{2}$/.test(pack.jurisdiction), 'jurisdiction');
  need(/^[A-Z]{3}$/.test(pack.currency), 'currency');
  need(isDay(String(pack.effectiveFrom)), 'effectiveFrom');
  const { effectiveTo } = pack;
  need(effectiveTo === undefined || (isDay(effectiveTo) && effectiveTo >= pack.effectiveFrom), 'effectiveTo');
  need(VALUE_DAYS.includes(pack.valueOn), 'valueOn');
  need(pack.categories === undefined || pack.categories.length > 0, 'categories');
  need(pack.tiers !== undefined || pack.share !== undefined, 'tiers');
  if (pack.tiers) {
    need(tables.includes(pack.tiers.of), 'tiers.of');
    const range = tierRange(pack.tiers);
    if (range) need(positive(range.from) && range.from <= range.to, 'tiers.units');
    else
      for (const category of categoriesOf(pack)) {
        need(positive((pack.tiers.units as Record<string, number>)?.[category]), `tiers.units.${category}`);
      }
  }
  if (pack.share) {
    const { above, includesThreshold, fromBp, toBp } = pack.share;
    sum(above, 'share.above');
    need(typeof includesThreshold === 'boolean', 'share.includesThreshold');
    need(natural(fromBp) && natural(toBp) && fromBp <= toBp && toBp > 0 && toBp <= 10_000, 'share.fromBp');
  }
  if (pack.floor) sum(pack.floor, 'floor');
  if (pack.cap && 'byCategory' in pack.cap) {
    for (const category of categoriesOf(pack)) sum(pack.cap.byCategory?.[category], `cap.byCategory.${category}`);
  } else if (pack.cap) sum(pack.cap, 'cap');
  need(SPLITS.includes(pack.split), 'split');
  need(days(pack.claimWindowDays), 'claimWindowDays');
  need(days(pack.paymentDays), 'paymentDays');
  need(Array.isArray(pack.exclusions) && pack.exclusions.every((e: Exclusion) => EXCLUSIONS.includes(e)), 'exclusions');
  return pack;
}

/** Throws RuleError `no_pack_for_day` when the pack is not in force on that day. */
export function inForce(pack: RewardPack, day: string): void {
  if (day >= pack.effectiveFrom && day <= (pack.effectiveTo ?? day)) return;
  const until = pack.effectiveTo ? ` to ${pack.effectiveTo}` : '';
  throw new RuleError('no_pack_for_day', `policy ${pack.id} holds from ${pack.effectiveFrom}${until}, not on ${day}`, {
    field: 'on',
  });
}

/** The pack of a state in force on a day; throws RuleError `no_pack_for_day` naming those that there are. */
export function packOn(packs: readonly RewardPack[], jurisdiction: string, day: string): RewardPack {
  const own = packs.filter((p) => p.jurisdiction === jurisdiction);
  const pack = own.findLast((p) => day >= p.effectiveFrom && day <= (p.effectiveTo ?? day));
  if (pack) return pack;
  throw new RuleError('no_pack_for_day', `no reward policy of ${jurisdiction} holds on ${day}`, {
    field: 'on',
    allowed: own.map((p) => `${p.id} from ${p.effectiveFrom}`),
  });
}
