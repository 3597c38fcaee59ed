import { describe, expect, it } from '@jest/globals';
import { AREAS, GOAL_STATUSES, REPORT_CATEGORIES, RISK_LEVELS } from '@aiqyn/contracts';
import { LANGUAGES } from '../report-model/report-model.rules.js';
import { type PageReport, renderPage } from './page.rules.js';
import { pageTexts } from './page-texts.js';

const figure = (key: string, value: number | string, unit: PageReport['figures'][number]['unit'] = 'count') => ({
  key,
  unit,
  value,
});
const report: PageReport = {
  _id: '00000000-0000-4000-8000-000000000001',
  year: 2025,
  edition: 1,
  state: 'published',
  history: [
    { step: 'compiled', day: '2026-01-15' },
    { step: 'published', day: '2026-03-01' },
  ],
  figures: [
    figure('reports.total', 12_345),
    figure('reports.month.2025-03', 7),
    figure('reports.log.size', 12_000, 'rank'),
    figure('reports.log.root', 'ab'.repeat(32), 'status'),
    ...REPORT_CATEGORIES.map((c) => figure(`reports.category.${c}`, 1)),
    figure('rewards.amount', 1_572_800_000, 'tiyn'),
    ...AREAS.map((a) => figure(`flags.area.${a}`, 2)),
    ...AREAS.flatMap((a, i) => [
      figure(`area.${a}.score`, 0.5, 'share'),
      figure(`area.${a}.level`, RISK_LEVELS[i % 3]!, 'level'),
    ]),
    ...GOAL_STATUSES.flatMap((st) => [
      figure(`goal.${st}.status`, st, 'status'),
      figure(`goal.${st}.area`, 'roads', 'status'),
      figure(`goal.${st}.accountable`, '<script>alert(1)</script>', 'status'),
      figure(`goal.${st}.target`, 0.35, 'share'),
    ]),
    figure('index.cpi.year', 2025, 'rank'),
    figure('index.cpi.score', 38, 'score'),
    figure('index.cpi.rank', 96, 'rank'),
    figure('index.cpi.countries', 182, 'rank'),
    figure('index.cpi.2023.score', 39, 'score'),
    figure('index.cpi.2023.error', 3.2, 'score'),
    figure('index.cpi.2024.score', 40, 'score'),
    figure('index.cpi.2024.error', 3.11, 'score'),
    figure('index.cpi.2025.score', 38, 'score'),
  ],
};
const pages = Object.fromEntries(LANGUAGES.map((lang) => [lang, renderPage(report, lang, pageTexts[lang])]));
const tree = (html: string) =>
  [...html.matchAll(/<(section|table|tr|th|td|a|svg)\b|href="(\/[^"]*)"/g)].map((m) => m[2] ?? m[1]);

describe('the page of the National Report', () => {
  it('knows the same words in the three languages', () => {
    const [kk, ...others] = LANGUAGES.map((lang) => Object.keys(pageTexts[lang]).sort());
    for (const other of others) expect(other).toEqual(kk);
  });

  it('is the same tree of sections, tables and figures in each language', () => {
    expect(tree(pages['ru']!)).toEqual(tree(pages['kk']!));
    expect(tree(pages['en']!)).toEqual(tree(pages['kk']!));
    expect(tree(pages['en']!).length).toBeGreaterThan(100);
  });

  it.each(LANGUAGES)('links every figure to the events behind it (%s)', (lang) => {
    const cells = [...pages[lang]!.matchAll(/<td class="n">(.*?)<\/td>/g)].map((m) => m[1]!);
    for (const cell of cells.filter((c) => /\d/.test(c))) expect(cell).toContain('/provenance"');
  });

  it('writes numbers, money and days as the language does', () => {
    expect(pages['en']).toContain('>12,345<');
    expect(pages['ru']).toContain('>12\u00a0345<');
    expect(pages['en']).toContain('>15,728,000.00 ₸<');
    expect(pages['ru']).toContain('15 января 2026');
    expect(pages['en']).toContain('15 January 2026');
  });

  it.each(LANGUAGES)('shows the tree head against which a citizen checks a receipt (%s)', (lang) => {
    expect(pages[lang]).toMatch(/reports\.log\.root\/provenance">(ab){32}</);
  });

  it('lets no value become markup, and has no script', () => {
    for (const lang of LANGUAGES) expect(pages[lang]).not.toContain('<script');
  });

  it('draws a band only where the error is known', () => {
    const polygon = /<polygon points="([^"]*)"/.exec(pages['en']!)![1]!;
    expect(polygon.split(' ')).toHaveLength(4);
    expect([...pages['en']!.matchAll(/<circle/g)]).toHaveLength(3);
  });

  it('refuses to leave a word out', () => {
    const { title: _, ...rest } = pageTexts.kk;
    expect(() => renderPage(report, 'kk', rest)).toThrow('text title is missing in kk');
  });
});
