import { RuleError } from '@aiqyn/contracts/rule-error';
import { dayText, MISSING, numberText, partsOf } from '../../report-model/number-text.rules.js';
import {
  type Block,
  type Language,
  LANGUAGES,
  type Localised,
  type ReportModel,
  type ReportNumber,
} from '../../report-model/report-model.rules.js';
import { numberOf } from '../draw-charts/chart-data.rules.js';
import type { ChartSpec } from '../draw-charts/chart-spec.rules.js';
import { captionsOf, chartTable, markedLabel, notesOf } from '../frame-words/around-block.rules.js';
import { eventsText, fill, type FrameKey, type FrameWords } from '../frame-words/frame-words.rules.js';
import { chartFigure } from './chart-figure.rules.js';
import { PACKAGE_POLICY } from './content-policy.rules.js';
import { escapeHtml as h, scriptJson } from './html.rules.js';
import { type Download, jsonLd } from './json-ld.rules.js';
import { fontFaces, PAGE_STYLE } from './page-style.rules.js';

export interface PageOptions {
  /** Of every language: the names of the others stand in the links to them. */
  readonly words: Readonly<Record<Language, FrameWords>>;
  /** Each chart by the id of its block, drawn in this language. */
  readonly charts: Readonly<Record<string, { readonly svg: string; readonly spec: ChartSpec }>>;
  /** Where it is told what a number was computed from. */
  readonly numberHref: (id: string) => string;
  readonly languageHref: (language: Language) => string;
  /** PDF, data package, signature: what stands beside the page. */
  readonly downloads?: readonly Download[];
  /** The canonical address, for JSON-LD. */
  readonly url?: string;
  /** Where the files of `PAGE_FONTS` are served; without it the page asks for no file. */
  readonly fontHref?: (file: string) => string;
  /** Where the script of the charts lies; with it the page brings its own policy of content, and loads nothing else. */
  readonly scriptHref?: string;
  /** Said above the title: that it is a draft. */
  readonly banner?: string;
}

class Page {
  private readonly words: FrameWords;
  private readonly captions: Readonly<Record<string, string>>;

  constructor(
    private readonly model: ReportModel,
    private readonly language: Language,
    private readonly options: PageOptions,
  ) {
    this.words = options.words[language];
    this.captions = captionsOf(model, this.words);
  }

  t(key: FrameKey, values: Readonly<Record<string, string | number>> = {}): string {
    return h(fill(this.words, key, values));
  }

  say(text: Localised): string {
    return h(text[this.language]);
  }

  /** A number as a link to what it was computed from; a sign in place of a value is said in words as well. */
  private number(number: ReportNumber): string {
    const text = h(numberText(number, this.language));
    const shown =
      number.status === 'A'
        ? text
        : `<span aria-hidden="true">${text}</span><span class="vh">${number.status === 'M' ? this.t('missing') : this.t('withheld')}</span>`;
    return `<a href="${h(this.options.numberHref(number.id))}" data-number="${h(number.id)}">${shown}</a>`;
  }

  private table(
    id: string,
    caption: string,
    columns: readonly string[],
    rows: readonly { label: string; cells: readonly (string | null)[] }[],
    absent: string,
  ): string {
    const head = columns.map((column) => `<th scope="col">${h(column)}</th>`).join('');
    const body = rows.map(({ label, cells }) => {
      const tds = cells.map(
        (cell) => `<td>${cell === null ? absent : this.number(numberOf(this.model.numbers, cell, id))}</td>`,
      );
      return `<tr><th scope="row">${h(label)}</th>${tds.join('')}</tr>`;
    });
    const name = this.t('page.scrolls', { caption });
    return `<div class="scroll" role="region" tabindex="0" aria-label="${name}"><table id="${h(id)}"><caption><span>${h(caption)}</span></caption><thead><tr>${head}</tr></thead><tbody>\n${body.join('\n')}\n</tbody></table></div>`;
  }

  private notes(lines: readonly string[]): string {
    return lines.map((line) => `<p class="note">${h(line)}</p>`).join('');
  }

  block(block: Block): string {
    const { model, language, words } = this;
    if (block.kind === 'text') {
      const html = partsOf(block.text, language, model.numbers)
        .map((part) => ('number' in part ? this.number(part.number) : h(part.words)))
        .join('');
      return `<div id="${h(block.id)}">${html
        .split(/\n{2,}/)
        .filter((one) => one.trim() !== '')
        .map((one) => `<p>${one}</p>`)
        .join('\n')}</div>`;
    }
    const label = this.captions[block.id]!;
    const notes = this.notes(notesOf(block, model.numbers, language, words));
    if (block.kind === 'table') {
      const ragged = block.rows.find(({ cells }) => cells.length !== block.columns.length - 1);
      if (ragged)
        throw new RuleError(
          'table_ragged',
          `a row of ${block.id} (${ragged.label[language]}) has another number of cells than its header`,
          { field: block.id },
        );
      const rows = block.rows.map(({ label: row, cells }, i) => ({
        label: markedLabel(row, i, block, language),
        cells,
      }));
      return (
        this.table(
          block.id,
          `${label}. ${block.caption[language]}`,
          block.columns.map((column) => column[language]),
          rows,
          '',
        ) + notes
      );
    }
    const drawn = this.options.charts[block.id];
    if (!drawn) throw new RuleError('chart_not_drawn', `the page has no drawing of ${block.id}`, { field: block.id });
    const data = chartTable(block, language, words);
    const absent = `<span aria-hidden="true">${MISSING}</span><span class="vh">${this.t('missing')}</span>`;
    const table = this.table(
      `${block.id}.data`,
      fill(words, 'figure.data', { n: label.replace(/\D+/g, '') }),
      data.columns,
      data.rows,
      absent,
    );
    const figure = chartFigure({
      ...{ id: block.id, caption: `${label}. ${block.title[language]}`, walk: words['page.walk'], drawn },
      scrolls: fill(words, 'page.scrolls.figure', { caption: label }),
    });
    return `${figure}${table}${notes}`;
  }

  sections(): string {
    return this.model.sections
      .map(({ id, title, owner, legalBasis, blocks }, i) => {
        const basis = legalBasis ? `<br>${this.t('legal-basis')}: ${this.say(legalBasis)}` : '';
        const meta = `<p class="owner meta">${this.t('owner')}: <strong>${this.say(owner)}</strong>${basis}</p>`;
        return `<section id="${h(id)}" aria-labelledby="${h(id)}-title"><h2 id="${h(id)}-title"><span class="ordinal">${i + 1}</span>${this.say(title)}</h2>${meta}\n${blocks.map((block) => this.block(block)).join('\n')}</section>`;
      })
      .join('\n');
  }

  contents(): string {
    const own = this.model.sections.map(
      ({ id, title }) => `<li><a href="#${h(encodeURIComponent(id))}">${this.say(title)}</a></li>`,
    );
    return `<nav class="contents" aria-labelledby="contents-title"><h2 id="contents-title">${this.t('contents')}</h2><ol>${own.join('')}</ol><ul><li><a href="#seal">${this.t('page.seal')}</a></li></ul></nav>`;
  }

  seal(): string {
    const { snapshot, previous } = this.model;
    const facts: [string, string][] = [
      [this.t('origins.snapshot'), h(snapshot.id)],
      [this.t('origins.events'), h(eventsText(this.words, this.language, snapshot.events))],
      [this.t('origins.root'), `<span class="hash">${h(snapshot.root)}</span>`],
    ];
    const list = facts.map(([term, told]) => `<dt>${term}</dt><dd>${told}</dd>`).join('');
    const before = previous
      ? `<p class="note">${this.t('previous', { year: previous.year, n: previous.edition, hash: previous.manifestSha256 })}</p>`
      : '';
    const columns = (
      ['origins.topic', 'origins.partition', 'origins.offset', 'origins.events', 'origins.root'] as const
    ).map((key) => `<th scope="col">${this.t(key)}</th>`);
    const count = (value: number): string =>
      h(new Intl.NumberFormat(this.language === 'en' ? 'en-GB' : `${this.language}-KZ`).format(value));
    const rows = snapshot.partitions.map(
      (p) =>
        `<tr><th scope="row">${h(p.topic)}</th><td>${p.partition}</td><td>${count(p.endOffset)}</td><td>${count(p.count)}</td><td class="hash">${h(p.root)}</td></tr>`,
    );
    const caption = this.t('origins.partitions');
    const partitions = `<div class="scroll" role="region" tabindex="0" aria-label="${this.t('page.scrolls', { caption: this.words['origins.partitions'] })}"><table id="seal.partitions"><caption><span>${caption}</span></caption><thead><tr>${columns.join('')}</tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
    return `<section id="seal" aria-labelledby="seal-title"><h2 id="seal-title">${this.t('page.seal')}</h2><p>${this.t('page.intro')}</p><dl class="sans">${list}</dl>${partitions}${before}</section>`;
  }

  languages(): string {
    const items = LANGUAGES.map((one) => {
      const name = h(this.options.words[one]['language.name']);
      const current = one === this.language ? ' aria-current="page"' : '';
      return `<li><a lang="${one}" hreflang="${one}" rel="alternate" href="${h(this.options.languageHref(one))}"${current}>${name}</a></li>`;
    });
    return `<nav aria-label="${this.t('page.languages')}"><ul>${items.join('')}</ul></nav>`;
  }

  footer(): string {
    const list = (items: readonly string[]): string => `<ul>${items.map((item) => `<li>${item}</li>`).join('')}</ul>`;
    const downloads = this.options.downloads ?? [];
    const sources =
      this.model.sources.length > 0
        ? `<h2>${this.t('sources')}</h2>${list(this.model.sources.map((one) => this.say(one)))}`
        : '';
    const files =
      downloads.length > 0
        ? `<h2>${this.t('page.downloads')}</h2>${list(downloads.map(({ name, href, mime }) => `<a href="${h(href)}" type="${h(mime)}">${h(name)}</a>`))}`
        : '';
    return `<footer><div>${files}${sources}<p>${this.say(this.model.authority)}</p></div></footer>`;
  }
}

/**
 * The edition as one page that is whole without scripts, for any policy of content that allows inline style: the same tree of ids in every
 * language, every number a link to where it comes from. Pure: the same input gives the same bytes.
 */
export function renderReportPage(model: ReportModel, language: Language, options: PageOptions): string {
  const page = new Page(model, language, options);
  const title = `${page.say(model.title)} — ${model.year}`;
  const alternates = LANGUAGES.map(
    (one) => `<link rel="alternate" hreflang="${one}" href="${h(options.languageHref(one))}">`,
  ).join('');
  const [policy, script] =
    options.scriptHref === undefined
      ? ['', '']
      : [
          `<meta http-equiv="Content-Security-Policy" content="${PACKAGE_POLICY}">`,
          `<script src="${h(options.scriptHref)}" defer></script>`,
        ];
  const banner = options.banner ? `<p class="eyebrow">${h(options.banner)}</p>` : '';
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8">${policy}<meta name="viewport" content="width=device-width,initial-scale=1"><title>${title}</title>${alternates}<style>${options.fontHref ? fontFaces(options.fontHref) : ''}${PAGE_STYLE}</style>
<script type="application/ld+json">${scriptJson(jsonLd(model, language, options.url, options.downloads ?? []))}</script>${script}</head>
<body><a class="skip" href="#text">${page.t('page.skip')}</a>
<header class="cover"><div class="inner">${page.languages()}${banner}<p class="eyebrow">${page.say(model.authority)}</p><h1>${page.say(model.title)}</h1>
<p class="year">${page.t('cover.year', { year: model.year })}</p><p class="meta">${page.t('edition', { n: model.edition })} · ${page.t('sealed', { day: dayText(model.sealedDay, language) })}</p></div></header>
<main id="text" tabindex="-1">${page.contents()}
${page.sections()}
${page.seal()}
</main>
${page.footer()}</body></html>
`;
}
