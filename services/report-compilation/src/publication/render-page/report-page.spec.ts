import { describe, expect, it } from '@jest/globals';
import { type Language, LANGUAGES, type ReportModel } from '../../report-model/report-model.rules.js';
import { accessibleSvg } from '../draw-charts/accessible-svg.rules.js';
import type { ChartSpec } from '../draw-charts/chart-spec.rules.js';
import { drawCharts, drawSpec } from '../draw-charts/draw-chart.js';
import { frameWords } from '../frame-words/shipped-words.js';
import { sampleReport } from '../sample/sample-report.js';
import { type PageOptions, renderReportPage } from './report-page.rules.js';

const model = sampleReport();
const page = async (language: Language, of: ReportModel = model, more: Partial<PageOptions> = {}): Promise<string> =>
  renderReportPage(of, language, {
    words: frameWords,
    charts: await drawCharts(of, language, frameWords[language]),
    numberHref: (id) => `/numbers/${encodeURIComponent(id)}`,
    languageHref: (one) => `?lang=${one}`,
    ...more,
  });
const all = (html: string, pattern: RegExp): string[] => [...html.matchAll(pattern)].map(([, found]) => found!);

describe('the page', () => {
  it('has the same tree of ids, numbers and links in every language', async () => {
    const trees = await Promise.all(
      LANGUAGES.map(async (language) => {
        const html = await page(language);
        return {
          ids: all(html, / id="([^"]+)"/g),
          numbers: all(html, / data-number="([^"]+)"/g),
          links: all(html, /<a [^>]*href="([^"?]+)"/g),
        };
      }),
    );
    expect(trees[1]).toEqual(trees[0]);
    expect(trees[2]).toEqual(trees[0]);
    const { ids, numbers } = trees[0]!;
    expect(new Set(ids).size).toBe(ids.length);
    // Every number of the model stands in it, those of charts in the tables under them.
    expect(new Set(numbers)).toEqual(new Set(Object.keys(model.numbers)));
  });

  it('marks the first row after a reorganisation, and says below what the mark means', async () => {
    const note = { kk: 'бұрынғы орган', ru: 'прежний орган', en: 'another body' };
    const sections = model.sections.map((section) => ({
      ...section,
      blocks: section.blocks.map((block) =>
        block.kind === 'table' ? { ...block, breaks: [{ before: 1, day: '2025-07-14', note }] } : block,
      ),
    }));
    const table = /<table id="s0\.[^"]*".*?<p class="note">.*?<\/p>/s.exec(
      await page('en', { ...model, sections }),
    )![0];
    expect(all(table, /<th scope="row">(† )/g)).toHaveLength(1);
    expect(all(table, /<th scope="row">([^<]{2})/g).indexOf('† ')).toBe(1);
    expect(table).toContain('<p class="note">† another body</p>');
  });

  it('is the same bytes again', async () => {
    expect(await page('kk')).toBe(await page('kk'));
  });

  it('has no script unless one is named, and asks for no other file', async () => {
    const html = await page('ru');
    const scripts = /<script(?! type="application\/(?:ld\+)?json")([^>]*)>/g;
    expect(all(html, scripts)).toEqual([]);
    const walked = await page('ru', model, { scriptHref: 'charts.js' });
    expect(all(walked, scripts)).toEqual([' src="charts.js" defer']);
    // Its own policy comes before all that it governs.
    expect(walked).toMatch(/<head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="[^"]+">/);
    expect(html).not.toMatch(
      /<(img|iframe|object|embed|link rel="stylesheet")| on[a-z]+="|javascript:|@import|url\(http/,
    );
  });

  it('carries the very spec that drew each chart: drawn again it gives the same drawing', async () => {
    const html = await page('kk');
    const charts = await drawCharts(model, 'kk', frameWords.kk);
    const figures = [
      ...html.matchAll(/<figure id="([^"]+)".*?(<svg.*?<\/svg>).*?<script type="application\/json">(.*?)<\/script>/gs),
    ];
    expect(figures.map(([, id]) => id)).toEqual(Object.keys(charts));
    for (const [, id, svg, json] of figures) {
      const spec = JSON.parse(json!) as ChartSpec;
      expect(spec).toEqual(charts[id!]!.spec);
      const title = /<title [^>]*>(.*?)<\/title>/.exec(svg!)![1]!;
      expect(accessibleSvg(await drawSpec(id!, spec), { id: id!, title, description: spec.description })).toBe(svg);
    }
  });

  it('says a withheld and a missing value in words', async () => {
    const html = await page('en');
    expect(html).toContain(
      'data-number="cases.region.s0.r3.court"><span aria-hidden="true">×</span><span class="vh">withheld</span></a>',
    );
    expect(html).toContain(
      'data-number="cases.region.s0.r3.share"><span aria-hidden="true">–</span><span class="vh">not known</span></a>',
    );
    expect(html).toContain('× — withheld:');
  });

  it('takes nothing of a model as markup, in text, attribute or JSON-LD', async () => {
    const evil = '</script><img src=x onerror=alert(1)>"\'&';
    const text = { kk: evil, ru: evil, en: evil };
    const section = model.sections[0]!;
    const odd: ReportModel = {
      ...model,
      title: text,
      authority: text,
      sources: [text],
      sections: [
        {
          ...section,
          title: text,
          owner: text,
          legalBasis: text,
          blocks: section.blocks.map(
            (block) =>
              ('caption' in block
                ? { ...block, caption: text, note: text }
                : 'title' in block
                  ? { ...block, title: text, axis: text }
                  : { ...block, text }) as typeof block,
          ),
        },
      ],
    };
    const html = await page('en', odd, {
      numberHref: () => evil,
      languageHref: () => evil,
      url: evil,
      banner: evil,
      downloads: [{ name: evil, href: evil, mime: evil }],
    });
    expect(html).not.toContain('<img');
    // The JSON-LD, and the spec of the one chart.
    expect(html.match(/<\/script>/g)).toHaveLength(2);
    expect(html.match(/<\/style>/g)).toHaveLength(1);
    const ld = JSON.parse(/<script type="application\/ld\+json">(.*?)<\/script>/.exec(html)![1]!) as {
      '@graph': { name: string }[];
    };
    expect(ld['@graph'][0]!.name).toBe(`${evil} — 2025`);
  });

  it('tells machines that it is a report with a data set', async () => {
    const html = await page('ru', model, {
      url: 'https://example.kz/2025',
      downloads: [{ name: 'numbers.csv', href: '/numbers.csv', mime: 'text/csv' }],
    });
    const ld = JSON.parse(/<script type="application\/ld\+json">(.*?)<\/script>/.exec(html)![1]!) as {
      '@graph': unknown[];
    };
    expect(ld['@graph']).toMatchObject([
      {
        '@type': 'Report',
        inLanguage: 'ru',
        temporalCoverage: '2025',
        reportNumber: '2025/2',
        datePublished: '2026-02-12',
      },
      {
        '@type': 'Dataset',
        identifier: ['snapshot-2025-2', `sha256:${model.snapshot.root}`],
        distribution: [{ contentUrl: '/numbers.csv', encodingFormat: 'text/csv' }],
      },
    ]);
  });

  it('is refused when a drawing, a number or a cell is missing', async () => {
    await expect(page('en', model, { charts: {} })).rejects.toMatchObject({ code: 'chart_not_drawn' });
    const charts = await drawCharts(model, 'en', frameWords.en);
    await expect(page('en', { ...model, numbers: {} }, { charts })).rejects.toThrow('no number of the report');
  });
});
