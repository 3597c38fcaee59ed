import { escapeHtml as h } from '../../publication/render-page/html.rules.js';
import { numberText } from '../../report-model/number-text.rules.js';
import type { ReportNumber } from '../../report-model/report-model.rules.js';
import type { Metric } from '../../numbers/define-metrics/metric-register.rules.js';
import type { Say } from '../site-words/site-words.rules.js';

/** What a number is called: its metric, and the group that it tells of. */
export function numberTitle(say: Say, id: string, { id: metric, titles, words }: Metric): string {
  const group = id.slice(metric.length + 1);
  if (group === '') return say.of(titles);
  return `${say.of(titles)}: ${words === undefined ? h(group) : say.group(words, group)}`;
}

/** A value as it is printed; a sign in its place is said in words. */
export const valueTold = (say: Say, number: ReportNumber): string =>
  number.status === 'A'
    ? h(numberText(number, say.language))
    : say.t(number.status === 'M' ? 'number.missing' : 'number.withheld');
