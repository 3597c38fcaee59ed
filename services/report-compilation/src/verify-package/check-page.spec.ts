import { describe, expect, it } from '@jest/globals';
import { drawCharts } from '../publication/draw-charts/draw-chart.js';
import { frameWords } from '../publication/frame-words/shipped-words.js';
import { renderReportPage } from '../publication/render-page/report-page.rules.js';
import { sampleReport } from '../publication/sample/sample-report.js';
import { type Language, LANGUAGES } from '../report-model/report-model.rules.js';
import { checkPage } from './check-page.js';

const model = sampleReport();
const page = async (lang: Language): Promise<string> =>
  renderReportPage(model, lang, {
    ...{ words: frameWords, charts: await drawCharts(model, lang, frameWords[lang]) },
    ...{ numberHref: (id) => `/numbers/${id}`, languageHref: (one) => `?lang=${one}` },
  });
const faultsOf = (html: string, lang: Language): string[] => {
  const faults: string[] = [];
  checkPage(html, lang, model, (where, what) => void faults.push(`${where}: ${what}`));
  return faults;
};
const LINK = /<a [^>]*data-number="([^"]+)"[^>]*>([^<]*\d[^<]*)<\/a>/;

describe('R2: the page against the report', () => {
  it.each(LANGUAGES)('finds every number of the page in %s right', async (lang) => {
    expect(faultsOf(await page(lang), lang)).toEqual([]);
  });

  it.each(LANGUAGES)('names a number of which one digit was changed, in %s', async (lang) => {
    const html = await page(lang);
    const [link, id, text] = LINK.exec(html)!;
    const other = text!.replace(/\d/, (digit) => String((Number(digit) + 1) % 10));
    const [fault] = faultsOf(html.replace(link, link.replace(`>${text}<`, `>${other}<`)), lang);
    expect(fault).toContain(`report.${lang}.html: says “${other}” of ${id}`);
  });

  it.each<[string, RegExp, string]>([
    ['a value', /("label":"2018","text":"31","value":)31/, '$132'],
    ['its words', /(in 2018; 90.% interval: )/, '32 in 2018; '],
    ['an end of its interval', /("label":"2018","text":"31","value":31,"low":)[\d.]+/, '$125.2'],
    ['a withheld one', /("said":"Construction: )withheld/, '$13'],
  ])('names a chart that is drawn with another number: %s', async (what, of, other) => {
    const html = await page('en');
    const spoiled = what === 'its words' ? html.replace(/31 in 2018/g, '32 in 2018') : html.replace(of, other);
    expect(spoiled).not.toBe(html);
    expect(faultsOf(spoiled, 'en')).toEqual([
      expect.stringMatching(/^report\.en\.html: draws “.*says something else$/),
    ]);
  });

  it('names a chart of which a point, or the whole, is gone', async () => {
    const html = await page('ru');
    const figure = /<figure id="s1\.cpi".*?<\/figure>/s.exec(html)![0];
    expect(faultsOf(html.replace(figure, ''), 'ru')).toEqual([
      'report.ru.html: draws 0 points in s1.cpi, which has 14',
    ]);
  });

  it('names a number that is told though it is withheld, and one that is gone', async () => {
    const html = await page('en');
    const withheld = Object.values(model.numbers).find(({ status, id }) => status === 'S' && html.includes(`"${id}"`))!;
    const link = new RegExp(`(data-number="${withheld.id}"[^>]*>).*?</a>`, 's');
    expect(faultsOf(html.replace(link, '$13</a>'), 'en')[0]).toContain(`says “3” of ${withheld.id}`);
    const gone = html.replaceAll(new RegExp(`<a [^>]*data-number="${withheld.id}".*?</a>`, 'gs'), '');
    expect(faultsOf(gone, 'en')[0]).toContain(`does not show ${withheld.id}`);
  });
});
