import { describe, expect, it } from '@jest/globals';
import { type IndexFile, valuesOf } from './index-file.rules.js';
import { shippedText, shippedValues } from './shipped-files.js';

const CPI = 'iso3,year,score,standard_error,ci90_low,ci90_high,sources,rank,rank_basis,countries_ranked,source,licence';
const GOOD = 'KAZ,2026,38,3.12,32.9,43.1,9,96,published,182,TI CPI 2026,CC-BY-ND-4.0';
const cpi = (...rows: string[]) => valuesOf('cpi', [CPI, ...rows].join('\n'));
const WGI = 'iso3,year,estimate,standard_error,percentile_rank,vintage,source,licence';
const WJP = 'iso3,edition,overall_score,overall_rank,countries,rank_basis,source,licence';

describe('a file of an index', () => {
  it('gives what stands in it', () => {
    const { values, problems } = cpi(GOOD);
    expect(problems).toEqual([]);
    expect(values).toEqual([
      {
        ...{ line: 2, series: 'cpi', country: 'KAZ', year: 2026, vintage: '2026', score: 38, standardError: 3.12 },
        ...{ sources: 9, rank: 96, rankBasis: 'published', countries: 182 },
        ...{ source: 'TI CPI 2026', licence: 'CC-BY-ND-4.0' },
      },
    ]);
  });

  it('takes a row without an error as one whose error is not known', () => {
    const { values, problems } = cpi('KAZ,2026,38,,,,,96,published,182,press,CC-BY-ND-4.0');
    expect(problems).toEqual([]);
    expect(values[0]).not.toHaveProperty('standardError');
    expect(values[0]).not.toHaveProperty('sources');
  });

  it('takes the vintage of a row, the one that is told, or the name of the edition', () => {
    const wgi = valuesOf('wgi', `${WGI}\nKAZ,2019,-0.32,0.1372,43.75,2020-09 update,World Bank,CC-BY-4.0`);
    expect(wgi.values[0]).toMatchObject({ year: 2019, vintage: '2020-09-update', percentile: 43.75 });
    const wjp = `${WJP}\nKAZ,2017-2018,0.5139,64,113,published,WJP,facts`;
    expect(valuesOf('wjp', wjp).values[0]).toMatchObject({ year: 2018, vintage: '2017-2018' });
    expect(valuesOf('wjp', wjp, '2018-corrected').values[0]).toMatchObject({ year: 2018, vintage: '2018-corrected' });
  });

  it('may begin with a byte order mark, end its lines as Windows does, and quote', () => {
    const text = `\uFEFF${CPI}\r\n${GOOD.replace('TI CPI 2026', '"TI, ""CPI"" 2026"')}\r\n`;
    expect(valuesOf('cpi', text).values[0]).toMatchObject({ source: 'TI, "CPI" 2026' });
  });

  it.each<[string, IndexFile, string, [number, string | undefined][]]>([
    ['nothing', 'cpi', '', [[1, undefined]]],
    ['a header alone', 'cpi', CPI, [[1, undefined]]],
    ['a column that nobody knows', 'cpi', `${CPI},remark\n${GOOD},x`, [[1, 'no. 13']]],
    ['a column twice', 'cpi', `${CPI},score\n${GOOD},38`, [[1, 'score']]],
    [
      'no column of errors at all',
      'cpi',
      'iso3,year,score,sources,rank,rank_basis,countries_ranked,source,licence\nKAZ,2026,38,9,96,published,182,x,CC-BY-ND-4.0',
      [[1, 'standard_error']],
    ],
    ['a cell too few', 'cpi', `${CPI}\n${GOOD}\nKGZ,2026,28`, [[3, undefined]]],
    ['a quote that does not close', 'cpi', `${CPI}\n${GOOD}\n"KGZ,2026,28`, [[3, undefined]]],
    ['an error of zero', 'cpi', `${CPI}\n${GOOD.replace('3.12,32.9,43.1', '0,,')}`, [[2, 'standard_error']]],
    [
      'a band without an error',
      'cpi',
      `${CPI}\n${GOOD.replace('3.12', '')}`,
      [
        [2, 'ci90_low'],
        [2, 'ci90_high'],
      ],
    ],
    ['a band that does not follow', 'cpi', `${CPI}\n${GOOD.replace('43.1', '48.1')}`, [[2, 'ci90_high']]],
    [
      'a decimal comma',
      'wgi',
      `${WGI}\nKAZ,2019,"-0,32",0.1372,43.75,2020-09 update,World Bank,CC-BY-4.0`,
      [[2, 'estimate']],
    ],
    ['a score with a space', 'cpi', `${CPI}\n${GOOD.replace(',38,', ', 38,')}`, [[2, 'score']]],
    ['a score in exponents', 'cpi', `${CPI}\n${GOOD.replace(',38,', ',3e1,')}`, [[2, 'score']]],
    ['a score over 100', 'cpi', `${CPI}\n${GOOD.replace(',38,', ',101,')}`, [[2, 'score']]],
    ['no score', 'cpi', `${CPI}\n${GOOD.replace(',38,', ',,')}`, [[2, 'score']]],
    ['words for a number', 'cpi', `${CPI}\n${GOOD.replace(',38,', ',n/a,')}`, [[2, 'score']]],
    ['a year of the old method', 'cpi', `${CPI}\n${GOOD.replace('2026', '2011')}`, [[2, 'year']]],
    ['a place beyond all countries', 'cpi', `${CPI}\n${GOOD.replace(',96,', ',196,')}`, [[2, 'rank']]],
    ['a place of unknown origin', 'cpi', `${CPI}\n${GOOD.replace('published', '')}`, [[2, 'rank_basis']]],
    ['another licence', 'cpi', `${CPI}\n${GOOD.replace('CC-BY-ND-4.0', 'MIT')}`, [[2, 'licence']]],
    ['a country in two letters', 'cpi', `${CPI}\n${GOOD.replace('KAZ', 'KZ')}`, [[2, 'iso3']]],
    ['a country twice', 'cpi', `${CPI}\n${GOOD}\n${GOOD}`, [[3, 'iso3']]],
    [
      'all that is wrong at once',
      'cpi',
      `${CPI}\n${GOOD.replace('KAZ', 'kz')}\n${GOOD.replace(',38,', ',x,')}`,
      [
        [2, 'iso3'],
        [3, 'score'],
      ],
    ],
    ['no vintage', 'wgi', `${WGI}\nKAZ,2019,-0.32,0.1372,43.75,,World Bank,CC-BY-4.0`, [[2, 'vintage']]],
    [
      'a vintage without its year',
      'wgi',
      `${WGI}\nKAZ,2019,-0.32,0.1372,43.75,update,World Bank,CC-BY-4.0`,
      [[2, 'vintage']],
    ],
  ])('is refused with %s, by line and column', (_, file, text, where) => {
    const { values, problems } = valuesOf(file, text);
    expect(problems.map(({ line, column }) => [line, column])).toEqual(where);
    expect(values).toEqual([]);
    for (const { problem } of problems) expect(problem).not.toMatch(/n\/a|3e1|MIT|kz/);
  });
});

describe('the files that ship with the service', () => {
  it.each<[IndexFile, string, number]>([
    ['cpi', 'cpi', 2_313],
    // 21 of the 44 rows of the vintages are those of 2020; the others stand in the large file as well.
    ['wgi', 'wgi', 4_703 + 21],
    ['wjp', 'wjp', 167],
    ['wjp', 'wjp-absence-of-corruption', 163],
  ])('%s gives %s: %i values', (file, series, n) => {
    expect(shippedValues(file).filter((value) => value.series === series)).toHaveLength(n);
  });

  it('keep both vintages of WGI for 2019', () => {
    const both = shippedValues('wgi').filter(({ country, year }) => country === 'KAZ' && year === 2019);
    expect(Object.fromEntries(both.map(({ vintage, percentile }) => [vintage, percentile]))).toEqual({
      '2020-09-update': 43.75,
      '2022-09-update': 46.63,
    });
  });

  it('carry the values of CPI unchanged', () => {
    const line = shippedText('cpi.csv')
      .split('\n')
      .find((row) => row.startsWith('KAZ,') && row.includes(',2020,'));
    expect(line).toContain(',2020,38,3.12,32.9,43.1,9,94,published,180,');
  });
});
