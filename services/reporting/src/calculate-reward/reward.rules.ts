import { isDay, OFFENCE_CLASSES, type OffenceClass, RuleError } from '@aiqyn/contracts';

export interface RewardPack {
  readonly id: string;
  readonly effectiveFrom: string;
  readonly tiersMci: Readonly<Record<OffenceClass, number>>;
  readonly thresholdMci: number;
  readonly shareAboveThreshold: { readonly numerator: number; readonly denominator: number };
  readonly capMci: number;
}

export interface MciTable {
  readonly id: string;
  /** Ascending; an amount in tiyn holds from its day until the next one. */
  readonly values: readonly { readonly effectiveFrom: string; readonly amount: number }[];
}

export interface RewardFacts {
  readonly pack: RewardPack;
  readonly mciTable: MciTable;
  /** Day on which the decision came into legal force. */
  readonly decidedOn: string;
  readonly offenceClass: OffenceClass;
  /** Bribe, damage, or value of benefits, in tiyn; 0 when there was none. */
  readonly damageTiyn: number;
}

export interface CalculatedReward {
  readonly policy: string;
  readonly basis: 'tier' | 'percent' | 'cap';
  /** Tiyn. */
  readonly amount: number;
  readonly inputs: {
    readonly decidedOn: string;
    readonly offenceClass: OffenceClass;
    readonly damageTiyn: number;
    readonly mci: number;
    readonly mciTable: string;
  };
}

const badPolicy = (what: string, field: string): never => {
  throw new RuleError('bad_policy', `${what}: ${field} is missing or wrong`, { field });
};
const positive = (n: unknown): boolean => typeof n === 'number' && Number.isSafeInteger(n) && n > 0;

/** Reads a reward pack; throws RuleError `bad_policy` naming the field. */
export function rewardPack(raw: unknown): RewardPack {
  const pack = raw as RewardPack;
  if (typeof pack?.id !== 'string') badPolicy('reward pack', 'id');
  if (!isDay(pack.effectiveFrom)) badPolicy('reward pack', 'effectiveFrom');
  for (const offence of OFFENCE_CLASSES)
    if (!positive(pack.tiersMci?.[offence])) badPolicy('reward pack', `tiersMci.${offence}`);
  for (const field of ['thresholdMci', 'capMci'] as const) if (!positive(pack[field])) badPolicy('reward pack', field);
  if (!positive(pack.shareAboveThreshold?.numerator) || !positive(pack.shareAboveThreshold?.denominator)) {
    badPolicy('reward pack', 'shareAboveThreshold');
  }
  return pack;
}

/** Reads a table of MCI values; throws RuleError `bad_policy` when a value is wrong or the days do not ascend. */
export function mciTable(raw: unknown): MciTable {
  const table = raw as MciTable;
  if (typeof table?.id !== 'string') badPolicy('MCI table', 'id');
  if (!Array.isArray(table.values) || table.values.length === 0) badPolicy('MCI table', 'values');
  table.values.forEach((value, i) => {
    const before = table.values[i - 1];
    if (!isDay(value.effectiveFrom) || (before && before.effectiveFrom >= value.effectiveFrom)) {
      badPolicy('MCI table', `values[${i}].effectiveFrom`);
    }
    if (!positive(value.amount)) badPolicy('MCI table', `values[${i}].amount`);
  });
  return table;
}

/** The monthly calculation index on a day, in tiyn; throws RuleError `no_mci` before the table begins. */
export function mciOn(table: MciTable, day: string): number {
  const value = table.values.findLast((v) => v.effectiveFrom <= day);
  if (!value) throw new RuleError('no_mci', `the MCI table begins on ${table.values[0]!.effectiveFrom}`);
  return value.amount;
}

/**
 * The reward for a report that led to a decision of liability (order in force since 15 Sep 2023): a tier of MCI up to
 * and including the threshold, above it a share of the damage up to the cap. Fractions of a tiyn are dropped: an amount
 * is never more than the share. Throws RuleError `no_pack_for_day` or `no_mci`.
 */
export function calculateReward(facts: RewardFacts): CalculatedReward {
  const { pack, decidedOn, offenceClass, damageTiyn } = facts;
  if (decidedOn < pack.effectiveFrom) {
    throw new RuleError('no_pack_for_day', `policy ${pack.id} holds from ${pack.effectiveFrom}`);
  }
  if (!Number.isSafeInteger(damageTiyn) || damageTiyn < 0) {
    throw new RuleError('bad_amount', 'damage is a whole number of tiyn from 0', { field: 'damage' });
  }
  const mci = mciOn(facts.mciTable, decidedOn);
  const inputs = { decidedOn, offenceClass, damageTiyn, mci, mciTable: facts.mciTable.id };
  if (damageTiyn <= pack.thresholdMci * mci) {
    return { policy: pack.id, basis: 'tier', amount: pack.tiersMci[offenceClass] * mci, inputs };
  }
  const { numerator, denominator } = pack.shareAboveThreshold;
  // BigInt: the product of two safe integers need not be one.
  const share = Number((BigInt(damageTiyn) * BigInt(numerator)) / BigInt(denominator));
  const cap = pack.capMci * mci;
  return share > cap
    ? { policy: pack.id, basis: 'cap', amount: cap, inputs }
    : { policy: pack.id, basis: 'percent', amount: share, inputs };
}
