import {
  addDays,
  GIFT_SECTORS,
  type GiftRecipient,
  type GiftSector,
  isDay,
  RuleError,
  type UnitTable,
  valueOn,
} from '@aiqyn/contracts';

/** The rules on gifts that hold from a day on. */
export interface GiftPack {
  readonly id: string;
  readonly effectiveFrom: string;
  /** Up to this many monthly calculation indices a gift was allowed; 0 is a ban of any value. */
  readonly floorMci: number;
  /** Calendar days from receipt, or from the day the official learnt of it. */
  readonly handOverDays: number;
  /** Whose officials they bind. */
  readonly sectors: readonly GiftSector[];
  /** Which relatives of an official they bind. */
  readonly relations: readonly string[];
  readonly returnAllowed: boolean;
}

export const RECEIPTS = ['knowing', 'unknowing'] as const;
export type Receipt = (typeof RECEIPTS)[number];

/** Relatives that any rule set names. */
export const RELATIONS = ['spouse', 'parent', 'child', 'dependant-living-together'] as const;

export interface GiftFacts {
  readonly receivedDay: string;
  readonly sector: GiftSector;
  readonly recipient: GiftRecipient;
  readonly relation?: string;
  /** Tiyn; not known when missing. */
  readonly estimatedValue?: number;
}

export interface Verdict {
  readonly policy: string;
  readonly banned: boolean;
  readonly because: 'any-value' | 'above-floor' | 'value-unknown' | 'up-to-floor' | 'not-covered';
  /** Tiyn up to which it was allowed, where there was a floor. */
  readonly floor?: number;
}

/** Reads the dated rule sets, ascending; throws RuleError `bad_policy` naming the field. */
export function giftPacks(raw: unknown): readonly GiftPack[] {
  const sets = (raw as { sets?: GiftPack[] })?.sets;
  if (!Array.isArray(sets) || sets.length === 0)
    throw new RuleError('bad_policy', 'gift packs: sets is missing', { field: 'sets' });
  const within = (list: unknown, all: readonly string[]): boolean =>
    Array.isArray(list) && list.length > 0 && list.every((one) => all.includes(one as string));
  sets.forEach((pack, i) => {
    const need = (holds: boolean, field: string): void => {
      if (!holds) throw new RuleError('bad_policy', `gift packs: ${field} is wrong`, { field: `sets[${i}].${field}` });
    };
    const { source, checked } = pack as unknown as Record<string, unknown>;
    need(typeof pack.id === 'string', 'id');
    need(
      isDay(String(pack.effectiveFrom)) && !(pack.effectiveFrom <= (sets[i - 1]?.effectiveFrom ?? '')),
      'effectiveFrom',
    );
    need(Number.isInteger(pack.floorMci) && pack.floorMci >= 0, 'floorMci');
    need(Number.isInteger(pack.handOverDays) && pack.handOverDays > 0, 'handOverDays');
    need(within(pack.sectors, GIFT_SECTORS), 'sectors');
    need(within(pack.relations, RELATIONS), 'relations');
    need(typeof pack.returnAllowed === 'boolean', 'returnAllowed');
    need(typeof source === 'string', 'source');
    need(typeof checked === 'boolean', 'checked');
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

/** Whether a gift is banned by the rules of the day on which it was received, in the MCI of that day. */
export function judgeGift(packs: readonly GiftPack[], mci: UnitTable, facts: GiftFacts): Verdict {
  const pack = packOn(packs, facts.receivedDay);
  const says = (banned: boolean, because: Verdict['because'], floor?: number): Verdict => ({
    ...{ policy: pack.id, banned, because },
    ...(floor === undefined ? {} : { floor }),
  });
  const bound = facts.recipient === 'official' || pack.relations.includes(facts.relation ?? '');
  if (!bound || !pack.sectors.includes(facts.sector)) return says(false, 'not-covered');
  if (pack.floorMci === 0) return says(true, 'any-value');
  const floor = pack.floorMci * valueOn(mci, facts.receivedDay);
  // That it was small enough must be shown: what nobody valued is not allowed.
  if (facts.estimatedValue === undefined) return says(true, 'value-unknown', floor);
  return facts.estimatedValue > floor ? says(true, 'above-floor', floor) : says(false, 'up-to-floor', floor);
}

/** Refuses a declaration that cannot be; throws RuleError naming the field. */
export function judgeDeclaration(facts: {
  readonly receivedDay: string;
  readonly knownDay: string;
  readonly today: string;
  readonly receipt: Receipt;
  readonly recipient: GiftRecipient;
  readonly relation?: string;
  readonly officialIin: string;
  readonly recipientIin?: string;
}): void {
  const no = (code: string, message: string, field: string): never => {
    throw new RuleError(code, message, { field });
  };
  if (facts.knownDay < facts.receivedDay)
    no('known_before_received', 'knownDay must not be before receivedDay', 'knownDay');
  if (facts.knownDay > facts.today) no('day_in_future', 'knownDay must not be in the future', 'knownDay');
  // Who takes it knowingly knows at once: a later day would win time.
  if (facts.receipt === 'knowing' && facts.knownDay !== facts.receivedDay)
    no('known_from_receipt', 'what is received knowingly is known from the day of receipt', 'knownDay');
  const family = facts.recipient === 'family';
  if (family !== (facts.relation !== undefined))
    no('wrong_fields', 'a relation is told of a relative, and only of one', 'relation');
  if (!family && facts.recipientIin !== undefined)
    no('wrong_fields', 'the number of a recipient is told of a relative only', 'recipientIin');
  if (facts.recipientIin === facts.officialIin)
    no('refers_to_itself', 'a relative is another person than the official', 'recipientIin');
}

/** The last day of the term: calendar days from receipt, or from the day the official learnt of it. */
export const handOverBy = (pack: GiftPack, knownDay: string): string => addDays(knownDay, pack.handOverDays);
