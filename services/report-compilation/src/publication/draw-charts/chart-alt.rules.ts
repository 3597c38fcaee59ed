import { numberText } from '../../report-model/number-text.rules.js';
import type { ChartBlock, Language, ReportModel } from '../../report-model/report-model.rules.js';
import { fill, type FrameWords } from '../frame-words/frame-words.rules.js';
import { chartData, numberOf } from './chart-data.rules.js';

const YEAR = /^\d{4}$/;

/** What the chart shows, for those who do not see it: made of the data, so that it cannot tell another story than the drawing. */
export function chartAlt(
  chart: ChartBlock,
  numbers: ReportModel['numbers'],
  language: Language,
  words: FrameWords,
): string {
  const data = chartData(chart, numbers, language);
  const points = data.map(({ label, text, value }, i) => {
    const status = numberOf(numbers, chart.points[i]!.number, chart.id).status;
    const said = value !== null ? text : status === 'M' ? words.missing : words.withheld;
    return fill(words, YEAR.test(label) ? 'alt.year' : 'alt.group', { label, value: said });
  });
  const sentences = [
    fill(words, chart.chart === 'line' ? 'alt.line' : 'alt.bars', {
      axis: chart.axis[language],
      points: points.join('; '),
    }),
  ];
  if (chart.chart === 'line' && data.some(({ low }) => low !== null)) {
    const intervals = chart.points.flatMap((point, i) => {
      const end = (id: string): string => numberText(numberOf(numbers, id, chart.id), language);
      return data[i]!.low === null ? [] : [{ label: data[i]!.label, ends: `${end(point.low!)}–${end(point.high!)}` }];
    });
    const told = ({ label, ends }: { label: string; ends: string }): string =>
      fill(words, YEAR.test(label) ? 'alt.year' : 'alt.group', { label, value: ends });
    sentences.push(fill(words, 'alt.band', { first: told(intervals[0]!), last: told(intervals.at(-1)!) }));
    const without = data.filter(({ low, value }) => low === null && value !== null).map(({ label }) => label);
    if (without.length > 0) sentences.push(fill(words, 'alt.no-band', { labels: without.join(', ') }));
  }
  for (const { note } of chart.breaks ?? []) sentences.push(note[language]);
  return sentences.join(' ');
}
