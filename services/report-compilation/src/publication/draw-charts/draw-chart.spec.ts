import { describe, expect, it } from '@jest/globals';
import type { ChartBlock, ReportModel } from '../../report-model/report-model.rules.js';
import { frameWords } from '../frame-words/shipped-words.js';
import { sampleReport } from '../sample/sample-report.js';
import { accessibleSvg } from './accessible-svg.rules.js';
import { chartAlt } from './chart-alt.rules.js';
import { chartData } from './chart-data.rules.js';
import { chartSpec, INK } from './chart-spec.rules.js';
import { drawChart, drawCharts, drawSpec } from './draw-chart.js';

const model = sampleReport();
const chart = (id: string): ChartBlock =>
  model.sections
    .flatMap(({ blocks }) => blocks)
    .find((block): block is ChartBlock => block.kind === 'chart' && block.id === id)!;
const [cpi, areas] = [chart('s1.cpi'), chart('s0.areas')];
const without = (...years: string[]): ReportModel['numbers'] => ({
  ...model.numbers,
  ...Object.fromEntries(
    years.map((year) => {
      const id = `index.cpi.s1.${year}.score`;
      return [id, { ...model.numbers[id]!, value: null, status: 'M' as const }];
    }),
  ),
});
const paths = (svg: string, layer: string): string[] =>
  [...svg.matchAll(new RegExp(`<g class="mark-${layer}[^"]*"[^>]*>(.*?)</g>`, 'g'))].flatMap(([, inner]) =>
    [...inner!.matchAll(/ d="([^"]*)"/g)].map(([, d]) => d!),
  );

describe('the data of a chart', () => {
  it('hold no number for what is not told, and no band where an end is missing', () => {
    const data = chartData(cpi, without('2014'), 'en');
    expect(data.map(({ value }) => value)).toEqual([28, 26, null, 28, 29, 31, 31, 34, 38, 37, 36, 39, 40, 38]);
    expect(data[2]).toMatchObject({ low: null, high: null, text: '–' });
    expect(data[13]).toMatchObject({ label: '2025', value: 38, low: null, high: null });
    expect(data[0]!.run).not.toBe(data[3]!.run);
    expect(data[3]!.run).toBe(data[13]!.run);
  });

  it('are refused when there are none, or when a point is a word', () => {
    expect(() => chartData({ ...cpi, points: [] }, model.numbers, 'en')).toThrow('has no points');
    const word = { ...cpi, points: [{ label: cpi.title, number: 'cases.region.s0.r0.level' }] };
    expect(() => chartData(word, model.numbers, 'en')).toThrow('is no quantity');
    expect(() => chartData({ ...cpi, points: [{ label: cpi.title, number: 'nowhere' }] }, model.numbers, 'en')).toThrow(
      'no number of the report',
    );
  });
});

describe('a chart over a reorganisation of the body', () => {
  const note = { kk: 'бұрынғы орган', ru: 'прежний орган', en: 'another body' };
  const broken: ChartBlock = { ...cpi, breaks: [{ before: 13, day: '2025-07-14', note }] };

  it('joins no point of the one body to a point of the other', () => {
    const data = chartData(broken, model.numbers, 'en');
    expect(data.map((one) => one.broken).indexOf(true)).toBe(13);
    expect(data[12]!.run).not.toBe(data[13]!.run);
    expect(data[11]!.run).toBe(data[12]!.run);
  });

  it('has a rule half a step before the first year of the new body, and says so in words', async () => {
    const rule = async (before: number): Promise<number[]> => {
      const one = { ...broken, breaks: [{ ...broken.breaks![0]!, before }] };
      const { svg } = await drawChart(one, model.numbers, 'en', frameWords.en);
      const layer = /<g class="mark-rule[^"]*breaks_marks[^"]*"[^>]*>(.*?)<\/g>/.exec(svg)![1]!;
      return [...layer.matchAll(/<line transform="translate\(([\d.]+),/g)].map(([, x]) => Number(x));
    };
    // 14 years over 560 points: a step is 40, the first year stands at 20.
    expect(await rule(13)).toEqual([520]);
    expect(await rule(1)).toEqual([40]);
    expect((await drawChart(cpi, model.numbers, 'en', frameWords.en)).svg).not.toContain('breaks_marks');
    expect(chartAlt(broken, model.numbers, 'ru', frameWords.ru)).toMatch(/прежний орган$/);
  });

  it('has one between the bars too', async () => {
    const bars: ChartBlock = { ...areas, breaks: [{ before: 1, day: '2025-07-14', note }] };
    expect((await drawChart(bars, model.numbers, 'kk', frameWords.kk)).svg).toContain('breaks_marks');
  });
});

describe('a drawn chart', () => {
  it('breaks line and band at a year that is not known', async () => {
    const whole = await drawChart(cpi, model.numbers, 'en', frameWords.en);
    const gap = await drawChart(cpi, without('2014'), 'en', frameWords.en);
    // The series and the two ends of its band.
    expect(paths(whole.svg, 'line')).toHaveLength(3);
    expect(paths(gap.svg, 'line')).toHaveLength(6);
    expect(paths(whole.svg, 'area')).toHaveLength(1);
    expect(paths(gap.svg, 'area')).toHaveLength(2);
    expect(gap.svg).toContain('>–<');
    expect(whole.svg).not.toContain('>–<');
  });

  it('has no band at a year without an error', async () => {
    const { svg } = await drawChart(cpi, model.numbers, 'en', frameWords.en);
    const corners = (d: string): number => d.split('L').length;
    expect(paths(svg, 'line').map(corners).sort()).toEqual([13, 13, 14]);
    // Thirteen years there and back; with an error read as zero it would be fourteen.
    expect(corners(paths(svg, 'area')[0]!)).toBe(26);
  });

  it('shows an interval that stands alone as a bar, since a band needs two', async () => {
    const lone = await drawChart(cpi, without('2013', '2015'), 'en', frameWords.en);
    expect(lone.spec.layer.map(({ name }) => name)).toContain('interval');
    expect(lone.svg).toContain('interval_marks');
  });

  it('stops when a layer stays empty', async () => {
    const spec = chartSpec(cpi, model.numbers, 'en', frameWords.en);
    const emptied = {
      ...spec,
      layer: spec.layer.map((layer) =>
        layer.name === 'band' ? { ...layer, transform: [{ filter: 'false' }] } : layer,
      ),
    };
    await expect(drawSpec('cpi', emptied)).rejects.toThrow('the layer band of the chart cpi has no marks');
    const misread = {
      ...spec,
      layer: spec.layer.map((layer) =>
        layer.name === 'written' ? { ...layer, encoding: { text: { field: 'nothing' } } } : layer,
      ),
    };
    await expect(drawSpec('cpi', misread)).rejects.toThrow('the layer written of the chart cpi has no marks');
  });

  it('stops when a point has no mark that a reader could walk to', async () => {
    const spec = chartSpec(cpi, model.numbers, 'en', frameWords.en);
    const lost = {
      ...spec,
      layer: spec.layer.map((layer) =>
        layer.name === 'points' ? { ...layer, transform: [{ filter: 'datum.order > 0' }] } : layer,
      ),
    };
    await expect(drawSpec('cpi', lost)).rejects.toThrow('the layer points of the chart cpi has not one mark for each');
  });

  it('puts the marks of its points in the order of the data', async () => {
    const places = async (block: ChartBlock, axis: 1 | 2): Promise<number[]> => {
      const { svg } = await drawChart(block, without('2014', '2020'), 'en', frameWords.en);
      const layers = [...svg.matchAll(/<g class="[^"]*(?:bars|points|untold)_marks"[^>]*>(.*?)<\/g>/g)];
      return layers.flatMap(([, inner]) => {
        return [...inner!.matchAll(/<(?:path|text) [^>]*>/g)].map(([mark]) => {
          const place = /translate\(([\d.]+),([\d.]+)\)/.exec(mark) ?? / d="M([\d.]+),([\d.]+)/.exec(mark)!;
          return Number(place[axis]);
        });
      });
    };
    for (const [block, axis, points] of [
      [cpi, 1, 14],
      [areas, 2, 5],
    ] as const) {
      const found = await places(block, axis);
      expect(found).toHaveLength(points);
      // The told ones first, then the others, each in their order.
      const turns = found.filter((place, i) => i > 0 && place < found[i - 1]!);
      expect(turns.length).toBeLessThanOrEqual(1);
    }
  });

  it('draws even when nothing is told, with a sign in place of each value', async () => {
    for (const block of [cpi, areas]) {
      const hidden = Object.fromEntries(
        Object.entries(model.numbers).map(([id, n]) => [id, { ...n, value: null, status: 'S' as const }]),
      );
      const { svg, spec } = await drawChart(block, hidden, 'ru', frameWords.ru);
      expect(spec.layer.map(({ name }) => name)).toEqual(['untold']);
      expect(svg.split('>×<')).toHaveLength(block.points.length + 1);
    }
  });

  it('is the same bytes again, and after and among other charts', async () => {
    const first = await drawCharts(model, 'kk', frameWords.kk);
    const [, again] = await Promise.all([
      drawCharts(sampleReport({ sections: 6 }), 'ru', frameWords.ru),
      drawCharts(model, 'kk', frameWords.kk),
    ]);
    expect(again).toEqual(first);
    expect(Object.keys(first)).toEqual(['s0.areas', 's1.cpi', 's2.areas']);
  });

  it('names itself, and no font but the shipped one', async () => {
    for (const language of ['kk', 'ru', 'en'] as const)
      for (const { svg, alt } of Object.values(await drawCharts(model, language, frameWords[language]))) {
        expect(svg).toMatch(
          /^<svg [^>]*role="img" aria-labelledby="(s\d\.\w+)-title \1-desc"><title id="\1-title">[^<]+<\/title><desc id="\1-desc">/,
        );
        expect(alt.length).toBeGreaterThan(40);
        expect(new Set([...svg.matchAll(/font-family="([^"]+)"/g)].map(([, font]) => font))).toEqual(
          new Set(['Inter']),
        );
        expect(svg).not.toMatch(/NaN|undefined|Infinity|null/);
      }
  });

  it('writes numbers as the language does', async () => {
    const at = (language: 'kk' | 'ru' | 'en'): Promise<string> =>
      drawChart(areas, model.numbers, language, frameWords[language]).then(({ svg }) => svg);
    expect(await at('en')).toContain('>1,240<');
    expect(await at('ru')).toContain('>1\u00a0240<');
    expect(await at('kk')).toContain('>1\u00a0240<');
  });

  it.each(['line', 'edge', 'axis', 'text'] as const)('has three to one against white in %s', (name) => {
    const light = (hex: string): number => {
      const [r, g, b] = [1, 3, 5]
        .map((i) => parseInt(hex.slice(i, i + 2), 16) / 255)
        .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
    };
    expect(1.05 / (light(INK[name]) + 0.05)).toBeGreaterThan(3);
  });
});

describe('the text in place of a chart', () => {
  it.each([
    [
      'en',
      'Line chart, Score: 28 in 2012; 26 in 2013; not known in 2014;',
      '38 in 2025. 90 % interval: 21.3–34.7 in 2012 … 34.9–45.1 in 2024. No interval is known for: 2025.',
    ],
    [
      'ru',
      'Линейный график, Балл: 28 в 2012 году; 26 в 2013 году; нет данных в 2014 году;',
      '38 в 2025 году. Доверительный интервал 90 %: 21,3–34,7 в 2012 году … 34,9–45,1 в 2024 году. Интервал неизвестен: 2025.',
    ],
    [
      'kk',
      'Сызықтық диаграмма, Балл: 2012 жылы — 28; 2013 жылы — 26; 2014 жылы — белгісіз;',
      '2025 жылы — 38. 90 % сенім аралығы: 2012 жылы — 21,3–34,7 … 2024 жылы — 34,9–45,1. Сенім аралығы белгісіз: 2025.',
    ],
  ] as const)('is made of the data in %s', (language, from, to) => {
    const alt = chartAlt(cpi, without('2014'), language, frameWords[language]);
    expect(alt.startsWith(from)).toBe(true);
    expect(alt.endsWith(to)).toBe(true);
  });

  it('tells what is withheld from what is not known', () => {
    expect(chartAlt(areas, model.numbers, 'en', frameWords.en)).toBe(
      'Bar chart, Number of flags: Roads: 1,240; Health: 1,050; Education: 860; Construction: withheld; Social protection: not known.',
    );
  });
});

describe('what names a drawing', () => {
  it('escapes, keeps ids of several drawings apart, and refuses what is no drawing', () => {
    const svg = '<svg class="m" width="10" height="10"><clipPath id="clip0"/><g clip-path="url(#clip0)"/></svg>';
    const named = accessibleSvg(svg, { id: 'a', title: 'A < B', description: '"x"' });
    expect(named).toContain('<title id="a-title">A &lt; B</title><desc id="a-desc">&quot;x&quot;</desc>');
    expect(named).toContain('<clipPath id="a-clip0"/><g clip-path="url(#a-clip0)"/>');
    expect(() => accessibleSvg('<p>', { id: 'a', title: '', description: '' })).toThrow('no SVG');
    expect(() => accessibleSvg('<svg width="0" height="0"></svg>', { id: 'a', title: '', description: '' })).toThrow(
      'no size',
    );
  });
});
