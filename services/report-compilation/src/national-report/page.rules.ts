import type { Figure } from './figures.rules.js';
import type { ReportStep } from './release-order.rules.js';

export type Texts = Readonly<Record<string, string>>;

export interface PageReport {
  readonly _id: string;
  readonly year: number;
  readonly edition: number;
  readonly state: ReportStep;
  readonly history: readonly { readonly step: string; readonly day: string }[];
  readonly figures: readonly Omit<Figure, 'sources'>[];
}

const LOCALES: Readonly<Record<string, string>> = { kk: 'kk-KZ', ru: 'ru-RU', en: 'en-GB' };

const escape = (value: string): string =>
  value.replace(/[&<>"']/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[c]!);

const STYLE = `
:root{color-scheme:light}body{margin:0 auto;max-width:52rem;padding:2.5rem 1.5rem 4rem;font:1.0625rem/1.55 "Source Serif 4",Georgia,serif;color:#1b2430;background:#fff}
header{border-bottom:3px double #0b5c6b;margin-bottom:2rem;padding-bottom:1rem}h1{font-size:2rem;line-height:1.2;margin:.2rem 0}h2{font-size:1.3rem;margin:2.6rem 0 .8rem;color:#0b4a57}
.eyebrow,nav,th,footer,figcaption,.note{font-family:Inter,"Segoe UI",sans-serif}.eyebrow{color:#0b5c6b;letter-spacing:.04em;font-size:.9rem;margin:0}
nav{font-size:.9rem}nav a{margin-right:1rem}table{border-collapse:collapse;width:100%;margin:.6rem 0 1.4rem}caption{text-align:left;font-style:italic;padding-bottom:.3rem}
th,td{padding:.4rem .6rem;border-bottom:1px solid #d5dde2;text-align:left;vertical-align:top}thead th{border-bottom:2px solid #0b5c6b;font-size:.85rem}tbody th{font-weight:400}
td.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}a{color:#0b5c6b}td a{color:inherit;text-decoration-color:#9db8be;text-underline-offset:.2em}
figure{margin:1rem 0}svg{max-width:100%;height:auto}figcaption,.note,footer{font-size:.85rem;color:#4a5864}.note{overflow-wrap:anywhere}footer{border-top:1px solid #d5dde2;margin-top:3rem;padding-top:1rem}
@media print{body{max-width:none;padding:0;font-size:10.5pt}nav{display:none}h2{break-after:avoid}table,figure{break-inside:avoid}td a{text-decoration:none}}
@media (max-width:34rem){th,td{padding:.35rem .3rem}h1{font-size:1.5rem}}`;

/** Everything a part of the page needs: the figures by key, the words, and how a number looks in the language. */
class Sheet {
  private readonly byKey: ReadonlyMap<string, Omit<Figure, 'sources'>>;

  constructor(
    readonly report: PageReport,
    readonly lang: string,
    private readonly texts: Texts,
  ) {
    this.byKey = new Map(report.figures.map((f) => [f.key, f]));
  }

  /** A word of the page; a missing one is an error, never an empty place. */
  t(key: string): string {
    const text = this.texts[key];
    if (text === undefined) throw new Error(`text ${key} is missing in ${this.lang}`);
    return escape(text);
  }

  value(key: string): number | string | undefined {
    return this.byKey.get(key)?.value;
  }

  /** The last parts of the keys that begin with a prefix, in their order. */
  names(prefix: string): string[] {
    return [...this.byKey.keys()].filter((k) => k.startsWith(prefix)).map((k) => k.slice(prefix.length));
  }

  number(value: number, digits = 0): string {
    return new Intl.NumberFormat(LOCALES[this.lang], {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    }).format(value);
  }

  /** A figure as a link to the events behind it. */
  figure(key: string): string {
    const figure = this.byKey.get(key);
    if (!figure) return this.t('none');
    const href = `/v1/national-reports/${this.report._id}/figures/${encodeURIComponent(key)}/provenance`;
    return `<a href="${href}">${this.shown(figure)}</a>`;
  }

  private shown({ unit, value, key }: Omit<Figure, 'sources'>): string {
    if (unit === 'tiyn') return `${this.number(Number(value) / 100, 2)} ₸`;
    if (unit === 'share')
      return key.endsWith('.score') ? this.number(Number(value), 2) : `${this.number(Number(value) * 100, 1)} %`;
    if (unit === 'score') return this.number(Number(value), Number.isInteger(value) ? 0 : 2);
    if (unit === 'level') return this.t(`level.${value}`);
    if (unit === 'status')
      return key.endsWith('.status')
        ? this.t(`status.${value}`)
        : key.endsWith('.area')
          ? this.t(`area.${value}`)
          : escape(String(value));
    // Years and places carry no thousands separator.
    return key.endsWith('.year') ? String(value) : this.number(Number(value));
  }

  day(day: string): string {
    return new Intl.DateTimeFormat(LOCALES[this.lang], { dateStyle: 'long', timeZone: 'UTC' }).format(
      new Date(`${day}T00:00:00Z`),
    );
  }

  month(month: string): string {
    return new Intl.DateTimeFormat(LOCALES[this.lang], { month: 'long', timeZone: 'UTC' }).format(
      new Date(`${month}-01T00:00:00Z`),
    );
  }

  table(caption: string, columns: string[], rows: string[][]): string {
    const head = columns.map((c) => `<th scope="col">${this.t(c)}</th>`).join('');
    const body = rows
      .map(
        ([first, ...rest]) =>
          `<tr><th scope="row">${first}</th>${rest.map((c) => `<td class="n">${c}</td>`).join('')}</tr>`,
      )
      .join('\n');
    return `<table><caption>${caption}</caption><thead><tr>${head}</tr></thead><tbody>\n${body}\n</tbody></table>`;
  }

  /** A table of figures that stand for themselves; those that the year does not have are left out. */
  list(section: string, keys: string[]): string {
    const rows = keys.filter((k) => this.value(k) !== undefined).map((k) => [this.t(k), this.figure(k)]);
    return this.table(this.t(section), ['col.figure', 'col.count'], rows);
  }
}

const SECTIONS: readonly { readonly id: string; readonly body: (s: Sheet) => string }[] = [
  {
    id: 'reports',
    body: (s) =>
      s.list('section.reports', ['reports.total', 'reports.acknowledged']) +
      s.table(
        s.t('col.month'),
        ['col.month', 'col.count'],
        s.names('reports.month.').map((m) => [s.month(m), s.figure(`reports.month.${m}`)]),
      ) +
      s.table(
        s.t('col.category'),
        ['col.category', 'col.count'],
        s.names('reports.category.').map((c) => [s.t(`category.${c}`), s.figure(`reports.category.${c}`)]),
      ) +
      (s.value('reports.log.root') === undefined
        ? ''
        : `<p class="note">${s.t('reports.log.note')} ${s.t('reports.log.size')}: ${s.figure('reports.log.size')}. ${s.t('reports.log.root')}: ${s.figure('reports.log.root')}</p>`),
  },
  {
    id: 'cases',
    body: (s) =>
      s.list('section.cases', [
        'cases.opened',
        'cases.decided',
        'cases.outcome.decided-liable',
        'cases.outcome.decided-not-liable',
        'rewards.count',
        'rewards.amount',
      ]),
  },
  {
    id: 'procurement',
    body: (s) =>
      s.list('section.procurement', [
        'releases.origin.published',
        'releases.origin.generated',
        'flags.total',
        'flags.origin.published',
        'flags.origin.generated',
      ]) +
      s.table(
        s.t('col.area'),
        ['col.area', 'col.count'],
        s.names('flags.area.').map((a) => [s.t(`area.${a}`), s.figure(`flags.area.${a}`)]),
      ),
  },
  {
    id: 'areas',
    body: (s) =>
      s.table(
        s.t('section.areas'),
        ['col.area', 'col.score', 'col.level'],
        s
          .names('area.')
          .filter((n) => n.endsWith('.score'))
          .map((n) => n.slice(0, -'.score'.length))
          .map((a) => [s.t(`area.${a}`), s.figure(`area.${a}.score`), s.figure(`area.${a}.level`)]),
      ),
  },
  {
    id: 'goals',
    body: (s) =>
      s.list('section.goals', ['recommendations.total', 'goals.total', 'goals.unmeasured']) +
      s.table(
        s.t('section.goals'),
        ['col.area', 'col.accountable', 'col.target', 'col.status'],
        s
          .names('goal.')
          .filter((n) => n.endsWith('.status'))
          .map((n) => `goal.${n.slice(0, -'.status'.length)}`)
          .map((g) => [
            s.figure(`${g}.area`),
            s.figure(`${g}.accountable`),
            s.figure(`${g}.target`),
            s.figure(`${g}.status`),
          ]),
      ),
  },
  { id: 'gifts', body: (s) => s.list('section.gifts', ['gifts.declared', 'gifts.handed-over', 'gifts.overdue']) },
  {
    id: 'indices',
    body: (s) =>
      `<p class="note">${s.t('index.perception')}</p>` +
      ['cpi', 'wjp']
        .filter((i) => s.value(`index.${i}.year`) !== undefined)
        .map((i) => standing(s, i))
        .join('') +
      chart(s),
  },
];

/** Score first, then the place, always of how many (domain notes 2.2 rule 1). */
function standing(s: Sheet, index: string): string {
  const key = (field: string): string => s.figure(`index.${index}.${field}`);
  return s.table(
    s.t(`index.${index}`),
    ['col.figure', 'col.value'],
    [
      [s.t('index.edition'), key('year')],
      [s.t('index.score'), key('score')],
      [s.t('index.place'), `${key('rank')} ${s.t('index.of')} ${key('countries')}`],
    ],
  );
}

/** The CPI series with its 90 % band; a year without a score or an error is a gap, never zero. */
function chart(s: Sheet): string {
  const years = s
    .names('index.cpi.')
    .flatMap((n) => (/^\d{4}\.score$/.test(n) ? [Number(n.slice(0, 4))] : []))
    .sort((a, b) => a - b);
  const points = years.map((year) => {
    const error = s.value(`index.cpi.${year}.error`);
    return {
      year,
      score: Number(s.value(`index.cpi.${year}.score`)),
      error: error === undefined ? undefined : Number(error),
    };
  });
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last || points.length < 2) return '';
  const x = (year: number): number => 40 + ((year - first.year) / (last.year - first.year)) * 580;
  const y = (score: number): number => 230 - (score / 60) * 210;
  const at = (p: { year: number }, score: number): string => `${x(p.year).toFixed(1)},${y(score).toFixed(1)}`;
  const runs = (list: typeof points): (typeof points)[] =>
    list.reduce<(typeof points)[]>((out, p) => {
      const run = out.at(-1);
      if (run && run.at(-1)!.year === p.year - 1) run.push(p);
      else out.push([p]);
      return out;
    }, []);
  const bands = runs(points.filter((p) => p.error !== undefined)).map((run) => {
    const upper = run.map((p) => at(p, p.score + 1.645 * p.error!));
    const lower = run.map((p) => at(p, p.score - 1.645 * p.error!)).reverse();
    return `<polygon points="${[...upper, ...lower].join(' ')}" fill="#0b5c6b" fill-opacity=".15"/>`;
  });
  const lines = runs(points).map(
    (run) =>
      `<polyline points="${run.map((p) => at(p, p.score)).join(' ')}" fill="none" stroke="#0b5c6b" stroke-width="2.5"/>`,
  );
  const grid = [0, 20, 40, 60].map(
    (v) =>
      `<line x1="40" x2="620" y1="${y(v)}" y2="${y(v)}" stroke="#d5dde2"/><text x="32" y="${y(v) + 4}" text-anchor="end">${v}</text>`,
  );
  const marks = points.map(
    (p) =>
      `<circle cx="${x(p.year).toFixed(1)}" cy="${y(p.score).toFixed(1)}" r="3.5" fill="#0b5c6b"/><text x="${x(p.year).toFixed(1)}" y="250" text-anchor="middle">${p.year % 100 < 10 ? `0${p.year % 100}` : p.year % 100}</text>`,
  );
  const alt = points.map((p) => `${p.year}: ${p.score}`).join(', ');
  return `<figure><svg viewBox="0 0 640 260" role="img" aria-labelledby="cpi-t cpi-d" font-family="Inter,sans-serif" font-size="12" fill="#4a5864"><title id="cpi-t">${s.t('index.cpi')}</title><desc id="cpi-d">${escape(alt)}</desc>${grid.join('')}${bands.join('')}${lines.join('')}${marks.join('')}</svg>
<figcaption>${s.t('index.band')} ${s.t('index.break')}</figcaption></figure>
${s.table(
  s.t('index.cpi'),
  ['year', 'index.score'],
  points.map((p) => [String(p.year), s.figure(`index.cpi.${p.year}.score`)]),
)}`;
}

/**
 * The report as one page without scripts: the same tree of sections, tables and figures in every language. Throws when
 * the language lacks a word.
 */
export function renderPage(report: PageReport, lang: string, texts: Texts): string {
  const s = new Sheet(report, lang, texts);
  const title = `${s.t('title')} — ${report.year}`;
  const steps = report.history.map((h) => `${s.t(h.step)}: ${s.day(h.day)}`).join(' · ');
  const languages = Object.keys(LOCALES)
    .map((l) =>
      l === lang ? `<strong lang="${l}">${l}</strong>` : `<a lang="${l}" hreflang="${l}" href="?lang=${l}">${l}</a>`,
    )
    .join(' ');
  const sections = SECTIONS.map(
    ({ id, body }) =>
      `<section id="${id}" aria-labelledby="h-${id}"><h2 id="h-${id}">${s.t(`section.${id}`)}</h2>\n${body(s)}</section>`,
  );
  return `<!doctype html>
<html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${title}</title><style>${STYLE}</style></head>
<body><header><p class="eyebrow">${report.state === 'published' ? s.t('published') : s.t('draft')} · ${s.t('edition')} ${report.edition}</p><h1>${title}</h1><nav aria-label="language">${languages}</nav></header>
<main><p>${s.t('intro')}</p>
${sections.join('\n')}
</main><footer><p>${steps}</p><p>${s.t('source.note')}</p></footer></body></html>
`;
}
