import { escapeHtml as h } from '../../publication/render-page/html.rules.js';
import type { Credit } from '../../indices/read-index/credit.rules.js';
import type { Attainment } from '../../indices/compare-editions/score.rules.js';
import type { SeriesPoint } from '../../indices/read-index/series.rules.js';
import type { ChartBlock, Language, ReportNumber } from '../../report-model/report-model.rules.js';
import { facts, section, sitePage, siteTable, textOf } from '../page-frame/page-frame.rules.js';
import { siteChart, type SiteChart } from '../page-frame/site-chart.rules.js';
import type { Say } from '../site-words/site-words.rules.js';

export interface ShownIndex extends Credit {
  readonly country: string;
  readonly comparableFrom: number;
  readonly points: readonly SeriesPoint[];
  readonly targets: readonly Attainment[];
}

export interface CheckedSentence {
  readonly sentence: string;
  /** What the data say to it, in the language of the page; absent when no place could be read out of it. */
  readonly finding?: string;
}

const LOCALES: Readonly<Record<Language, string>> = { kk: 'kk-KZ', ru: 'ru-RU', en: 'en-GB' };
const DIGITS = 4;
const decimal = (say: Say, value: number, digits = 0): string =>
  h(
    new Intl.NumberFormat(LOCALES[say.language], { minimumFractionDigits: digits, maximumFractionDigits: DIGITS })
      .format(value)
      .replace('-', '−'),
  );

const digitsOf = (values: readonly number[]): number =>
  Math.min(DIGITS, Math.max(0, ...values.map((value) => String(value).split('.')[1]?.length ?? 0)));

/** Scores and bands are told alike through a series, in its table and at its points. */
const digitsIn = (points: readonly SeriesPoint[]): { readonly score: number; readonly band: number } => ({
  score: digitsOf(points.flatMap(({ published }) => published?.score ?? [])),
  band: digitsOf(points.flatMap(({ computed }) => computed?.band90 ?? [])),
});

/**
 * The comparable years as a chart; undefined while there is no score to draw. Years of an earlier method are left out, and a year
 * without a value is a gap.
 */
export function indexChart(
  say: Say,
  { index, points, comparableFrom }: ShownIndex,
): { readonly chart: ChartBlock; readonly numbers: Readonly<Record<string, ReportNumber>> } | undefined {
  const drawn = points.filter(({ year }) => year >= comparableFrom);
  const first = drawn.findIndex(({ published }) => published?.score !== undefined);
  const last = drawn.findLastIndex(({ published }) => published?.score !== undefined);
  if (first < 0) return undefined;
  const told = drawn.slice(first, last + 1);
  const digits = digitsIn(points);
  const numbers: Record<string, ReportNumber> = {};
  const number = (id: string, value: number | undefined, decimals: number): string => {
    numbers[id] = {
      ...{ id, unit: 'score', decimals, value: value ?? null, status: value === undefined ? 'M' : 'A' },
      ...{ metric: index, metricVersion: 1, inputs: 0, inputRoot: '' },
    };
    return id;
  };
  const same = (text: string): ChartBlock['title'] => ({ kk: text, ru: text, en: text });
  const chart: ChartBlock = {
    ...{ kind: 'chart', id: 'series-chart', chart: 'line' },
    ...{ title: same(textOf(say.t('index.chart'))), axis: same(textOf(say.t('index.score'))) },
    points: told.map(({ year, published, computed }) => ({
      ...{ label: same(String(year)), number: number(`y${year}`, published?.score, digits.score) },
      ...(computed?.band90
        ? {
            low: number(`y${year}.low`, computed.band90[0], digits.band),
            high: number(`y${year}.high`, computed.band90[1], digits.band),
          }
        : {}),
    })),
  };
  return { chart, numbers };
}

function placeTold(say: Say, { published, computed }: SeriesPoint): string {
  const place = computed?.place;
  if (place && place.tiedWith > 0) return say.t('index.tied', { rank: place.rank, of: place.of, n: place.tiedWith });
  const { rank, countries } = published ?? {};
  return rank === undefined ? '' : say.t('index.place', { rank, of: countries ?? '?' });
}

function seriesTable(say: Say, { points, comparableFrom }: ShownIndex): string {
  const percentiles = points.some(({ published }) => published?.percentile !== undefined);
  const digits = digitsIn(points);
  const range = (ends: readonly [number, number] | undefined, places = 0): string =>
    ends ? ends.map((end) => decimal(say, end, places)).join('\u00a0… ') : '';
  const notes = ({ year, missing, restated }: SeriesPoint): string =>
    [
      ...(missing ? [say.t('index.gap')] : []),
      ...(year < comparableFrom ? [say.t('index.old-method')] : []),
      ...(restated ?? []).map(({ vintage, published }) =>
        say.t('index.restated', {
          vintage,
          value: textOf(decimal(say, published.score ?? published.percentile ?? published.rank ?? 0)),
        }),
      ),
    ].join('; ');
  const rows = [...points].reverse().map((point) => {
    const { published, computed } = point;
    const value = (one: number | undefined, places = 0): string =>
      one === undefined ? '–' : decimal(say, one, places);
    return [
      ...[String(point.year), value(published?.score, digits.score), range(computed?.band90, digits.band)],
      ...(percentiles ? [value(published?.percentile)] : []),
      ...[placeTold(say, point), range(computed?.placeInterval90)],
      ...[published?.sources === undefined ? '' : String(published.sources), notes(point)],
    ];
  });
  const columns = [
    ...(['col.year', 'col.score', 'col.band'] as const),
    ...(percentiles ? (['col.percentile'] as const) : []),
    ...(['col.place', 'col.place-band', 'col.sources', 'col.note'] as const),
  ].map((key) => say.t(key));
  // What an index does not state at all has no column.
  const kept = columns.map((_, i) => i === 0 || rows.some((row) => row[i] !== ''));
  const stated = <T>(cells: readonly T[]): T[] => cells.filter((_, i) => kept[i]);
  return siteTable(say, {
    ...{ id: 'series-table', caption: say.t('index.series'), numeric: [1] },
    ...{ columns: stated(columns), rows: rows.map(stated) },
  });
}

function targetsTable(say: Say, targets: readonly Attainment[]): string {
  if (targets.length === 0) return `<p>${say.t('index.no-target')}</p>`;
  const rows = targets.map(({ year, target, result, short, source }) => [
    ...[String(year), decimal(say, target), result === undefined ? say.t('index.not-yet') : decimal(say, result)],
    ...[short === undefined ? '' : decimal(say, short), `<span lang="en">${h(source)}</span>`],
  ]);
  const columns = (['col.year', 'col.target', 'col.result', 'col.short', 'col.source'] as const).map((key) =>
    say.t(key),
  );
  return siteTable(say, { id: 'target-table', caption: say.t('index.targets'), columns, rows, numeric: [1, 2, 3] });
}

function claimForm(say: Say, index: string, checked: CheckedSentence | undefined): string {
  const told = checked
    ? `<div class="told${checked.finding === undefined ? ' refused' : ''}" id="finding" role="status"><h3>${say.t('claim.finding')}</h3><p class="note">${say.t('claim.claimed')}: ${h(checked.sentence)}</p><p>${checked.finding === undefined ? say.t('claim.not-read') : h(checked.finding)}</p></div>`
    : '';
  return `${told}<form method="get" action="${say.href(`indices/${index}`)}#claim"><p><label for="sentence">${say.t('claim.label')}</label><input id="sentence" name="claim" required maxlength="500" value="${h(checked?.sentence ?? '')}" aria-describedby="sentence-hint"><span class="hint" id="sentence-hint">${say.t('claim.hint')}</span></p><button>${say.t('claim.check')}</button></form>`;
}

/** The country in an index: each year with what is not certain about it, and whether a claim about it holds (R8). */
export function indexPage(
  say: Say,
  told: ShownIndex,
  chart: SiteChart | undefined,
  checked: CheckedSentence | undefined,
): string {
  const { index, country, measures, attribution, licence, licenceUrl, comparableFrom } = told;
  const about: [string, string][] = [
    [say.t('index.country'), h(country)],
    [say.t('index.measures'), say.choice('measures', measures)],
    [
      say.t('index.producer'),
      `<span lang="en">${h(attribution)}</span> (<a lang="en" href="${h(licenceUrl)}">${h(licence)}</a>)`,
    ],
    [say.t('index.break'), say.t('index.break-text', { year: comparableFrom })],
  ];
  const figure = chart ? siteChart(say, 'series-figure', textOf(say.t('index.chart')), chart) : '';
  const body = [
    `<section id="about">${facts(about)}</section>`,
    section(
      'series',
      say.t('index.series'),
      `${figure}${seriesTable(say, told)}<p class="note">${say.t('index.series-note')}</p>`,
    ),
    section('targets', say.t('index.targets'), targetsTable(say, told.targets)),
    section('claim', say.t('claim.title'), claimForm(say, index, checked)),
  ];
  return sitePage(say, {
    ...{ title: textOf(say.choice('index', index)), path: `indices/${index}` },
    data: `/v1/indices/${index}/${country}/series`,
    ...(chart ? { scriptHref: chart.scriptHref } : {}),
    body: body.join('\n'),
  });
}
