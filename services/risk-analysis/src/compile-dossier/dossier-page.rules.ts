import { type Dossier } from './dossier.rules.js';

export interface Row {
  readonly section: string;
  readonly key: string;
  /** A currency, an indicator, a state: what the figure is of. */
  readonly of: string;
  readonly unit: 'count' | 'hundredths' | 'share' | 'text';
  readonly value: number | string;
}

export type Texts = Readonly<Record<string, string>>;

const each = (section: string, key: string, unit: Row['unit'], values: Readonly<Record<string, number>>): Row[] =>
  Object.entries(values).map(([of, value]) => ({ section, key, of, unit, value }));
const one = (section: string, key: string, unit: Row['unit'], value: number | string, of = ''): Row => ({
  ...{ section, key, of, unit, value },
});

/** Every figure of a dossier in the order of its page; the page and the table are made of the same rows. */
export function rowsOf(dossier: Dossier): Row[] {
  const { money, moneyAtRisk, hiddenTheft, gaps, prevention, detection, investigation } = dossier;
  return [
    ...(dossier.region ? [one('scope', 'region', 'text', dossier.region)] : []),
    ...(dossier.wholeArea ?? []).map((what) => one('scope', 'wholeArea', 'text', what)),
    ...Object.entries(money).flatMap(([key, sums]) => each('money', key, 'hundredths', sums)),
    ...(['high', 'medium', 'low'] as const).flatMap((severity) => [
      one('atRisk', severity, 'count', moneyAtRisk[severity].processes),
      ...each('atRisk', severity, 'hundredths', moneyAtRisk[severity].amounts),
    ]),
    ...each('hiddenTheft', 'overpaidUnitPrices', 'hundredths', hiddenTheft.overpaidUnitPrices),
    ...each('hiddenTheft', 'paidAboveContract', 'hundredths', hiddenTheft.paidAboveContract),
    ...each('hiddenTheft', 'priceRises', 'hundredths', hiddenTheft.priceRises),
    ...hiddenTheft.notKnown.map((what) => one('hiddenTheft', 'notKnown', 'text', what)),
    ...dossier.schemes.map(({ id, code, processes }) => one('schemes', code, 'count', processes.length, id)),
    ...each('prevention', 'analyses', 'count', prevention.analyses),
    one('prevention', 'analysesOverdue', 'count', prevention.analysesOverdue.length),
    ...prevention.recommendations.flatMap(({ id, status, effect }) => [
      one('prevention', 'recommendation', 'text', status, id),
      ...(effect.state === 'measured'
        ? [
            one('prevention', 'effect', 'share', effect.change, id),
            one('prevention', 'effectLow', 'share', effect.low, id),
            one('prevention', 'effectHigh', 'share', effect.high, id),
          ]
        : [one('prevention', 'effect', 'text', effect.reason, id)]),
    ]),
    one('prevention', 'bodies', 'count', prevention.compliance.bodies),
    ...Object.entries(prevention.compliance.found).map(([kind, n]) => one('prevention', kind, 'count', n)),
    ...each('prevention', 'grades', 'count', prevention.compliance.grades),
    one('detection', 'processes', 'count', detection.processes),
    ...each('detection', 'signals', 'count', detection.signals),
    one('detection', 'reports', 'count', detection.reports),
    ...each('detection', 'enrichmentInquiries', 'count', detection.enrichmentInquiries),
    one('investigation', 'casesOpened', 'count', investigation.casesOpened),
    ...each('investigation', 'casesDecided', 'count', investigation.casesDecided),
    one('investigation', 'damage', 'hundredths', investigation.damageTiyn, 'KZT'),
    one('gaps', 'reportsWithoutAnalysis', 'count', gaps.reportsWithoutAnalysis),
    ...gaps.recommendationsWithoutEffect.map((id) => one('gaps', 'recommendationsWithoutEffect', 'text', id)),
  ];
}

/** A field that a spreadsheet would take for a formula begins with an apostrophe. */
const cell = (value: string | number): string => {
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** RFC 4180, with a line of names. */
export const csvOf = (rows: readonly Row[]): string =>
  [
    ['section', 'key', 'of', 'unit', 'value'].join(),
    ...rows.map(({ section, key, of, unit, value }) => [section, key, of, unit, value].map(cell).join()),
  ].join('\r\n') + '\r\n';

const escaped = (text: string): string => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

const LOCALES: Readonly<Record<string, string>> = { kk: 'kk-KZ', ru: 'ru-RU', en: 'en-GB' };

/** A figure as people of that language write it. */
function shown({ unit, value }: Row, language: string, texts: Texts): string {
  if (typeof value === 'string') return escaped(texts[`value.${value}`] ?? value);
  const locale = LOCALES[language];
  if (unit === 'hundredths') return (value / 100).toLocaleString(locale, { minimumFractionDigits: 2 });
  if (unit === 'share') return `${(value * 100).toLocaleString(locale, { maximumFractionDigits: 2 })} %`;
  return value.toLocaleString(locale);
}

/** The page of a dossier: a table a section, no script. */
export function pageOf(dossier: Dossier, language: string, texts: Texts): string {
  const word = (key: string): string => escaped(texts[key] ?? key);
  const sections = [...Map.groupBy(rowsOf(dossier), (row) => row.section)];
  const where = dossier.region ? `, ${word(`value.${dossier.region}`)}` : '';
  const title = `${word(`area.${dossier.area}`)}${where}, ${dossier.from} – ${dossier.to}`;
  const line = (row: Row): string =>
    `<tr><th scope="row">${word(`key.${row.key}`)}</th><td>${escaped(row.of)}</td><td class="n">${shown(row, language, texts)}</td></tr>`;
  return [
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>${title}</title>`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<style>body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}table{border-collapse:collapse;width:100%}th,td{border-bottom:1px solid #767676;padding:.3rem;text-align:left}.n{text-align:right}</style></head><body>',
    `<h1>${title}</h1>`,
    ...sections.map(
      ([section, rows]) =>
        `<section><h2>${word(`section.${section}`)}</h2><table><thead><tr><th scope="col">${word('column.what')}</th><th scope="col">${word('column.of')}</th><th scope="col" class="n">${word('column.value')}</th></tr></thead><tbody>${rows.map(line).join('')}</tbody></table></section>`,
    ),
    `<footer><p>${word('hash')}: <code>${dossier.inputsHash}</code></p><p>${word('caution')}</p></footer></body></html>`,
  ].join('\n');
}
