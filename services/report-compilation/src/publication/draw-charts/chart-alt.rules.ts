import { numberText } from '../../report-model/number-text.rules.js';
import type { ChartBlock, Language, ReportModel } from '../../report-model/report-model.rules.js';
import { fill, type FrameWords } from '../frame-words/frame-words.rules.js';
import { chartData, numberOf } from './chart-data.rules.js';

/** What one point says, in words: a sign in place of a value is no word. */
interface PointTold {
  readonly label: string;
  readonly value: string;
  /** The ends of its interval, where it has one. */
  readonly ends?: string;
}

const YEAR = /^\d{4}$/;
const told = (words: FrameWords, label: string, value: string): string =>
  fill(words, YEAR.test(label) ? 'alt.year' : 'alt.group', { label, value });

function pointsOf(
  chart: ChartBlock,
  numbers: ReportModel['numbers'],
  language: Language,
  words: FrameWords,
): readonly PointTold[] {
  const end = (id: string): string => numberText(numberOf(numbers, id, chart.id), language);
  return chartData(chart, numbers, language).map(({ label, text, value, low }, i) => {
    const point = chart.points[i]!;
    const { status } = numberOf(numbers, point.number, chart.id);
    return {
      label,
      value: value !== null ? text : status === 'M' ? words.missing : words.withheld,
      // A dash between negative ends would read as a minus.
      ...(low === null ? {} : { ends: `${end(point.low!)}${low < 0 ? '\u00a0… ' : '–'}${end(point.high!)}` }),
    };
  });
}

/** What each point says on its own, in the order of the points: shown and announced where a reader stands on it. */
export const pointsSaid = (
  chart: ChartBlock,
  numbers: ReportModel['numbers'],
  language: Language,
  words: FrameWords,
): readonly string[] =>
  pointsOf(chart, numbers, language, words).map(({ label, value, ends }) => {
    const point = told(words, label, value);
    return ends === undefined ? point : fill(words, 'alt.point-band', { point, ends });
  });

/** What the chart shows, for those who do not see it: made of the data, so that it cannot tell another story than the drawing. */
export function chartAlt(
  chart: ChartBlock,
  numbers: ReportModel['numbers'],
  language: Language,
  words: FrameWords,
): string {
  const points = pointsOf(chart, numbers, language, words);
  const sentences = [
    fill(words, chart.chart === 'line' ? 'alt.line' : 'alt.bars', {
      axis: chart.axis[language],
      points: points.map(({ label, value }) => told(words, label, value)).join('; '),
    }),
  ];
  const banded = points.flatMap(({ label, ends }) => (ends === undefined ? [] : [told(words, label, ends)]));
  if (chart.chart === 'line' && banded.length > 0) {
    sentences.push(fill(words, 'alt.band', { first: banded[0]!, last: banded.at(-1)! }));
    const data = chartData(chart, numbers, language);
    const without = data.filter(({ low, value }) => low === null && value !== null).map(({ label }) => label);
    if (without.length > 0) sentences.push(fill(words, 'alt.no-band', { labels: without.join(', ') }));
  }
  for (const { note } of chart.breaks ?? []) sentences.push(note[language]);
  return sentences.join(' ');
}
