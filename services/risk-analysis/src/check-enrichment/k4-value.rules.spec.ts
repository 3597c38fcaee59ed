import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type UnitTable, unitTable } from '@aiqyn/contracts';
import type { Asset, AssetKind, Declared, Member, Value } from '../declare-assets/declaration.rules.js';
import { type Check, checkAll } from './checks.rules.js';
import { enrichmentPack } from './enrichment-pack.rules.js';
import type { CaseFile, Counted, Fact } from './household.rules.js';

const read = (path: string): unknown => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
const kz = enrichmentPack(read('../../data/policies/enrichment-kz.json'));
const shipped: UnitTable = unitTable(read('../../../../libs/contracts/data/mci-kz.json'));
const mci2025 = 393_200;
const limit = 13_000_000 * mci2025;

const worth = (low: number, high = low, day = '2025-06-01', source = 'appraisal'): Value => ({
  ...{ low, high, day, source },
});
const thing = (assetId: string, cost: number | readonly [number, number], value?: Value): Asset => ({
  ...{ assetId, kind: 'real-estate', source: 'income', acquiredYear: 2010, ...(value ? { value } : {}) },
  ...(typeof cost === 'number' ? { low: cost, high: cost } : { low: cost[0], high: cost[1] }),
});
const member = (relation: Member['relation'], personId: string, assets: readonly Asset[]): Member => ({
  ...{ personId, relation },
  sections: { ...nothing, assets },
});
const nothing = {
  ...{ assets: [], liabilities: [], incomes: [], expenses: [], received: [] },
  ...{ loansReceived: [], loansRepaid: [], disposals: [] },
};
const of = (year: number, assets: readonly Asset[], household: readonly Member[] = []): Declared => ({
  ...{ personId: 'anna', year, version: 1, currency: 'KZT', bodyBin: '050540000016' },
  ...{ areaCode: 'roads', region: 'KZ-75', household, sections: { ...nothing, assets } },
});
const fileOf = (
  assets: readonly Asset[],
  { household = [], facts = [], year = 2025 }: { household?: readonly Member[]; facts?: Fact[]; year?: number } = {},
): CaseFile => ({
  ...{ declared: of(year, assets, household), before: of(year - 1, []) },
  ...{ facts, proven: [], wins: [] },
});
const registered = (assetId: string, value: Value): Fact => ({ kind: 'asset-value', assetId, ...value });

const k4 = (file: CaseFile, pack = kz): Check => checkAll(file, pack, shipped).find(({ code }) => code === 'K4')!;
/** State, with a question mark where only the upper end passes. */
const said = (file: CaseFile, pack = kz): string => {
  const { state, possible } = k4(file, pack);
  return possible ? `${state}?` : state;
};
const figuresOf = (file: CaseFile) =>
  k4(file).evidence.figures as {
    assets: { low: number; high: number };
    counted: Counted[];
    atCost: { count: number; low: number; high: number };
  };

describe('K4', () => {
  it.each([
    ['12,999,999.99 MCI', limit - mci2025 / 100, 'not-triggered'],
    ['a tiyn less', limit - 1, 'not-triggered'],
    ['13,000,000 MCI', limit, 'triggered'],
  ])('assets of %s, at cost and at value: %s', (_, amount, state) => {
    expect(said(fileOf([thing('a', amount)]))).toBe(state);
    expect(said(fileOf([thing('a', 1, worth(amount))]))).toBe(state);
    expect(said(fileOf([thing('a', 1)], { facts: [registered('a', worth(amount))] }))).toBe(state);
  });

  it.each<[string, string, Asset]>([
    ['a value below the cost', 'not-triggered', thing('a', limit, worth(limit - 1))],
    ['a value above the cost', 'triggered', thing('a', limit - 1, worth(limit))],
    ['a value that may pass', 'triggered?', thing('a', 1, worth(limit - 1, limit))],
    ['a cost that may pass', 'triggered?', thing('a', [limit - 1, limit])],
    ['an exact value of an asset whose cost is a range', 'not-triggered', thing('a', [1, limit], worth(limit - 1))],
    ['a value of the last day of the year', 'triggered', thing('a', 1, worth(limit, limit, '2025-12-31'))],
    ['a value of the day after', 'not-triggered', thing('a', 1, worth(limit, limit, '2026-01-01'))],
    ['a lower value of the day after', 'triggered', thing('a', limit, worth(1, 1, '2026-01-01'))],
    ['a value of long ago', 'triggered', thing('a', 1, worth(limit, limit, '2015-01-01'))],
  ])('%s: %s', (_, state, asset) => expect(said(fileOf([asset]))).toBe(state));

  it.each<[string, string, Value, Value]>([
    ['the newer one, which is higher', 'triggered', worth(1), worth(limit, limit, '2025-07-01')],
    ['the newer one, which is lower', 'not-triggered', worth(limit), worth(1, 1, '2025-07-01')],
    ['both, where they are of one day', 'triggered?', worth(1), worth(limit, limit, undefined, 'register')],
    ['the one whose day has come', 'triggered', worth(limit), worth(1, 1, '2026-01-01')],
  ])('an asset with two values counts once, at %s: %s', (_, state, mine, theirs) => {
    for (const relation of ['spouse', 'affiliate'] as const) {
      const household = [member(relation, 'berik', [thing('a', 5, theirs)])];
      expect(said(fileOf([thing('a', 5, mine)], { household }))).toBe(state);
    }
    expect(said(fileOf([thing('a', 5)], { facts: [mine, theirs].map((v) => registered('a', v)) }))).toBe(state);
  });

  it.each<[string, string, Value, Value]>([
    ['a newer and lower word of the household', 'triggered?', worth(1, 1, '2025-07-01'), worth(limit)],
    ['a newer and lower word of a registry', 'triggered?', worth(limit), worth(1, 1, '2025-07-01')],
    ['a word of both that it is worth so much', 'triggered', worth(limit), worth(limit, limit, '2025-07-01')],
    ['a word of a registry whose day has not come', 'triggered', worth(limit), worth(1, 1, '2026-01-01')],
  ])('is said of what household and registry tell: %s: %s', (_, state, own, registry) =>
    expect(said(fileOf([thing('a', 5, own)], { facts: [registered('a', registry)] }))).toBe(state),
  );

  it('counts affiliates, and each asset once', () => {
    const half = limit / 2;
    const affiliate = member('affiliate', 'dina', [thing('b', 1, worth(half))]);
    const shared = member('spouse', 'berik', [thing('a', half)]);
    expect(said(fileOf([thing('a', half)], { household: [shared] }))).toBe('not-triggered');
    expect(said(fileOf([thing('a', half)], { household: [shared, affiliate] }))).toBe('triggered');
  });

  it('takes a balance for its own value, whatever a registry tells of its id', () => {
    const deposit = { ...thing('a', 7), kind: 'deposit' as const };
    const { counted } = figuresOf(fileOf([deposit], { facts: [registered('a', worth(limit))] }));
    expect(counted).toEqual([{ assetId: 'a', at: 'balance', low: 7, high: 7 }]);
  });

  it('counts no asset that only a registry names, which is L7', () => {
    expect(figuresOf(fileOf([], { facts: [registered('a', worth(limit))] })).counted).toEqual([]);
  });

  it('names for each asset the figure it counts with, and what is counted at cost', () => {
    const assets = [thing('c', [3, 4]), thing('b', 5), thing('a', 1, worth(8, 9)), { ...thing('d', 2), kind: 'cash' }];
    const told = { day: '2025-06-01', low: 7, high: 10, source: 'register' };
    expect(figuresOf(fileOf(assets as Asset[], { facts: [registered('a', told)] }))).toEqual({
      ...{ assets: { low: 7 + 5 + 3 + 2, high: 10 + 5 + 4 + 2 }, count: 4, atCost: { count: 2, low: 8, high: 9 } },
      counted: [
        {
          ...{ assetId: 'a', at: 'value', low: 7, high: 10 },
          values: [
            { ...told, by: 'registry' },
            { low: 8, high: 9, day: '2025-06-01', source: 'appraisal', by: 'household' },
          ],
        },
        { assetId: 'b', at: 'cost', low: 5, high: 5 },
        { assetId: 'c', at: 'cost', low: 3, high: 4 },
        { assetId: 'd', at: 'balance', low: 2, high: 2 },
      ],
    });
  });

  it('tells a sum of what registries value that is beyond exact as the last exact one', () => {
    const assets = Array.from({ length: 100 }, (_, i) => thing(`a${i}`, 1));
    const facts = assets.map(({ assetId }) => registered(assetId, worth(100_000_000_000_000)));
    expect(k4(fileOf(assets, { facts }))).toMatchObject({ state: 'triggered', value: Number.MAX_SAFE_INTEGER });
  });

  it.each([
    ['12-31', 2022, 318_000],
    ['01-01', 2022, 306_300],
    ['03-31', 2022, 306_300],
    ['04-01', 2022, 318_000],
    ['12-31', 2023, 345_000],
    ['12-31', 2024, 369_200],
    ['12-31', 2026, 432_500],
  ])('takes the MCI of the day that the pack names: %s of %i', (mciOn, year, mci) => {
    const pack = {
      ...kz,
      effectiveFrom: '2016-01-01',
      mciOn,
      checks: { K4: { ...kz.checks.K4!, validFrom: '2016-01-01' } },
    };
    const sum = (amount: number) => said(fileOf([thing('a', amount)], { year }), pack);
    expect([sum(13_000_000 * mci - 1), sum(13_000_000 * mci)]).toEqual(['not-triggered', 'triggered']);
  });
});

describe('of any assets with values', () => {
  const range = fc
    .tuple(fc.integer({ min: 0, max: limit }), fc.integer({ min: 0, max: limit }))
    .map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
  const value = fc
    .tuple(
      range,
      fc.constantFrom('2024-12-31', '2025-06-01', '2025-12-31', '2026-01-01'),
      fc.constantFrom('appraisal', 'register', 'index'),
    )
    .map(([[low, high], day, source]) => worth(low, high, day, source));
  const ids = fc.constantFrom('a', 'b', 'c', 'd');
  const kinds = fc.constantFrom<AssetKind>('real-estate', 'vehicle', 'deposit');
  const assets = fc.uniqueArray(
    fc
      .tuple(ids, range, kinds, fc.option(value, { nil: undefined }))
      .map(([id, cost, kind, told]) => ({ ...thing(id, cost, told), kind })),
    { maxLength: 4, selector: ({ assetId }) => assetId },
  );
  const facts = fc.array(
    fc.tuple(ids, value).map(([id, told]) => registered(id, told)),
    { maxLength: 4 },
  );
  const files = fc
    .record({ own: assets, spouse: assets, affiliate: assets, facts })
    .map(({ own, spouse, affiliate, facts: told }) =>
      fileOf(own, {
        household: [member('spouse', 'berik', spouse), member('affiliate', 'dina', affiliate)],
        facts: told,
      }),
    );
  const withAssets = (file: CaseFile, change: (assets: readonly Asset[]) => readonly Asset[]): CaseFile => {
    const { sections, household } = file.declared;
    const changed = household.map((m) => ({ ...m, sections: { ...m.sections, assets: change(m.sections.assets!) } }));
    const own = { ...sections, assets: change(sections.assets!) };
    return { ...file, declared: { ...file.declared, sections: own, household: changed } };
  };

  it('the sum and its evidence depend on no order: of assets, of persons, of facts', () => {
    fc.assert(
      fc.property(files, (file) => {
        const turned = withAssets(file, (list) => [...list].reverse());
        const { household } = turned.declared;
        const all = { ...turned.declared, household: [...household].reverse() };
        expect(k4({ ...turned, declared: all, facts: [...file.facts].reverse() })).toEqual(k4(file));
      }),
    );
  });

  it('a higher value never lowers what is said', () => {
    const RANK = ['not-triggered', 'triggered?', 'triggered'];
    const up = fc.integer({ min: 0, max: limit });
    const tellers = fc.constantFrom('household', 'registry');
    fc.assert(
      fc.property(files, ids, value, up, up, tellers, (file, id, one, a, b, by) => {
        const telling = (told: Value): CaseFile => {
          if (by === 'registry') return { ...file, facts: [...file.facts, registered(id, told)] };
          const { sections, household } = file.declared;
          const others = sections.assets!.filter(({ assetId }) => assetId !== id);
          return { ...file, declared: of(2025, [...others, thing(id, 5, told)], household) };
        };
        const higher = { ...one, low: one.low + Math.min(a, b), high: one.high + Math.max(a, b) };
        expect(RANK.indexOf(said(telling(higher)))).toBeGreaterThanOrEqual(RANK.indexOf(said(telling(one))));
      }),
    );
  });

  it('a value changes no check but K4', () => {
    fc.assert(
      fc.property(files, (file) => {
        const plain = withAssets(file, (list) => list.map(({ value: _, ...one }) => one));
        const others = (of: CaseFile) => checkAll(of, kz, shipped).filter(({ code }) => code !== 'K4');
        expect(others(file)).toEqual(others({ ...plain, facts: [] }));
      }),
    );
  });
});
