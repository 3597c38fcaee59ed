import { type Language, LANGUAGES, type Localised } from '../../report-model/report-model.rules.js';
import type { Disclosed } from './disclosure.rules.js';
import type { ResponseGroup, Summary } from './summary.rules.js';
import { OUTCOMES } from './summary.rules.js';

export type SummaryTexts = Readonly<Record<string, string>>;

const escape = (value: string): string =>
  value.replace(/[&<>"']/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[c]!);

const STYLE = `
:root{color-scheme:light}body{margin:0 auto;max-width:64rem;padding:2rem 1.5rem 4rem;font:1rem/1.5 "Source Serif 4",Georgia,serif;color:#1b2430;background:#fff}
h1{font-size:1.8rem}h2{font-size:1.25rem;margin-top:2.2rem;color:#0b4a57}th,.note{font-family:Inter,"Segoe UI",sans-serif;font-size:.85rem}
table{border-collapse:collapse;width:100%;margin:.6rem 0 1.4rem}caption{text-align:left;font-style:italic}
th,td{padding:.4rem .6rem;border-bottom:1px solid #d5dde2;text-align:left;vertical-align:top;overflow-wrap:anywhere}thead th{border-bottom:2px solid #0b5c6b}
td.n{text-align:right;font-variant-numeric:tabular-nums}.note{color:#4a5864}.receipts{font-size:.75rem}blockquote{margin:0 0 .4rem;padding-left:.6rem;border-left:3px solid #9db8be;white-space:pre-line}`;

/** A word of the summary; a missing one is an error, never an empty place. */
export function wordOf(texts: SummaryTexts, key: string): string {
  const text = texts[key];
  if (text === undefined) throw new Error(`text ${key} of the summary is missing`);
  return text;
}

/** A text in the wanted language, or in the first that there is, and which one it is. */
export function inLanguage(
  text: Partial<Localised>,
  lang: Language,
): { readonly lang: Language; readonly text: string } | undefined {
  const found = [lang, ...LANGUAGES].find((one) => text[one] !== undefined);
  return found && { lang: found, text: text[found]! };
}

/** The summary as a page of one language; everything that people wrote is escaped. */
export function summaryPage(summary: Summary, lang: Language, texts: SummaryTexts): string {
  const t = (key: string): string => escape(wordOf(texts, key));
  const said = (text: Partial<Localised>): string => {
    const found = inLanguage(text, lang);
    return found ? `<span lang="${found.lang}">${escape(found.text)}</span>` : '';
  };
  const who = (caption: string, { total, cells }: Disclosed, name: (key: string) => string): string => {
    const shown = (n: number | null): string => (n === null ? t('withheld') : String(n));
    const rows = Object.entries(cells).map(
      ([key, n]) => `<tr><th scope="row">${name(key)}</th><td class="n">${shown(n)}</td></tr>`,
    );
    return `<table><caption>${t(caption)}</caption><tbody>${rows.join('')}<tr><th scope="row">${t('total')}</th><td class="n">${shown(total)}</td></tr></tbody></table>`;
  };
  const comments = ({ comments: all, count }: ResponseGroup): string => {
    const words = all.find(({ text }) => text !== null);
    const quoted = words ? `<blockquote lang="${words.language}">${escape(words.text!)}</blockquote>` : '';
    return `${quoted}<strong>${count}</strong> <span class="receipts">${all.map((one) => escape(one.receiptNumber)).join(' ')}</span>`;
  };
  const decision = ({ outcome, moderationGround, reason, ground }: ResponseGroup): string =>
    [
      `<strong>${t(`outcome.${outcome}`)}</strong>`,
      ...(moderationGround ? [t(`ground.${moderationGround}`)] : []),
      ...(reason ? [said(reason)] : []),
      ...(ground ? [`${t(`ground.${ground.kind}`)}: ${escape(ground.citation)}`] : []),
    ].join('<br>');
  const changed = ({ changed: to }: ResponseGroup): string =>
    (to?.units ?? [])
      .map(
        ({ number, unitId, text }) =>
          `<strong>${escape(number || unitId)}</strong> ${text ? said(text) : t('removed')}`,
      )
      .join('<br>');
  const rows = summary.rows.flatMap(({ number, text, groups }) =>
    groups.map((group, i) => {
      const unit =
        i === 0 ? `<th scope="rowgroup" rowspan="${groups.length}">${escape(number)} ${said(text)}</th>` : '';
      return `<tr>${unit}<td>${comments(group)}</td><td>${decision(group)}</td><td>${changed(group)}</td></tr>`;
    }),
  );
  const columns = ['unit', 'comments', 'decision', 'newText'].map((key) => `<th scope="col">${t(`col.${key}`)}</th>`);
  const outcomes = OUTCOMES.filter((one) => summary.outcomes[one] > 0).map(
    (one) => `<tr><th scope="row">${t(`outcome.${one}`)}</th><td class="n">${summary.outcomes[one]}</td></tr>`,
  );
  return `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${t('title')}</title><style>${STYLE}</style></head><body>
<h1>${t('title')}</h1><p>${said(summary.titles)}</p>
<p class="note">${t('version')} ${summary.documentVersion}; ${t('days')} ${summary.firstDay} – ${summary.lastDay}; ${t('comments')} ${summary.comments}; ${t('orphans')} ${summary.orphans}</p>
${summary.state === 'closed' ? '' : `<p class="note">${t('draft')}</p>`}
<h2>${t('outcomes')}</h2><table><tbody>${outcomes.join('')}</tbody></table>
<h2>${t('who')}</h2>${who('who.kind', summary.who.byKind, (key) => t(`kind.${key}`))}${who('who.region', summary.who.byRegion, (key) => (key === 'none' ? t('region.none') : escape(key)))}<p class="note">${t('who.note')}</p>
<h2>${t('responses')}</h2><table><thead><tr>${columns.join('')}</tr></thead><tbody>${rows.join('')}</tbody></table>
</body></html>`;
}
