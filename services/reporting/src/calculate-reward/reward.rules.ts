import { isDay, RuleError, type UnitTable, valueOn } from '@aiqyn/contracts';
import { divide, percent, readable, shareOf } from './money.rules.js';
import { categoriesOf, inForce, type RewardPack, type Sum, tierRange, type ValueDay } from './reward-pack.rules.js';

/** Everything that a reward is computed from; stored with it, so that it can be computed again. */
export interface RewardInputs {
  readonly category?: string;
  /** Bribe, damage, value of benefits or recovered sum, in hundredths of the currency; 0 when there was none. */
  readonly damageTiyn: number;
  /** Days that the policy may ask for; `decision` is the one on which it came into legal force. */
  readonly days: { readonly decision: string } & { readonly [day in Exclude<ValueDay, 'decision'>]?: string };
  /** Who gets a part, in order of arrival. */
  readonly reporters: number;
  /** An officer's choice where the policy leaves one: units of a tier, basis points of a share, parts of reporters. */
  readonly units?: number;
  readonly rateBp?: number;
  readonly contributions?: readonly number[];
}

export interface CalculatedReward {
  /** Id of the pack. */
  readonly policy: string;
  readonly version: number;
  readonly currency: string;
  readonly basis: 'tier' | 'percent' | 'floor' | 'cap' | 'none';
  /** Hundredths of the currency, for all reporters together. */
  readonly amount: number;
  /** The part of each reporter, in order of arrival; they add up to the amount. */
  readonly shares: readonly number[];
  readonly inputs: RewardInputs & {
    /** Values of units that were used, in hundredths. */
    readonly unitsTiyn: Readonly<Record<string, { day: string; amount: number; version: number }>>;
  };
  /** How it came about, for people. */
  readonly steps: readonly string[];
}

/** A number that the policy fixes, or one that an officer chose from its range. */
function chosen(
  range: { from: number; to: number },
  given: number | undefined,
  field: 'units' | 'rateBp',
  say: (n: number) => string,
  pack: RewardPack,
): number {
  const told = `${field} from ${range.from} to ${range.to} (${say(range.from)} to ${say(range.to)})`;
  if (given === undefined) {
    if (range.from === range.to) return range.from;
    throw new RuleError('choice_needed', `policy ${pack.id} leaves a choice: give ${told}`, { field });
  }
  if (!Number.isSafeInteger(given) || given < range.from || given > range.to) {
    throw new RuleError('out_of_range', `policy ${pack.id} allows ${told}`, { field });
  }
  return given;
}

function checked(pack: RewardPack, inputs: RewardInputs): void {
  const { category, damageTiyn, days, reporters } = inputs;
  for (const [name, day] of Object.entries(days)) {
    if (!isDay(day)) throw new RuleError('not_a_day', 'a day is YYYY-MM-DD', { field: name });
  }
  inForce(pack, days.decision);
  const allowed = categoriesOf(pack);
  const needed = pack.tiers ? tierRange(pack.tiers) === undefined : pack.categories !== undefined;
  if (category === undefined ? needed : !allowed.includes(category)) {
    const list = allowed.join(', ');
    throw new RuleError('bad_category', `policy ${pack.id} knows the categories ${list}`, {
      field: 'category',
      allowed,
    });
  }
  if (!Number.isSafeInteger(damageTiyn) || damageTiyn < 0) {
    throw new RuleError('bad_amount', 'damage is a whole number of hundredths from 0', { field: 'damage' });
  }
  if (!Number.isSafeInteger(reporters) || reporters < 1 || reporters > 1000) {
    throw new RuleError('bad_reporters', 'reporters is a whole number from 1 to 1000', { field: 'reporters' });
  }
}

/** The parts of the reporters by the policy's rule. */
function parts(pack: RewardPack, inputs: RewardInputs, amount: number): number[] {
  const { reporters, contributions } = inputs;
  if (pack.split === 'equal' || reporters === 1) {
    if (contributions) {
      throw new RuleError('not_a_choice', 'contributions are given when a policy divides by them between several', {
        field: 'contributions',
      });
    }
    return divide(amount, Array<number>(reporters).fill(1));
  }
  const right =
    contributions?.length === reporters &&
    contributions.every((c) => Number.isSafeInteger(c) && c >= 0 && c <= 1_000_000) &&
    contributions.some((c) => c > 0);
  if (right) return divide(amount, contributions);
  const sentence = `policy ${pack.id} divides by contribution: give ${reporters} whole numbers, not all 0`;
  throw new RuleError('choice_needed', sentence, { field: 'contributions' });
}

/**
 * The reward by a policy pack: a tier up to its threshold, above it a share of the damage between floor and cap.
 * Fractions of a hundredth are dropped: a reward is never more than the share. Throws RuleError `no_pack_for_day`,
 * `no_value_for_day`, `choice_needed`, `out_of_range`, `bad_category`, `bad_amount`.
 */
export function calculateReward(
  pack: RewardPack,
  tables: ReadonlyMap<string, UnitTable>,
  given: RewardInputs,
): CalculatedReward {
  checked(pack, given);
  const { category, damageTiyn: damage, days } = given;
  const day = days[pack.valueOn];
  if (day === undefined) {
    const sentence = `policy ${pack.id} counts on the day of the ${pack.valueOn}: give it`;
    throw new RuleError('choice_needed', sentence, { field: pack.valueOn });
  }
  const money = (amount: number): string => `${readable(amount)} ${pack.currency}`;
  const used: Record<string, { day: string; amount: number; version: number }> = {};
  const steps = [
    `Policy ${pack.id}, version ${pack.version}, in force since ${pack.effectiveFrom}; ` +
      `${category ? `category ${category}, ` : ''}damage ${money(damage)}.`,
  ];
  const worth = (sum: Sum): number => {
    if ('amount' in sum) return sum.amount;
    const table = tables.get(sum.of)!;
    const amount = valueOn(table, day);
    if (!used[table.id]) {
      used[table.id] = { day, amount, version: table.version };
      steps.push(`1 ${table.label} on ${day} (day of the ${pack.valueOn}) is ${money(amount)}.`);
    }
    return sum.units * amount;
  };
  const done = (basis: CalculatedReward['basis'], amount: number): CalculatedReward => {
    const shares = parts(pack, given, amount);
    if (shares.length > 1) {
      const how = pack.split === 'equal' ? 'in equal parts' : 'by contribution';
      steps.push(
        `Divided ${how} in order of arrival, what cannot be divided to the first: ${shares.map(readable).join('; ')}.`,
      );
    }
    const { id: policy, version, currency } = pack;
    return { policy, version, currency, basis, amount, shares, inputs: { ...given, unitsTiyn: used }, steps };
  };
  const refuse = (field: 'units' | 'rateBp'): void => {
    if (given[field] === undefined) return;
    throw new RuleError('not_a_choice', `policy ${pack.id} leaves no choice of ${field} here: leave it out`, { field });
  };

  const { share, tiers } = pack;
  const threshold = share && worth(share.above);
  const above = threshold !== undefined && (share!.includesThreshold ? damage >= threshold : damage > threshold);
  if (threshold !== undefined) {
    steps.push(
      `Threshold ${money(threshold)}: the damage is ${above ? '' : 'not '}${share!.includesThreshold ? 'at or ' : ''}above it.`,
    );
  }
  if (!above) {
    refuse('rateBp');
    if (!tiers) {
      refuse('units');
      steps.push('Below the threshold this policy gives nothing.');
      return done('none', 0);
    }
    const fixed = tiers.units as Record<string, number>;
    const range = tierRange(tiers) ?? { from: fixed[category!]!, to: fixed[category!]! };
    const units = chosen(range, given.units, 'units', (n) => String(n), pack);
    const amount = worth({ units, of: tiers.of });
    steps.push(`Tier: ${units} × ${readable(amount / units)} = ${money(amount)}.`);
    return done('tier', amount);
  }
  refuse('units');
  const bp = chosen({ from: share!.fromBp, to: share!.toBp }, given.rateBp, 'rateBp', percent, pack);
  const amount = shareOf(damage, bp);
  steps.push(`${percent(bp)} of ${money(damage)}, fractions of a hundredth dropped, is ${money(amount)}.`);
  const limit = pack.cap && worth('byCategory' in pack.cap ? pack.cap.byCategory[category!]! : pack.cap);
  if (limit !== undefined && amount > limit) {
    steps.push(`At most ${money(limit)}.`);
    return done('cap', limit);
  }
  const least = pack.floor && worth(pack.floor);
  if (least !== undefined && amount < least) {
    steps.push(`At least ${money(least)}.`);
    return done('floor', least);
  }
  return done('percent', amount);
}
