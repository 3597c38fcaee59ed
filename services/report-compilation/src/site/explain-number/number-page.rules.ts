import { escapeHtml as h } from '../../publication/render-page/html.rules.js';
import { dayText } from '../../report-model/number-text.rules.js';
import type { ReportNumber } from '../../report-model/report-model.rules.js';
import type { Metric, MetricRegister } from '../../numbers/define-metrics/metric-register.rules.js';
import { editionName } from '../front-page/front-page.rules.js';
import { facts, section, sitePage, siteTable, textOf } from '../page-frame/page-frame.rules.js';
import type { Say } from '../site-words/site-words.rules.js';
import { definitionInWords } from './definition.rules.js';
import { numberChart, type NumberChart } from './number-chart.rules.js';
import { numberTitle, valueTold } from './number-title.rules.js';

export interface ExplainedNumber {
  readonly edition: { readonly id: string; readonly year: number; readonly edition: number };
  readonly number: ReportNumber;
  readonly metric: Metric;
  readonly register: Pick<MetricRegister, 'id' | 'metrics' | 'disclosure'>;
  readonly snapshot: {
    readonly id: string;
    readonly root: string;
    readonly events: number;
    readonly sealedDay: string;
  };
  /** Where the report draws it. */
  readonly chart?: NumberChart;
  /** The events behind it where they are open. */
  readonly events?: {
    readonly items: readonly { readonly type: string; readonly id: string; readonly day: string }[];
    readonly nextCursor?: string;
  };
}

const hash = (text: string): string => `<span class="hash">${h(text)}</span>`;

function eventsTold(say: Say, told: ExplainedNumber, data: string, path: string): string {
  const { number, metric, events } = told;
  if (!events) {
    const why =
      number.status === 'S' || number.status === 'C'
        ? 'number.closed-withheld'
        : metric.disclosure === 'persons'
          ? 'number.closed-persons'
          : 'number.closed-source';
    return `<p>${say.t(why)}</p>`;
  }
  if (events.items.length === 0) return `<p>${say.t('number.events-none')}</p>`;
  const rows = events.items.map(({ id, type, day }) => [
    `<code>${h(id)}</code>`,
    `<code>${h(type)}</code>`,
    h(day),
    `<a href="${h(`${data}/proof?event=${encodeURIComponent(id)}`)}">${say.t('number.proof-link')}<span class="vh"> ${h(id)}</span></a>`,
  ]);
  const columns = (['col.event', 'col.kind', 'col.day', 'col.proof'] as const).map((key) => say.t(key));
  const next = events.nextCursor
    ? `<p><a rel="next" href="${say.href(`${path}?cursor=${encodeURIComponent(events.nextCursor)}`)}#events">${say.t('number.next')}</a></p>`
    : '';
  return `<p>${say.t('number.events-text')}</p>${siteTable(say, { id: 'event-list', caption: say.t('number.events'), columns, rows })}${next}`;
}

/** Where a number comes from (R2): what it means, what it rests on, the events behind it or why they are not shown, how to check it. */
export function numberPage(say: Say, told: ExplainedNumber): string {
  const { edition, number, metric, register, snapshot, chart } = told;
  const path = `editions/${edition.id}/numbers/${number.id}`;
  const data = `/v1/national-reports/${edition.id}/numbers/${number.id}`;
  const withheld = number.status === 'S' || number.status === 'C';
  const count = new Intl.NumberFormat({ kk: 'kk-KZ', ru: 'ru-RU', en: 'en-GB' }[say.language]);
  const about: [string, string][] = [
    [say.t('number.id'), `<code>${h(number.id)}</code>`],
    [say.t('number.edition'), `<a href="${say.href(`editions/${edition.id}`)}">${editionName(say, edition)}</a>`],
    [say.t('number.metric'), `<code>${h(metric.id)}</code>, ${number.metricVersion}`],
    [say.t('number.register'), `<code>${h(register.id)}</code>`],
  ];
  const proof: [string, string][] = [
    [say.t('number.snapshot'), hash(snapshot.id)],
    [say.t('number.root'), hash(snapshot.root)],
    [say.t('number.sealed'), h(dayText(snapshot.sealedDay, say.language))],
    [say.t('number.inputs'), withheld ? say.t('number.not-told') : count.format(number.inputs)],
    [say.t('number.input-root'), withheld ? say.t('number.not-told') : hash(number.inputRoot)],
  ];
  const commands = `npm run -s report -- fetch ADDRESS ${edition.id} --out edition\nnpm run -s report -- verify edition`;
  const body = [
    section('value', say.t('number.value'), `<p class="value">${valueTold(say, number)}</p>${facts(about)}`),
    ...(chart ? [section('chart', say.t('number.chart'), numberChart(say, number.id, chart))] : []),
    section('definition', say.t('number.definition'), facts(definitionInWords(say, metric, register, edition.year))),
    section('proof', say.t('number.proof'), facts(proof)),
    section('events', say.t('number.events'), eventsTold(say, told, data, path)),
    section(
      'verify',
      say.t('number.verify'),
      `<p>${say.t('number.verify-text')}</p><pre tabindex="0" role="group" aria-label="${say.t('number.verify')}"><code>${h(commands)}</code></pre>`,
    ),
  ];
  return sitePage(say, {
    ...{ title: textOf(numberTitle(say, number.id, metric)), lead: say.t('number.title'), path, data },
    ...(chart ? { scriptHref: chart.scriptHref } : {}),
    body: body.join('\n'),
  });
}
