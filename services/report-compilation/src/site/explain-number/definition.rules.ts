import { escapeHtml as h } from '../../publication/render-page/html.rules.js';
import type { Metric, MetricRegister } from '../../numbers/define-metrics/metric-register.rules.js';
import type { Say } from '../site-words/site-words.rules.js';

const code = (names: readonly string[]): string => names.map((name) => `<code>${h(name)}</code>`).join(', ');
/** Puts HTML into a word after the word is made HTML: names of fields are code in it. */
const around = (word: string, marks: Readonly<Record<string, string>>): string =>
  Object.entries(marks).reduce((text, [mark, html]) => text.replace(mark, () => html), word);

/** The definition of a metric in words: what is counted, how, of when, what of it is left out, and what is not told (R2). */
export function definitionInWords(
  say: Say,
  metric: Metric,
  register: Pick<MetricRegister, 'metrics' | 'disclosure'>,
  year: number,
): readonly (readonly [term: string, told: string])[] {
  const { formula, events } = metric;
  const named = (id: string): string => register.metrics.find((one) => one.id === id)?.titles[say.language] ?? id;
  const population = (): string => {
    if (events.length > 0) return code(events);
    if (formula.kind === 'consultation') return say.t('number.population-comments');
    return say.t(formula.kind === 'constant' ? 'number.population-none' : 'number.population-metrics');
  };
  const computed = (): string => {
    switch (formula.kind) {
      case 'count':
        return say.t('formula.count');
      case 'sum':
        return around(say.t('formula.sum', { field: '\u0001' }), { '\u0001': code([formula.field]) });
      case 'value':
        return around(say.t('formula.value', { field: '\u0001' }), { '\u0001': code(formula.fields) });
      case 'share':
        return say.t('formula.share', { of: named(formula.of), in: named(formula.in) });
      case 'edge':
        return say.t('formula.edge', {
          ...{ of: named(formula.of), error: named(formula.error), times: formula.times },
        });
      case 'change':
        return say.t('formula.change', { of: named(formula.of), z: formula.z });
      case 'last':
      case 'lastGroup':
        return say.t(`formula.${formula.kind}`, { of: named(formula.of) });
      case 'consultation':
        return say.t('formula.consultation');
      case 'constant':
        return say.t('formula.constant', { value: formula.value, source: formula.source });
    }
  };
  const filters = [
    ...(metric.latestBy
      ? [around(say.t('filter.latest', { fields: '\u0001' }), { '\u0001': code(metric.latestBy) })]
      : []),
    ...(metric.where ?? []).map((one) =>
      around(say.t('filter.where', { fields: '\u0001', values: '\u0002' }), {
        '\u0001': code(one.fields),
        '\u0002': code(one.in.map(String)),
      }),
    ),
    ...(metric.ofType ? [around(say.t('filter.of-type', { types: '\u0001' }), { '\u0001': code(metric.ofType) })] : []),
    ...(metric.by ? [around(say.t('filter.by', { fields: '\u0001' }), { '\u0001': code(metric.by) })] : []),
  ];
  const { smallestCount: count, dominance, smallestBase: base } = register.disclosure;
  return [
    [say.t('number.population'), population()],
    [say.t('number.formula'), computed()],
    [say.t('number.period'), say.t(`period.${metric.period}`, { year })],
    [say.t('number.filter'), filters.length === 0 ? say.t('filter.none') : filters.join('; ')],
    [
      say.t('number.rounding'),
      metric.unit === 'code' ? say.t('rounding.code') : say.t('rounding.digits', { n: metric.decimals }),
    ],
    [
      say.t('number.disclosure'),
      metric.disclosure === 'open'
        ? say.t('disclosure.open')
        : say.t('disclosure.persons', { count, share: `${Math.round(dominance * 100)} %`, base }),
    ],
  ];
}
