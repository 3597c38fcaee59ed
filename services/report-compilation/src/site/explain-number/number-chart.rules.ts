import { captionsOf, chartTable } from '../../publication/frame-words/around-block.rules.js';
import { fill, type FrameWords } from '../../publication/frame-words/frame-words.rules.js';
import { escapeHtml as h } from '../../publication/render-page/html.rules.js';
import type { ChartBlock, ReportModel } from '../../report-model/report-model.rules.js';
import { siteTable } from '../page-frame/page-frame.rules.js';
import { siteChart, type SiteChart } from '../page-frame/site-chart.rules.js';
import type { Say } from '../site-words/site-words.rules.js';
import { valueTold } from './number-title.rules.js';

/** The chart of the report in which a number stands. */
export const chartOf = ({ sections }: ReportModel, number: string): ChartBlock | undefined =>
  sections
    .flatMap(({ blocks }) => blocks)
    .find(
      (block): block is ChartBlock =>
        block.kind === 'chart' && block.points.some((point) => [point.number, point.low, point.high].includes(number)),
    );

export interface NumberChart extends SiteChart {
  readonly block: ChartBlock;
  readonly model: ReportModel;
  readonly words: FrameWords;
}

/** The number among its neighbours, as the report draws them, and the same as a table. */
export function numberChart(say: Say, number: string, chart: NumberChart): string {
  const { block, model, words } = chart;
  const label = captionsOf(model, words)[block.id]!;
  const { columns, rows } = chartTable(block, say.language, words);
  const cell = (id: string | null): string => {
    const told = id === null ? undefined : model.numbers[id];
    if (!told) return say.t('number.missing');
    const current = id === number ? ' aria-current="page"' : '';
    return `<a href="${say.href(`editions/${model.nationalReportId}/numbers/${told.id}`)}"${current}>${valueTold(say, told)}</a>`;
  };
  const table = siteTable(say, {
    ...{ id: 'chart-table', columns: columns.map(h), numeric: columns.map((_, i) => i).slice(1) },
    caption: h(fill(words, 'figure.data', { n: label.replace(/\D+/g, '') })),
    rows: rows.map(({ label: name, cells }) => [h(name), ...cells.map(cell)]),
  });
  return `${siteChart(say, 'number-figure', `${label}. ${block.title[say.language]}`, chart)}${table}`;
}
