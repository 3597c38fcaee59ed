import { languageNames } from './language-names.rules.js';
import { escapeHtml as h } from '../../publication/render-page/html.rules.js';
import { LANGUAGES } from '../../report-model/report-model.rules.js';
import type { Say } from '../site-words/site-words.rules.js';
import { SITE_STYLE } from './site-style.rules.js';

export interface SitePage {
  /** Plain text. */
  readonly title: string;
  /** Below the heading, as HTML. */
  readonly lead?: string;
  /** The address without its language: `editions/…`; an answer to a form has that of the form. */
  readonly path: string;
  readonly body: string;
  /** The same as data. */
  readonly data?: string;
  /** Of a page with charts: where their script is. */
  readonly scriptHref?: string;
}

/** A short word with a hyphen stays in one line: «іс-қимыл». */
const unbroken = (html: string): string =>
  html.replace(/[^\s-]{1,7}-[^\s-]{1,7}(?![^\s])/g, '<span class="whole">$&</span>');

const PLACES = [
  ['', 'site.home'],
  ['consultations', 'site.consultations'],
] as const;

/** A page of the site around what it says: the same tree of ids in every language, no script but that of charts, nothing loaded from elsewhere. */
export function sitePage(say: Say, { title, lead, path, body, data, scriptHref }: SitePage): string {
  const address = (language: string): string => h(`/${language}${path === '' ? '' : `/${path}`}`);
  const alternates = LANGUAGES.map((one) => `<link rel="alternate" hreflang="${one}" href="${address(one)}">`).join('');
  const languages = LANGUAGES.map((one) => {
    const current = one === say.language ? ' aria-current="true"' : '';
    const name = languageNames[one];
    return `<li><a lang="${one}" hreflang="${one}" rel="alternate" href="${address(one)}"${current}>${name}</a></li>`;
  });
  const places = PLACES.map(([to, key]) => {
    const current = to === path ? ' aria-current="page"' : '';
    return `<li><a href="${say.href(to)}"${current}>${say.t(key)}</a></li>`;
  });
  const name = say.t('site.name');
  const whole = h(title) === name ? name : `${h(title)} — ${name}`;
  const eyebrow = h(title) === name ? '' : `<p class="eyebrow"><a href="${say.href('')}">${name}</a></p>`;
  const machines = data ? `<p><a href="${h(data)}">${say.t('site.machines')}</a></p>` : '';
  const script = scriptHref === undefined ? '' : `<script src="${h(scriptHref)}" defer></script>`;
  return `<!doctype html>
<html lang="${say.language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${whole}</title>${alternates}<style>${SITE_STYLE}</style>${script}</head>
<body><a class="skip" href="#text">${say.t('site.skip')}</a>
<header class="cover"><div class="inner"><nav aria-label="${say.t('site.languages')}"><ul>${languages.join('')}</ul></nav>${eyebrow}<h1>${unbroken(h(title))}</h1>${lead ? `<p class="meta">${lead}</p>` : ''}<nav class="places" aria-label="${say.t('site.places')}"><ul>${places.join('')}</ul></nav></div></header>
<main id="text" tabindex="-1">
${body}
</main>
<footer><div>${machines}<p>${say.t('site.footer')}</p></div></footer></body></html>
`;
}

export const section = (id: string, title: string, inner: string): string =>
  `<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${title}</h2>\n${inner}</section>`;

/** Terms with what is told of them, both HTML. */
export const facts = (list: readonly (readonly [term: string, told: string])[]): string =>
  `<dl>${list.map(([term, told]) => `<dt>${term}</dt><dd>${told}</dd>`).join('')}</dl>`;

export interface SiteTable {
  readonly id: string;
  /** HTML, as all that follows. */
  readonly caption: string;
  readonly columns: readonly string[];
  /** The first cell of a row is its header. */
  readonly rows: readonly (readonly string[])[];
  /** Columns that hold numbers, from 0. */
  readonly numeric?: readonly number[];
}

/** A table under a heading that says the same as its caption; it scrolls in itself and takes the focus, so that the page never scrolls sideways. */
export function siteTable(say: Say, { id, caption, columns, rows, numeric = [] }: SiteTable): string {
  const head = columns.map((column, i) => `<th scope="col"${numeric.includes(i) ? ' class="n"' : ''}>${column}</th>`);
  const body = rows.map(([first = '', ...cells]) => {
    const tds = cells.map((cell, i) => `<td${numeric.includes(i + 1) ? ' class="n"' : ''}>${cell}</td>`);
    return `<tr><th scope="row">${first}</th>${tds.join('')}</tr>`;
  });
  // The caption is HTML of a word of ours; in an attribute its entities mean the same.
  const name = say.t('site.scrolls', { caption: '\u0000' }).replace('\u0000', caption);
  return `<div class="scroll" role="region" tabindex="0" aria-label="${name}"><table id="${id}" class="words"><caption><span class="vh">${caption}</span></caption><thead><tr>${head.join('')}</tr></thead><tbody>
${body.join('\n')}
</tbody></table></div>`;
}

/** What is said where there is nothing, and where a page is not found. */
export const lostPage = (say: Say): string =>
  sitePage(say, {
    title: textOf(say.t('lost.title')),
    path: '',
    body: `<section id="lost"><p>${say.t('lost.text')}</p><p><a href="${say.href('')}">${say.t('lost.home')}</a></p></section>`,
  });

/** A word of ours back from HTML, for the places that take plain text. */
export const textOf = (html: string): string =>
  html.replace(
    /&(amp|lt|gt|quot|#39);/g,
    (_, name: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"' })[name] ?? "'",
  );
