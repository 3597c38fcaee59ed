import { dayText } from '../../report-model/number-text.rules.js';
import { escapeHtml as h } from '../../publication/render-page/html.rules.js';
import type { Localised } from '../../report-model/report-model.rules.js';
import { section, sitePage, textOf } from '../page-frame/page-frame.rules.js';
import type { Say } from '../site-words/site-words.rules.js';

export interface ListedEdition {
  readonly id: string;
  readonly year: number;
  readonly edition: number;
  readonly publishedDay: string;
  readonly corrects?: string;
}
export interface ListedConsultation {
  readonly id: string;
  readonly titles: Localised;
  readonly lastDay: string;
}
export interface ListedIndex {
  readonly index: string;
  readonly from?: number;
  readonly to?: number;
}

const link = (href: string, words: string, more = ''): string => `<a href="${href}"${more}>${words}</a>`;

export const editionName = (say: Say, { year, edition }: { readonly year: number; readonly edition: number }): string =>
  say.t('edition.name', { year, n: edition });

/** Where the files of an edition are. */
export const fileHref = (id: string, path: string): string => `/v1/national-reports/${id}/package/${path}`;

function editionItem(say: Say, all: readonly ListedEdition[], one: ListedEdition): string {
  const { id, publishedDay, corrects } = one;
  const named = (other: ListedEdition): string => link(say.href(`editions/${other.id}`), editionName(say, other));
  // The name of the other edition is a link: it is put in after the word is made HTML.
  const told = (key: 'edition.corrects' | 'edition.corrected-by', other: ListedEdition | undefined): string =>
    other ? `<p class="note">${say.t(key, { edition: '\u0000' }).replace('\u0000', named(other))}</p>` : '';
  const name = editionName(say, one);
  const acts = [
    link(
      h(fileHref(id, `report.${say.language}.html`)),
      say.t('edition.read'),
      ` aria-label="${say.t('edition.read')}: ${name}"`,
    ),
    link(
      h(fileHref(id, `report.${say.language}.pdf`)),
      say.t('edition.pdf'),
      ` type="application/pdf" aria-label="${say.t('edition.pdf')}: ${name}"`,
    ),
    link(say.href(`editions/${id}`), say.t('edition.about'), ` aria-label="${say.t('edition.about')}: ${name}"`),
  ];
  return `<li id="edition-${h(id)}"><h3>${named(one)}</h3><p class="note">${say.t('edition.published', { day: dayText(publishedDay, say.language) })}</p>${told(
    'edition.corrects',
    all.find((other) => other.id === corrects),
  )}${told(
    'edition.corrected-by',
    all.find((other) => other.corrects === id),
  )}<ul class="acts">${acts.map((act) => `<li>${act}</li>`).join('')}</ul></li>`;
}

/** What there is to read, newest first, and how it is checked. */
export function frontPage(
  say: Say,
  told: {
    readonly editions: readonly ListedEdition[];
    readonly consultations: readonly ListedConsultation[];
    readonly indices: readonly ListedIndex[];
  },
): string {
  const list = (items: readonly string[], none: string): string =>
    items.length === 0 ? `<p>${none}</p>` : `<ul class="list">${items.join('\n')}</ul>`;
  const consultations = told.consultations.map(
    ({ id, titles, lastDay }) =>
      `<li><h3>${link(say.href(`consultations/${id}`), say.of(titles))}</h3><p class="note">${say.t('consultation.last-day', { day: dayText(lastDay, say.language) })}</p></li>`,
  );
  const indices = told.indices.flatMap(({ index, from, to }) =>
    from === undefined || to === undefined
      ? []
      : [
          `<li><h3>${link(say.href(`indices/${index}`), say.choice('index', index))}</h3><p class="note">${say.t('index.years', { from, to })}</p></li>`,
        ],
  );
  const body = [
    section('what', say.t('front.what'), `<p>${say.t('front.what-text')}</p>`),
    section(
      'editions',
      say.t('front.editions'),
      list(
        told.editions.map((one) => editionItem(say, told.editions, one)),
        say.t('front.none'),
      ),
    ),
    section(
      'check',
      say.t('front.check'),
      `<ol>${(['front.check-1', 'front.check-2', 'front.check-3'] as const).map((key) => `<li>${say.t(key)}</li>`).join('')}</ol>`,
    ),
    section('consultations', say.t('front.consultations'), list(consultations, say.t('front.no-consultations'))),
    section('indices', say.t('front.indices'), list(indices, say.t('front.no-indices'))),
  ];
  return sitePage(say, {
    ...{ title: textOf(say.t('front.title')), path: '', data: '/v1/national-reports' },
    body: body.join('\n'),
  });
}
