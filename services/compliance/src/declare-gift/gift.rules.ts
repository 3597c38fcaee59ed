import { addDays, dayStartUtc, isDay, RuleError, transition } from '@aiqyn/contracts';

export interface GiftPack {
  readonly id: string;
  readonly effectiveFrom: string;
  readonly floorMci: number;
  readonly handOverDays: number;
}

/** Where a declared gift may go (domain notes, compliance C1, the part that the first loop walks). */
export const TRANSITIONS = {
  declared: ['handed-over', 'overdue'],
  overdue: ['handed-over'],
  'handed-over': [],
} as const;

export type GiftState = keyof typeof TRANSITIONS;

/** The state after the move; throws RuleError `illegal_transition`. */
export const move = (from: GiftState, to: GiftState): GiftState => transition<GiftState>(TRANSITIONS, from, to);

/** Reads the dated rule sets, ascending; throws RuleError `bad_policy` naming the field. */
export function giftPacks(raw: unknown): readonly GiftPack[] {
  const sets = (raw as { sets?: GiftPack[] })?.sets;
  if (!Array.isArray(sets) || sets.length === 0)
    throw new RuleError('bad_policy', 'gift packs: sets is missing', { field: 'sets' });
  sets.forEach((pack, i) => {
    const before = sets[i - 1];
    const ok =
      typeof pack.id === 'string' &&
      isDay(pack.effectiveFrom) &&
      (!before || before.effectiveFrom < pack.effectiveFrom) &&
      Number.isInteger(pack.handOverDays) &&
      pack.handOverDays > 0 &&
      pack.floorMci >= 0;
    if (!ok) throw new RuleError('bad_policy', `gift packs: set ${i + 1} is wrong`, { field: `sets[${i}]` });
  });
  return sets;
}

/** The rule set for a gift received on a day; throws RuleError `no_pack_for_day` before the first. */
export function packOn(packs: readonly GiftPack[], receivedDay: string): GiftPack {
  const pack = packs.findLast((p) => p.effectiveFrom <= receivedDay);
  if (!pack) {
    throw new RuleError('no_pack_for_day', `gift rules are known from ${packs[0]!.effectiveFrom}`, {
      field: 'receivedDay',
    });
  }
  return pack;
}

/** Refuses days that cannot be: known before received, or in the future. */
export function judgeDeclaration(facts: { receivedDay: string; knownDay: string; today: string }): void {
  if (facts.knownDay < facts.receivedDay) {
    throw new RuleError('known_before_received', 'knownDay must not be before receivedDay', { field: 'knownDay' });
  }
  if (facts.knownDay > facts.today) {
    throw new RuleError('day_in_future', 'knownDay must not be in the future', { field: 'knownDay' });
  }
}

/** The last day of the term: calendar days from receipt, or from the day the official learnt of it. */
export const handOverBy = (pack: GiftPack, knownDay: string): string => addDays(knownDay, pack.handOverDays);

/** The instant at which the gift is overdue: 00:00 in Almaty of the day after the last. */
export const overdueAt = (lastDay: string): Date => dayStartUtc(addDays(lastDay, 1));
