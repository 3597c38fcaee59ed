import type { ChartBlock, Language, ReportModel } from '../../report-model/report-model.rules.js';
import type { FrameWords } from '../frame-words/frame-words.rules.js';
import { chartAlt, pointsSaid } from './chart-alt.rules.js';
import { type ChartDatum, chartData, numberOf } from './chart-data.rules.js';

/** A Vega-Lite spec. Plain JSON: what is printed and what a page may make interactive are the same bytes. */
export type ChartSpec = Readonly<Record<string, unknown>> & {
  /** The text in place of the chart. */
  readonly description: string;
  readonly layer: readonly (Readonly<Record<string, unknown>> & { readonly name: string })[];
};

/** Against white: line and text 7.6:1, edge of the band 3.5:1, axis lines 3.2:1 (WCAG 1.4.11 asks 3:1). */
export const INK = {
  line: '#0b5c6b',
  edge: '#5c8f99',
  band: '#cfe1e4',
  axis: '#8a949c',
  grid: '#e3e8eb',
  text: '#2b3844',
} as const;

const SEPARATORS: Readonly<Record<Language, { decimal: string; thousands: string }>> = {
  kk: { decimal: ',', thousands: '\u00a0' },
  ru: { decimal: ',', thousands: '\u00a0' },
  en: { decimal: '.', thousands: ',' },
};

const WIDTH = 560;
/** From bar to bar. */
const STEP = 30;
/** Values are written at the points while they do not touch each other. */
const WRITTEN = 20;
const CHARACTER = 6.4;

/** A dashed rule half a step before the first point after a break. */
const breakRule = (data: readonly ChartDatum[], offset: object): ChartSpec['layer'] =>
  data.some(({ broken }) => broken)
    ? [
        {
          name: 'breaks',
          transform: [{ filter: 'datum.broken' }],
          mark: { type: 'rule', color: INK.text, strokeWidth: 1.5, strokeDash: [5, 4], ...offset },
        },
      ]
    : [];

const told = { filter: 'isValid(datum.value)' };
const banded = { filter: 'isValid(datum.low)' };
const untold = { filter: '!isValid(datum.value)' };

const neighbours = (data: readonly ChartDatum[], of: 'value' | 'low'): boolean =>
  data.some((datum, i) => {
    const before = data[i - 1];
    const run = of === 'low' ? 'bandRun' : 'run';
    return before !== undefined && datum[of] !== null && before[of] !== null && before[run] === datum[run];
  });

/** Each layer is there only when it has something to draw, so that one that stays empty is a fault (the drawer throws). */
export function chartSpec(
  chart: ChartBlock,
  numbers: ReportModel['numbers'],
  language: Language,
  words: FrameWords,
): ChartSpec {
  const data = chartData(chart, numbers, language);
  const said = pointsSaid(chart, numbers, language, words);
  const labels = data.map(({ label }) => label);
  const axisLabels = `${JSON.stringify(labels)}[datum.value]`;
  const unit = numberOf(numbers, chart.points[0]!.number, chart.id).unit;
  const title =
    unit === 'share'
      ? `${chart.axis[language]}, %`
      : unit === 'tiyn'
        ? `${chart.axis[language]}, ₸`
        : chart.axis[language];
  const tooltip = { field: 'said', type: 'nominal' };
  const some = data.some(({ value }) => value !== null);
  const none = data.some(({ value }) => value === null);
  // A layer with some of the points only would put them before or after all others: then the order is told.
  const inOrder =
    none || data.some(({ broken }) => broken) ? { scale: { domain: data.map(({ order }) => order) } } : {};
  const common = {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    description: chartAlt(chart, numbers, language, words),
    background: null,
    data: { name: 'points', values: data.map((datum, i) => ({ ...datum, said: said[i] })) },
    config: {
      font: 'Inter',
      locale: { number: { ...SEPARATORS[language], grouping: [3], currency: ['', ''] } },
      view: { stroke: null },
      text: { font: 'Inter', fontSize: 11, color: INK.text },
      axis: {
        labelFont: 'Inter',
        titleFont: 'Inter',
        labelFontSize: 11,
        titleFontSize: 11,
        titleFontWeight: 600,
        labelColor: INK.text,
        titleColor: INK.text,
        domainColor: INK.axis,
        tickColor: INK.axis,
        gridColor: INK.grid,
        labelLimit: 240,
      },
    },
  };
  // With nothing told the axis would have no end; a place for the signs of what is not told is all there is.
  const scale = some ? { zero: true, nice: true } : { domain: [0, 1] };
  const measure = (axis: object): object => ({
    field: 'value',
    type: 'quantitative',
    title,
    scale,
    axis: { tickCount: 5, ...axis },
  });

  if (chart.chart === 'bars') {
    const place = {
      field: 'order',
      type: 'ordinal',
      sort: null,
      ...inOrder,
      title: null,
      axis: { labelExpr: axisLabels, ticks: false, labelPadding: 8 },
    };
    return {
      ...common,
      width: WIDTH - 120,
      height: { step: STEP },
      encoding: { y: place, tooltip },
      layer: [
        ...breakRule(data, { yOffset: -STEP / 2 }),
        ...(some
          ? [
              {
                name: 'bars',
                transform: [told],
                mark: { type: 'bar', color: INK.line, height: 16 },
                encoding: { x: measure({ grid: true, domain: false }) },
              },
              {
                name: 'written',
                transform: [told],
                mark: { type: 'text', align: 'left', dx: 6, fontWeight: 600 },
                encoding: { x: measure({}), text: { field: 'text' } },
              },
            ]
          : []),
        ...(none
          ? [
              {
                name: 'untold',
                transform: [untold],
                mark: { type: 'text', align: 'left', dx: 6, fontSize: 14, fontWeight: 600 },
                encoding: { x: { datum: 0, type: 'quantitative', title, scale }, text: { field: 'text' } },
              },
            ]
          : []),
      ],
    };
  }

  const widest = Math.max(...labels.map((label) => label.length)) * CHARACTER;
  const x = {
    field: 'order',
    type: 'ordinal',
    sort: null,
    ...inOrder,
    title: null,
    axis: {
      labelExpr: axisLabels,
      grid: false,
      ...(widest > WIDTH / labels.length - 4 ? { labelAngle: -40 } : { labelAngle: 0 }),
    },
  };
  const between = { y: { ...measure({}), field: 'low' }, y2: { field: 'high' } };
  return {
    ...common,
    width: WIDTH,
    height: 230,
    encoding: { x, tooltip },
    layer: [
      ...breakRule(data, { xOffset: -WIDTH / data.length / 2 }),
      ...(neighbours(data, 'low')
        ? [
            {
              name: 'band',
              transform: [banded],
              mark: { type: 'area', color: INK.band },
              encoding: { ...between, detail: { field: 'bandRun' } },
            },
          ]
        : []),
      // The ends as lines: a second sign of the band beside its colour.
      ...(neighbours(data, 'low') ? (['low', 'high'] as const) : []).map((end) => ({
        name: end,
        transform: [banded],
        mark: { type: 'line', color: INK.edge, strokeWidth: 1 },
        encoding: { y: { ...measure({}), field: end }, detail: { field: 'bandRun' } },
      })),
      ...(data.some(({ alone }) => alone)
        ? [
            {
              name: 'interval',
              transform: [{ filter: 'datum.alone' }],
              mark: { type: 'rule', color: INK.edge, strokeWidth: 2 },
              encoding: between,
            },
          ]
        : []),
      ...(neighbours(data, 'value')
        ? [
            {
              name: 'line',
              transform: [told],
              mark: { type: 'line', color: INK.line, strokeWidth: 2.25 },
              encoding: { y: measure({}), detail: { field: 'run' } },
            },
          ]
        : []),
      ...(some
        ? [
            {
              name: 'points',
              transform: [told],
              mark: { type: 'point', filled: true, size: 44, opacity: 1, color: INK.line },
              encoding: { y: measure({}) },
            },
          ]
        : []),
      ...(some && data.length <= WRITTEN
        ? [
            {
              name: 'written',
              transform: [told],
              mark: { type: 'text', dy: -11, fontWeight: 600 },
              encoding: { y: measure({}), text: { field: 'text' } },
            },
          ]
        : []),
      ...(none
        ? [
            {
              name: 'untold',
              transform: [untold],
              mark: { type: 'text', dy: -8, fontSize: 14, fontWeight: 600 },
              encoding: { y: { datum: 0, type: 'quantitative', title, scale }, text: { field: 'text' } },
            },
          ]
        : []),
    ],
  };
}
