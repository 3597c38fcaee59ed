import { describe, expect, it } from '@jest/globals';
import { AREAS, KZ_REGIONS } from '@aiqyn/contracts';
import { csvOf, pageOf, rowsOf } from './dossier-page.rules.js';
import { type DossierInputs, dossierOf } from './dossier.rules.js';
import { LANGUAGES } from './dossier.dto.js';
import { dossierTexts } from './dossier-texts.js';

const rate = { flagged: 5, evaluable: 100 };
const windows = { area: { before: rate, after: rate }, others: { before: rate, after: rate } };
const inputs: DossierInputs = {
  ...{ areaCode: 'roads', areaRule: 'areas-1', from: '2026-01-01', to: '2026-12-31' },
  policy: { id: 'p', effect: { least: 8, deviations: 1.96 }, windowDays: 180 },
  severity: { id: 's', medium: 0.5, high: 1.2 },
  definitions: ['R018/2'],
  processes: [
    {
      ...{ ocid: 'a', hash: 'h', signals: [{ id: 's', indicator: 'R018', weight: 1.3 }] },
      money: [{ currency: 'KZT', planned: 123_456_789, awarded: 2, contracted: 3, paid: 4 }],
    },
  ],
  overpaid: [{ id: 'o', ocid: 'a', currency: 'KZT', amount: 5 }],
  schemes: [{ id: '<script>', code: 'S1', processes: ['a'] }],
  ...{ reports: ['r'], casesOpened: ['c'], casesDecided: [{ id: 'c', outcome: 'decided-liable', damage: 6 }] },
  inquiries: [{ id: 'i', state: 'notified' }],
  buyers: ['b'],
  bodyFacts: [{ id: 'g', bin: 'b', kind: 'graded', day: '2026-01-01', code: 'B' }],
  analyses: [{ id: 'x', kind: 'external', state: 'closed', overdue: false }],
  recommendations: [
    { id: 'r', indicator: 'R018', dueDay: '2026-06-01', status: 'green', windows },
    {
      id: '=cmd|x',
      indicator: 'R018',
      dueDay: '2026-06-01',
      status: 'red',
      windows: { ...windows, others: { before: rate, after: { flagged: 0, evaluable: 1 } } },
    },
  ],
};
const dossier = dossierOf(inputs);
const regional = dossierOf({ ...inputs, region: 'KZ-75', regionRule: 'regions-kz-1' });
const tree = (html: string): string[] => [...html.matchAll(/<(\w+)/g)].map(([, tag]) => tag!);

describe('the page of a dossier', () => {
  it('has a word for every figure and every area in each language, and the same words', () => {
    const [kk, ...others] = LANGUAGES.map((one) => Object.keys(dossierTexts[one]).sort());
    for (const other of others) expect(other).toEqual(kk);
    for (const { section, key } of rowsOf(regional))
      expect(kk).toEqual(expect.arrayContaining([`section.${section}`, `key.${key}`]));
    for (const area of AREAS) expect(kk).toContain(`area.${area}`);
    for (const region of KZ_REGIONS) expect(kk).toContain(`value.${region}`);
  });

  it('is the same tree in each language, without a script, and lets no value become markup', () => {
    const pages = LANGUAGES.map((one) => pageOf(dossier, one, dossierTexts[one]));
    for (const page of pages) {
      expect(tree(page)).toEqual(tree(pages[0]!));
      expect(page).not.toContain('<script');
    }
    expect(pages[2]).toContain('1,234,567.89');
  });

  it.each([
    ['kk', 'Жолдар, Алматы қаласы, 2026-01-01', 'Тәуекелдерді талдау'],
    ['ru', 'Дороги, город Алматы, 2026-01-01', 'Анализы рисков'],
    ['en', 'Roads, Almaty city, 2026-01-01', 'Risk analyses'],
  ] as const)('of a region says in %s which, and what is of the whole area', (language, title, analyses) => {
    const page = pageOf(regional, language, dossierTexts[language]);
    expect(page).toContain(`<h1>${title}`);
    const texts = dossierTexts[language];
    expect(page).toContain(`${texts['key.wholeArea']}</th><td></td><td class="n">${analyses}</td>`);
    expect(pageOf(dossier, language, texts)).not.toContain(texts['key.wholeArea']);
  });

  it('of a region says so in the table', () => {
    const scope = [
      'region,,text,KZ-75',
      ...['analyses', 'recommendations', 'effects'].map((w) => `wholeArea,,text,${w}`),
    ];
    expect(csvOf(rowsOf(regional))).toContain(scope.map((line) => `scope,${line}\r\n`).join(''));
    expect(csvOf(rowsOf(dossier))).not.toContain('scope');
  });

  it('says how severe what is at risk is', () =>
    expect(rowsOf(dossier).filter((row) => row.section === 'atRisk' && row.key === 'high')).toMatchObject([
      { unit: 'count', value: 1 },
      { unit: 'hundredths', of: 'KZT', value: 3 },
    ]));

  it('has all its figures in the table, which no spreadsheet takes for a formula', () => {
    const csv = csvOf(rowsOf(dossier));
    expect(csv.split('\r\n')).toHaveLength(rowsOf(dossier).length + 2);
    expect(csv).toContain("prevention,recommendation,'=cmd|x,text,red");
    expect(csv).toContain('money,planned,KZT,hundredths,123456789');
  });
});
