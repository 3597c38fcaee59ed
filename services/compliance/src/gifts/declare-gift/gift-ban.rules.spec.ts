import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, daysBetween, GIFT_SECTORS, type GiftSector, unitTable } from '@aiqyn/contracts';
import {
  type GiftFacts,
  giftPacks,
  handOverBy,
  judgeDeclaration,
  judgeGift,
  packOn,
  RELATIONS,
  type Verdict,
} from './gift-ban.rules.js';

const read = (file: string | URL): unknown => JSON.parse(readFileSync(file, 'utf8'));
const raw = read(new URL('../../../data/policies/gifts-kz.json', import.meta.url)) as { sets: object[] };
const packs = giftPacks(raw);
const mci = unitTable(read(createRequire(import.meta.url).resolve('@aiqyn/contracts/data/mci-kz.json')));

type Row = [string, GiftSector, string, number | null, string, boolean, Verdict['because'], number | null];
const { rows } = read(new URL('../../../fixtures/gift-decisions.json', import.meta.url)) as { rows: Row[] };
const factsOf = (receivedDay: string, sector: GiftSector, who: string, value: number | null): GiftFacts => ({
  ...{ receivedDay, sector },
  ...(who === 'official' ? { recipient: 'official' } : { recipient: 'family', relation: who }),
  ...(value === null ? {} : { estimatedValue: value }),
});

describe('whether a gift is banned', () => {
  it('is written down in at least forty cases', () => expect(rows.length).toBeGreaterThanOrEqual(40));

  it.each(rows)(
    'received on %s, %s, %s, %s tiyn: %s, %s, %s',
    (day, sector, who, value, policy, banned, because, floor) => {
      expect(judgeGift(packs, mci, factsOf(day, sector, who, value))).toEqual({
        ...{ policy, banned, because },
        ...(floor === null ? {} : { floor }),
      });
    },
  );

  it('has no floor since 6 October 2020, whoever receives it and whatever it is worth', () => {
    fc.assert(
      fc.property(
        fc.nat(3_000),
        fc.constantFrom(...GIFT_SECTORS),
        fc.constantFrom('official', ...RELATIONS),
        fc.option(fc.nat()),
        (days, sector, who, value) =>
          expect(judgeGift(packs, mci, factsOf(addDays('2020-10-06', days), sector, who, value)).banned).toBe(true),
      ),
    );
  });

  it('is never lifted by a higher value', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_700 }), fc.nat(4_000_000), fc.nat(1_000_000), (days, value, more) => {
        const at = (v: number) => judgeGift(packs, mci, factsOf(addDays('2016-01-01', days), 'state', 'official', v));
        expect(!at(value).banned || at(value + more).banned).toBe(true);
      }),
    );
  });

  it('says from when it knows', () => expect(() => packOn(packs, '2015-12-31')).toThrow('2016-01-01'));
});

describe('the rule sets', () => {
  it.each([
    ['effectiveFrom', '2015-01-01'],
    ['effectiveFrom', null],
    ['floorMci', -1],
    ['handOverDays', 0],
    ['sectors', []],
    ['relations', ['neighbour']],
    ['returnAllowed', 'no'],
    ['source', null],
    ['checked', null],
  ])('are not read with %s %j', (field, value) => {
    const sets = [raw.sets[0], { ...raw.sets[1], [field]: value }];
    expect(() => giftPacks({ sets })).toThrow(
      expect.objectContaining({ code: 'bad_policy', details: { field: `sets[1].${field}` } }),
    );
  });
});

describe('the term to hand a gift over', () => {
  it.each([
    ['2025-03-01', '2025-03-08'],
    ['2025-12-27', '2026-01-03'],
    ['2024-02-23', '2024-03-01'],
    ['2025-02-23', '2025-03-02'],
  ])('known on %s: until %s', (known, by) => expect(handOverBy(packOn(packs, known), known)).toBe(by));

  it('is seven calendar days wherever in the calendar', () => {
    fc.assert(
      fc.property(fc.nat(5_000), (days) => {
        const known = addDays('2016-01-01', days);
        expect(daysBetween(known, handOverBy(packOn(packs, known), known))).toBe(7);
      }),
    );
  });
});

describe('a declaration', () => {
  const facts = {
    ...{ receivedDay: '2025-03-01', knownDay: '2025-03-02', today: '2025-03-03', receipt: 'unknowing' as const },
    ...{ recipient: 'official' as const, officialIin: '1' },
  };
  const relative = { recipient: 'family' as const, relation: 'spouse' };

  it.each([
    [{ knownDay: '2025-02-28' }, 'known_before_received', 'knownDay'],
    [{ knownDay: '2025-03-04' }, 'day_in_future', 'knownDay'],
    [{ receipt: 'knowing' as const }, 'known_from_receipt', 'knownDay'],
    [{ relation: 'spouse' }, 'wrong_fields', 'relation'],
    [{ recipient: 'family' as const }, 'wrong_fields', 'relation'],
    [{ recipientIin: '2' }, 'wrong_fields', 'recipientIin'],
    [{ ...relative, recipientIin: '1' }, 'refers_to_itself', 'recipientIin'],
  ])('with %j is refused: %s', (wrong, code, field) =>
    expect(() => judgeDeclaration({ ...facts, ...wrong })).toThrow(
      expect.objectContaining({ code, details: { field } }),
    ),
  );

  it.each([
    [{}],
    [{ receipt: 'knowing' as const, knownDay: '2025-03-01' }],
    [{ receivedDay: '2025-03-03', knownDay: '2025-03-03' }],
    [{ ...relative, recipientIin: '2' }],
    [relative],
  ])('with %j is taken', (more) => expect(() => judgeDeclaration({ ...facts, ...more })).not.toThrow());
});
