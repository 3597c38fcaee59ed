import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { unitTable } from '@aiqyn/contracts';
import { isOfGroup, parametersOn } from '../indicators/definition.rules.js';
import { readIndicators } from '../policies/policies.js';
import { GROUP_CODES, type GroupCode, judgeGroup } from './group-indicators.rules.js';
import {
  type GroupAward,
  type GroupItem,
  type GroupPurchase,
  groupPurchaseOf,
  groupsChanged,
  groupsOf,
} from './group-purchase.rules.js';

const mci = unitTable(
  JSON.parse(readFileSync(createRequire(import.meta.url).resolve('@aiqyn/contracts/data/mci-kz.json'), 'utf8')),
);
const definitions = readIndicators().filter(isOfGroup);
const MCI = 4_325;

interface Facts {
  readonly supplier?: string;
  readonly mcis?: number;
  readonly code?: string;
  readonly method?: string;
  readonly bidders?: readonly string[];
  readonly price?: number;
  readonly quantity?: number;
}
const release = (ocid: string, facts: Facts): object => {
  const { supplier = 'S', mcis = 1, code = '45233000', method = 'direct', bidders = [], price, quantity = 1 } = facts;
  const item = {
    classification: { id: code },
    quantity,
    unit: { name: 'm', value: { amount: price, currency: 'KZT' } },
  };
  return {
    ...{ ocid, date: '2026-02-01T00:00:00Z', buyer: { id: 'B' } },
    tender: { procurementMethod: method, mainProcurementCategory: 'goods' },
    bids: { details: bidders.map((id) => ({ status: 'valid', tenderers: [{ id }] })) },
    awards: [
      {
        ...{ status: 'active', date: '2026-02-10', suppliers: [{ id: supplier }], items: [item] },
        value: { amount: mcis * MCI, currency: 'KZT' },
      },
    ],
  };
};
const purchases = (all: readonly Facts[]): GroupPurchase[] =>
  all.map((facts, i) => groupPurchaseOf(`o-${i}`, release(`o-${i}`, facts))!);
const GROUP: Record<string, string> = {
  buyer: '["buyer","B","2026"]',
  item: '["item","45233000","m","KZT","2026-Q1"]',
  pair: '["pair","A","Z","2026"]',
};
const say = (code: GroupCode, all: readonly GroupPurchase[], kind = 'buyer'): string[] => {
  const values = parametersOn(
    definitions.find((d) => d.code === code)!,
    '2026-06-01',
  )!;
  return judgeGroup(code, GROUP[kind]!, all, values, mci).map(({ subjectId, outcome }) =>
    [subjectId, outcome.state, ...(outcome.value === undefined ? [] : [Number(outcome.value.toFixed(4))])].join(' '),
  );
};
const times = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i));

describe('what many purchases together say', () => {
  it.each<[GroupCode, string, readonly Facts[], string[]]>([
    ['R011', 'two halves of the limit', [{ mcis: 50 }, { mcis: 50 }], ['goods 4523 triggered 1']],
    ['R011', 'a little less', [{ mcis: 50 }, { mcis: 49.99 }], ['goods 4523 not-triggered']],
    ['R011', 'one at the limit', [{ mcis: 100 }, { mcis: 50 }], ['goods 4523 not-triggered']],
    ['R011', 'two classes', [{ mcis: 60 }, { mcis: 60, code: '48000000' }], []],
    [
      'R011',
      'by a competition',
      [
        { mcis: 60, method: 'open' },
        { mcis: 60, method: 'open' },
      ],
      [],
    ],
    ['DP-2-6', 'more than the limit', [{ mcis: 50 }, { mcis: 50.01, code: '48000000' }], ['S triggered 1.0001']],
    ['DP-2-6', 'the limit itself', [{ mcis: 50 }, { mcis: 50 }], ['S not-triggered']],
    [
      'R040',
      'half',
      [...times(2, () => ({ mcis: 3 })), ...times(3, () => ({ supplier: 'T', mcis: 2 }))],
      ['S not-triggered', 'T not-triggered'],
    ],
    [
      'R040',
      'more than half',
      [...times(2, () => ({ mcis: 3.01 })), ...times(3, () => ({ supplier: 'T', mcis: 2 }))],
      ['S triggered 0.5008', 'T not-triggered'],
    ],
    ['R040', 'four awards', times(4, () => ({})), []],
    ['R051', 'five of one size', times(5, (i) => ({ supplier: `S${i}` })), ['45 not-triggered']],
    ['R051', 'one supplier', times(5, () => ({})), ['45 triggered 10000']],
    ['R013', 'half of six', times(6, (i) => ({ method: i < 3 ? 'direct' : 'open' })), ['all not-triggered']],
    ['R013', 'three of five', times(5, (i) => ({ method: i < 3 ? 'direct' : 'open' })), ['all triggered 0.6']],
    ['PZ-3-3', 'four codes', times(4, (i) => ({ code: `4${i}000000` })), ['S triggered 4']],
    ['PZ-3-3', 'three codes', times(3, (i) => ({ code: `4${i}000000` })), ['S not-triggered']],
  ])('%s, %s', (code, _, facts, says) => expect(say(code, purchases(facts))).toEqual(says));

  const one = (i: number, more: Partial<GroupPurchase>): GroupPurchase => ({
    ...{ ocid: `o-${i}`, day: '2026-02-10', buyer: 'B', method: 'direct', category: 'goods', codes: ['45233000'] },
    ...{ awards: [], items: [], bidders: [], winners: [], ...more },
  });
  const given = (mcis: number, supplier = 'S', currency = 'KZT'): GroupAward => ({
    ...{ supplier, currency, amount: Math.round(mcis * MCI * 100) },
  });
  const item = (price: number, more: Partial<GroupItem> = {}): GroupItem => ({
    ...{ code: '45233000', unit: 'm', currency: 'KZT', price, quantity: 10, ...more },
  });
  const won = (winner: string, ...bidders: string[]): Partial<GroupPurchase> => ({ bidders, winners: [winner] });

  it.each<[GroupCode, string, readonly Partial<GroupPurchase>[], string[]]>([
    ['R011', 'no class', times(2, () => ({ codes: [], awards: [given(60)] })), []],
    ['R011', 'two categories', ['goods', 'works'].map((category) => ({ category, awards: [given(60)] })), []],
    ['R011', 'two awards of one purchase', [{ awards: [given(60), given(60)] }], []],
    ['DP-2-6', 'two awards of one purchase', [{ awards: [given(60), given(60)] }], []],
    ['DP-2-6', 'one above the limit', [{ awards: [given(101)] }, { awards: [given(1)] }], ['S not-triggered']],
    [
      'R040',
      'what was paid in dollars',
      [...times(5, (i) => ({ awards: [given(1, i < 3 ? 'S' : 'T')] })), { awards: [given(900, 'T', 'USD')] }],
      ['S triggered 0.6', 'T not-triggered'],
    ],
    ['R051', 'four awards', times(4, () => ({ awards: [given(1)] })), []],
    ['R051', 'the limit itself', times(8, (i) => ({ awards: [given(1, `S${i % 4}`)] })), ['45 not-triggered']],
    [
      'R013',
      'one of which the method is not known',
      times(6, (i) => ({ method: i < 3 ? 'direct' : i < 5 ? 'open' : undefined })),
      ['all triggered 0.6'],
    ],
    ['PZ-3-3', 'one code again and again', times(4, () => ({ awards: [given(1)] })), ['S not-triggered']],
    [
      'PZ-3-3',
      'by a competition',
      times(4, (i) => ({ method: 'open', codes: [`4${i}000000`], awards: [given(1)] })),
      [],
    ],
    ['R053', 'another one won', times(5, (i) => won(i < 4 ? 'A' : 'C', 'A', 'C', 'Z')), []],
    ['R053', 'nine of ten', times(10, (i) => won(i < 9 ? 'A' : 'Z', 'A', 'Z')), ['A triggered 0.9', 'Z not-triggered']],
  ])('%s, %s', (code, _, facts, says) => {
    const all = facts.map((more, i) => one(i, more));
    expect(say(code, all, code === 'R053' ? 'pair' : 'buyer')).toEqual(says);
  });

  it('DP-2-6 takes the lowest of the limits', () => {
    const values = { methods: ['direct'], limit: { goods: 100, works: 50 } };
    const all = times(2, (i) => one(i, { awards: [given(30)] }));
    const [said] = judgeGroup('DP-2-6', GROUP['buyer']!, all, values, mci);
    expect(said!.outcome).toEqual({ state: 'triggered', value: 1.2 });
  });

  it('R017 compares one item, unit and currency, and of a purchase the dearest', () => {
    const prices = [100, 101, 99, 102, 98, 100, 101];
    const all = [...prices.map((price) => [item(price)]), [item(90), item(130)]];
    const others = [[item(9_000, { unit: 'km' })], [item(9_000, { currency: 'USD' })], [item(9_000, { code: '1' })]];
    const values = parametersOn(
      definitions.find((d) => d.code === 'R017')!,
      '2026-06-01',
    )!;
    const some = [...all, ...others].map((items, i) => one(i, { items }));
    const said = judgeGroup('R017', GROUP['item']!, some, values, mci);
    expect(said.map(({ subjectId }) => subjectId)).toEqual(times(8, (i) => `o-${i}`));
    // The cheap one of its two does not make up for the dear one.
    expect(said.at(-1)).toMatchObject({
      outcome: { state: 'triggered' },
      inputs: { n: 9, median: 100, price: 130, overpaid: 30_000 },
    });
  });

  it('R017 tells a price far above the median of the others, and what it cost too much', () => {
    const prices = [100, 101, 99, 102, 98, 100, 101, 130];
    const all = purchases(prices.map((price) => ({ price, quantity: 10 })));
    const values = parametersOn(
      definitions.find((d) => d.code === 'R017')!,
      '2026-06-01',
    )!;
    const said = judgeGroup('R017', GROUP['item']!, all, values, mci);
    expect(said.filter((v) => v.outcome.state === 'triggered')).toMatchObject([
      { subjectId: 'o-7', inputs: { median: 100.5, deviation: 1, n: 8, overpaid: 29_500 } },
    ]);
    expect(say('R017', all.slice(1), 'item')).toEqual([]);
    expect(say('R017', purchases(times(8, () => ({ price: 5 }))), 'item')[0]).toBe('o-0 insufficient-data');
  });

  it('R053 tells a pair of which one always wins, of at least five processes', () => {
    const together = (winner: string): Facts => ({ supplier: winner, bidders: ['A', 'Z'], method: 'open' });
    expect(say('R053', purchases(times(5, () => together('A'))), 'pair')).toEqual(['A triggered 1', 'Z not-triggered']);
    expect(say('R053', purchases(times(4, () => together('A'))), 'pair')).toEqual([]);
    const often = [...times(8, () => together('A')), together('Z')];
    expect(say('R053', purchases(often), 'pair')).toEqual(['A not-triggered', 'Z not-triggered']);
  });

  it('does not depend on the order of the purchases', () => {
    const facts = fc.record({
      supplier: fc.constantFrom('S', 'T', 'U', 'V'),
      mcis: fc.integer({ min: 1, max: 120 }),
      method: fc.constantFrom('direct', 'open'),
      price: fc.integer({ min: 1, max: 50 }),
      bidders: fc.constant(['A', 'Z']),
    });
    // To the last digit.
    const exact = (code: GroupCode, all: readonly GroupPurchase[], kind: string): string[] => {
      const { parameters } = definitions.find((d) => d.code === code)!;
      return judgeGroup(code, GROUP[kind]!, all, parameters[0]!.values, mci)
        .map((verdict) => JSON.stringify(verdict))
        .sort();
    };
    fc.assert(
      fc.property(fc.array(facts, { maxLength: 12 }), (all) => {
        const some = purchases(all);
        for (const code of GROUP_CODES)
          for (const kind of Object.keys(GROUP))
            expect(exact(code, [...some].reverse(), kind)).toEqual(exact(code, some, kind));
      }),
    );
  });

  it('is said of a year whose MCI is not known: insufficient data', () => {
    const values = parametersOn(
      definitions.find((d) => d.code === 'R011')!,
      '2026-06-01',
    )!;
    const [said] = judgeGroup('R011', '["buyer","B","2031"]', purchases([{}, {}]), values, mci);
    expect(said!.outcome).toEqual({ state: 'insufficient-data', reason: 'no-unit-value-for-day' });
  });
});

describe('the groups of a purchase', () => {
  it('are its buyer and year, each item and quarter, each pair of bidders and year', () => {
    const [one] = purchases([{ price: 5, bidders: ['Z', 'A', 'M'] }]);
    expect(groupsOf(one!)).toEqual([
      ...['["buyer","B","2026"]', '["item","45233000","m","KZT","2026-Q1"]'],
      ...['["pair","A","M","2026"]', '["pair","A","Z","2026"]', '["pair","M","Z","2026"]'],
    ]);
  });

  it('are one of two items alike, by the quarter of the day', () => {
    const of = (day: string): string[] =>
      groupsOf({
        ...{ ocid: 'o', day, codes: [], awards: [], bidders: [], winners: [] },
        items: times(2, (i) => ({ code: '1', unit: 'm', currency: 'KZT', price: i + 1, quantity: 1 })),
      });
    expect(['2026-03-31', '2026-04-01', '2026-12-31'].map(of)).toEqual(
      ['Q1', 'Q2', 'Q4'].map((quarter) => [`["item","1","m","KZT","2026-${quarter}"]`]),
    );
  });

  it('are none of a cancelled tender, and of one that no date tells when it was', () => {
    expect(groupPurchaseOf('x', { date: '2026-01-01', tender: { status: 'cancelled' } })).toBeUndefined();
    expect(groupPurchaseOf('x', { date: 'soon' })).toBeUndefined();
  });
});

describe('the groups that another version of a purchase changes', () => {
  const of = (facts: Facts): GroupPurchase => purchases([facts])[0]!;
  const all = { price: 5, bidders: ['A', 'M', 'Z'], supplier: 'A', method: 'open' };
  const [ofBuyer, ofItem, am, az, mz] = groupsOf(of(all));

  it.each<[string, Facts, (string | undefined)[]]>([
    ['nothing', {}, []],
    ['the amount', { mcis: 2 }, [ofBuyer]],
    ['the method', { method: 'direct' }, [ofBuyer]],
    ['a price', { price: 6 }, [ofItem]],
    ['a quantity', { quantity: 2 }, [ofItem]],
    ['the winner', { supplier: 'Z' }, [ofBuyer, am, az, mz].filter((key) => key !== undefined)],
    ['a bidder', { bidders: ['A', 'M'] }, [az, mz]],
  ])('are those that read it: %s', (_, facts, changed) =>
    expect(groupsChanged(of(all), of({ ...all, ...facts }))).toEqual(changed),
  );

  it('are all of one that comes or goes', () => {
    const one = of(all);
    expect([groupsChanged(undefined, one), groupsChanged(one, undefined)]).toEqual([groupsOf(one), groupsOf(one)]);
  });

  it('are all whose indicators say something else', () => {
    const facts = fc.record({
      ...{ supplier: fc.constantFrom('A', 'M', 'Z'), mcis: fc.integer({ min: 1, max: 120 }) },
      ...{ method: fc.constantFrom('direct', 'open'), code: fc.constantFrom('45233000', '48000000') },
      ...{ bidders: fc.subarray(['A', 'M', 'Z']), price: fc.integer({ min: 1, max: 5 }) },
      quantity: fc.integer({ min: 1, max: 3 }),
    });
    const say = (group: string, some: readonly GroupPurchase[]): string =>
      JSON.stringify(
        GROUP_CODES.map((code) => {
          const { parameters } = definitions.find((d) => d.code === code)!;
          const within = some.filter((one) => groupsOf(one).includes(group));
          return judgeGroup(code, group, within, parameters[0]!.values, mci);
        }),
      );
    fc.assert(
      fc.property(fc.array(facts, { minLength: 2, maxLength: 14 }), (several) => {
        const [after, before, ...others] = [{ ocid: 'o-1' }, {}, ...several.slice(2).map(() => ({}))].map(
          (more, i) => ({
            ...purchases(several)[i]!,
            ...more,
          }),
        );
        const changed = new Set(groupsChanged(before, after));
        for (const group of new Set([...groupsOf(before!), ...groupsOf(after!)]))
          if (!changed.has(group)) expect(say(group, [after!, ...others])).toBe(say(group, [before!, ...others]));
      }),
    );
  });
});

describe('a purchase as groups read it', () => {
  const read = (change: (whole: Whole) => void): GroupPurchase => {
    const whole = release('o', { price: 5, bidders: ['A', 'Z'] }) as Whole;
    change(whole);
    return groupPurchaseOf('o', whole)!;
  };
  interface Whole {
    awards: Record<string, unknown>[];
    bids: { details: Record<string, unknown>[] };
  }
  const award = ({ awards }: Whole): Record<string, unknown> => awards[0]!;

  it('is of the day of its award, and of its publication where the award has none', () => {
    expect(read(() => undefined).day).toBe('2026-02-10');
    expect(read((whole) => delete award(whole)['date']).day).toBe('2026-02-01');
  });

  it('has nothing of an award that does not stand, or is of nothing', () => {
    const pending = { ...award(release('o', { price: 7 }) as Whole), status: 'pending', date: '2020-01-01' };
    expect(read((whole) => whole.awards.unshift(pending))).toEqual(read(() => undefined));
    expect(read((whole) => (award(whole)['value'] = { amount: 0, currency: 'KZT' })).awards).toEqual([]);
  });

  it('names a consortium as one, and whoever bid and did not withdraw', () => {
    const joint = read((whole) => (award(whole)['suppliers'] = [{ id: 'B' }, { id: 'A' }]));
    expect([joint.awards[0]!.supplier, joint.winners]).toEqual(['A+B', ['B', 'A']]);
    expect(read((whole) => (whole.bids.details[1]!['status'] = 'withdrawn')).bidders).toEqual(['A']);
  });

  it('is in no pair where many bid, and is compared by twenty items at most', () => {
    const bidders = (n: number): number =>
      groupPurchaseOf('o', release('o', { bidders: times(n, (i) => `B${i}`) }))!.bidders.length;
    expect([bidders(8), bidders(9)]).toEqual([8, 0]);
    const [item] = award(release('o', { price: 5 }) as Whole)['items'] as object[];
    expect(read((whole) => (award(whole)['items'] = times(21, () => item))).items).toHaveLength(20);
  });

  it('takes the id of a unit that has no name', () => {
    const unit = { id: 'MTR', value: { amount: 5, currency: 'KZT' } };
    const [item] = award(release('o', { price: 5 }) as Whole)['items'] as object[];
    expect(read((whole) => (award(whole)['items'] = [{ ...item, unit }])).items).toMatchObject([{ unit: 'MTR' }]);
  });
});
