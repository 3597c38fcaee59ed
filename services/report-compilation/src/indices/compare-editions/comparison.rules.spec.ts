import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { shippedValues } from '../import-index/shipped-files.js';
import type { IndexFile } from '../import-index/index-file.rules.js';
import { indexPolicy } from '../index-values/index-policy.rules.js';
import type { RecordedValue } from '../index-values/index-value.rules.js';
import { pointOf, seriesOf } from '../read-index/series.rules.js';
import { comparison } from './comparison.rules.js';

const policy = indexPolicy(
  JSON.parse(readFileSync(new URL('../../../data/policies/indices.json', import.meta.url), 'utf8')),
);
const stored = (file: IndexFile): RecordedValue[] =>
  shippedValues(file).map((value) => ({ ...value, recordedDay: '2026-11-23' }));
const [cpi, wgi, wjp] = [stored('cpi'), stored('wgi'), stored('wjp').filter(({ series }) => series === 'wjp')];
const described = (index: string) => policy.indices.find(({ code }) => code === index)!;

describe('two years of a country', () => {
  it('CPI 2012 and 2020: the score first, then the places among the same countries', () => {
    expect(comparison(described('cpi'), cpi, 'KAZ', { from: 2012, to: 2020 }, policy)).toMatchObject({
      comparable: true,
      change: { difference: 10, z: 1.94, verdict: 'risen', significantAt: 90 },
      sameSet: { countries: 175, from: 132, to: 90 },
      notDistinguishable: 53,
    });
  });

  it('CPI 2020 and 2021: 8 places are no significant change', () => {
    const told = comparison(described('cpi'), cpi, 'KAZ', { from: 2020, to: 2021 }, policy);
    expect(told).toMatchObject({ from: { rank: 94 }, to: { rank: 102 }, change: { verdict: 'no-significant-change' } });
  });

  it('CPI 2024 and 2025: nothing is said of places, as only one country of 2025 is at hand', () => {
    const told = comparison(described('cpi'), cpi, 'KAZ', { from: 2024, to: 2025 }, policy);
    expect(told.change).toEqual({ difference: -2, verdict: 'not-known' });
    for (const field of ['sameSet', 'notDistinguishable', 'placesPerPoint']) expect(told).not.toHaveProperty(field);
  });

  it('WGI: both years of one vintage, the newest that has both', () => {
    const told = comparison(described('wgi'), wgi, 'KAZ', { from: 2017, to: 2019 }, policy);
    expect([told.from.vintage, told.to.vintage]).toEqual(['2022-09-update', '2022-09-update']);
    expect(told.change).toMatchObject({ verdict: 'risen', significantAt: 95 });
    const onlyOld = wgi.filter(({ year, vintage }) => !(year === 2017 && vintage.startsWith('2022')));
    const older = comparison(described('wgi'), onlyOld, 'KAZ', { from: 2017, to: 2019 }, policy);
    expect([older.from.vintage, older.to.vintage]).toEqual(['2020-09-update', '2020-09-update']);
    const torn = onlyOld.filter(({ year, vintage }) => !(year === 2019 && vintage.startsWith('2020')));
    expect(comparison(described('wgi'), torn, 'KAZ', { from: 2017, to: 2019 }, policy)).toMatchObject({
      comparable: false,
    });
  });

  it('WJP: nothing is compared over the change of its method', () => {
    const told = comparison(described('wjp'), wjp, 'KAZ', { from: 2016, to: 2020 }, policy);
    expect(told.comparable).toBe(false);
    expect(told).not.toHaveProperty('change');
  });

  it('is refused with the years that there are', () => {
    expect(() => comparison(described('wjp'), wjp, 'KAZ', { from: 2020, to: 2023 }, policy)).toThrow(
      expect.objectContaining({ code: 'no_value', details: expect.objectContaining({ field: 'to' }) }),
    );
  });
});

describe('the series of a country', () => {
  const own = (values: readonly RecordedValue[]) => values.filter(({ country }) => country === 'KAZ');

  it('tells years without a value as gaps, and marks those of an earlier method', () => {
    const points = own(wjp).map((value) => pointOf(value, [value], undefined, described('wjp'), policy));
    const series = seriesOf(points, 'KAZ', wjp);
    expect(series.map(({ year }) => year)).toEqual(Array.from({ length: 13 }, (_, i) => 2013 + i));
    expect(series.filter(({ missing }) => missing)).toEqual([
      { year: 2017, missing: true },
      { year: 2023, missing: true },
    ]);
    expect(series.find(({ comparable }) => comparable)?.year).toBe(2018);
    expect(seriesOf([], 'KAZ', wjp)).toEqual([]);
  });

  it('keeps the published value apart from what is computed here, and has no band without an error', () => {
    const table = cpi.filter(({ year }) => year === 2020);
    const value = table.find(({ country }) => country === 'KAZ')!;
    expect(pointOf(value, table, [77, 120], described('cpi'), policy)).toMatchObject({
      published: { score: 38, standardError: 3.12, sources: 9, rank: 94, countries: 180, rankBasis: 'published' },
      computed: { band90: [32.9, 43.1], place: { rank: 94, of: 180, tiedWith: 7 }, placeInterval90: [77, 120] },
    });
    const newest = own(cpi).find(({ year }) => year === 2025)!;
    expect(pointOf(newest, [newest], undefined, described('cpi'), policy).computed).toEqual({});
  });

  it('shows what an earlier vintage said of a restated year', () => {
    const newest = own(wgi).filter(({ vintage }) => vintage.startsWith('2022'));
    const points = newest.map((value) => pointOf(value, [value], undefined, described('wgi'), policy));
    const year = seriesOf(points, 'KAZ', wgi).find((point) => point.year === 2019)!;
    expect(year).toMatchObject({ vintage: '2022-09-update', published: { percentile: 46.63 } });
    expect(year.restated).toMatchObject([{ vintage: '2020-09-update', published: { percentile: 43.75 } }]);
    // 1996 stayed as it was; that the later vintage tells bounds as well is no restatement.
    const same = seriesOf(points, 'KAZ', wgi).find((point) => point.year === 1996);
    expect(same).toMatchObject({ published: { score: -1.1328, percentileLow: 0.54 } });
    expect(same).not.toHaveProperty('restated');
  });
});
