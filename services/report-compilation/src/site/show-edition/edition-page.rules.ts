import { escapeHtml as h } from '../../publication/render-page/html.rules.js';
import { dayText } from '../../report-model/number-text.rules.js';
import type { ReportModel, ReportNumber } from '../../report-model/report-model.rules.js';
import type { Metric } from '../../numbers/define-metrics/metric-register.rules.js';
import type { NumberDifference } from '../../national-report/read-report/differences.rules.js';
import type { ShownTerms } from '../../national-report/keep-terms/terms.rules.js';
import { numberTitle, valueTold } from '../explain-number/number-title.rules.js';
import { editionName, fileHref } from '../front-page/front-page.rules.js';
import { facts, section, sitePage, siteTable, textOf } from '../page-frame/page-frame.rules.js';
import type { Say } from '../site-words/site-words.rules.js';

interface File {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}
interface Named {
  readonly id: string;
  readonly year: number;
  readonly edition: number;
}

export interface ShownEdition extends Named {
  readonly model: ReportModel;
  readonly files: readonly File[];
  readonly manifestSha256: string;
  readonly key: { readonly kid: string; readonly x: string };
  readonly steps: readonly { readonly step: string; readonly day: string }[];
  /** Of the law, where they are set for this edition. */
  readonly terms?: ShownTerms;
  readonly metrics: readonly Metric[];
  /** The edition before in the chain, where it is published here. */
  readonly previous?: Named;
  readonly correctedBy?: Named;
  /** Against the edition that this one corrects. */
  readonly differences?: {
    readonly before: ReportModel;
    readonly numbers: readonly NumberDifference[];
    readonly blocks: readonly string[];
  };
}

/** What people look for first; the rest of the package stands below. */
const FIRST = (language: string): readonly string[] => [
  ...[`report.${language}.html`, `report.${language}.pdf`],
  ...['data/numbers.csv', 'data/tables.ods', 'datapackage.json', 'manifest.json', 'manifest.jws'],
];
const SHOWN_DIFFERENCES = 200;

function filesTold(say: Say, { id, files }: ShownEdition): string {
  const size = new Intl.NumberFormat({ kk: 'kk-KZ', ru: 'ru-RU', en: 'en-GB' }[say.language]);
  const table = (name: string, caption: string, list: readonly File[]): string =>
    siteTable(say, {
      ...{ id: name, caption, numeric: [1] },
      columns: (['col.file', 'col.size', 'col.sha256'] as const).map((key) => say.t(key)),
      rows: list.map(({ path, bytes, sha256 }) => [
        `<a href="${h(fileHref(id, path))}">${h(path)}</a>`,
        size.format(bytes),
        `<span class="hash">${h(sha256)}</span>`,
      ]),
    });
  const first = FIRST(say.language).flatMap((path) => files.filter((file) => file.path === path));
  const all = say.t('edition.all-files', { n: files.length });
  return `<p>${say.t('edition.downloads-note')}</p>${table('first-files', say.t('edition.downloads'), first)}
<details id="package"><summary>${all}</summary>${table('all-files', all, files)}</details>`;
}

function termsTold(say: Say, { source, checked, items }: ShownTerms): string {
  const rows = items.map(({ term, day, state, doneDay }) => [
    say.choice('term', term),
    h(dayText(day, say.language)),
    `${say.choice('term-state', state)}${doneDay === undefined ? '' : `, ${h(dayText(doneDay, say.language))}`}`,
  ]);
  const columns = (['col.term', 'col.last-day', 'col.kept'] as const).map((key) => say.t(key));
  const read = textOf(say.t(checked ? 'edition.terms-checked' : 'edition.terms-unchecked'));
  // The source is told as the pack has it.
  const told = say
    .t('edition.terms-note', { source: '\u0000', checked: read })
    .replace('\u0000', `<span lang="en">${h(source)}</span>`);
  const note = `<p class="note">${told}</p>`;
  return `${siteTable(say, { id: 'term-list', caption: say.t('edition.terms'), columns, rows })}${note}`;
}

function differencesTold(say: Say, told: ShownEdition): string {
  const { differences, model, metrics, previous } = told;
  if (!differences || !previous) return `<p>${say.t('edition.differences-none')}</p>`;
  const { before, numbers, blocks } = differences;
  const value = (number: ReportNumber | undefined): string => (number ? valueTold(say, number) : '');
  const rows = numbers.slice(0, SHOWN_DIFFERENCES).map(({ id }) => {
    const [was, is] = [before.numbers[id], model.numbers[id]];
    const metric = metrics.find((one) => one.id === (is ?? was)!.metric);
    const title = metric ? numberTitle(say, id, metric) : h(id);
    const owner = is ? told : previous;
    return [`<a href="${say.href(`editions/${owner.id}/numbers/${id}`)}">${title}</a>`, value(was), value(is)];
  });
  const columns = (['col.number', 'col.before', 'col.after'] as const).map((key) => say.t(key));
  const caption = say.t('edition.differences');
  const table =
    rows.length === 0
      ? `<p>${say.t('edition.differences-same')}</p>`
      : siteTable(say, { id: 'changed-numbers', caption, columns, rows, numeric: [1, 2] });
  const json = `/v1/national-reports/${told.id}/differences?from=${previous.id}`;
  const cut =
    numbers.length > rows.length
      ? `<p><a href="${h(json)}">${say.t('edition.differences-all', { shown: rows.length, n: numbers.length })}</a></p>`
      : '';
  return `${table}${cut}<p class="note">${say.t('edition.blocks', { n: blocks.length })}</p>`;
}

/** One edition: what there is to download and how it is known to be the one, what came before it, and what changed. */
export function editionPage(say: Say, told: ShownEdition): string {
  const { id, year, edition, model, key, manifestSha256, steps, previous, correctedBy } = told;
  const hash = (text: string): string => `<span class="hash">${h(text)}</span>`;
  const named = (other: Named): string =>
    `<a href="${say.href(`editions/${other.id}`)}">${editionName(say, other)}</a>`;
  const chain = (): string => {
    if (!model.previous) return `<p>${say.t('edition.chain-none')}</p>`;
    const name = previous ? named(previous) : editionName(say, model.previous);
    const text = say.t('edition.chain-text', { edition: '\u0000' }).replace('\u0000', name);
    return `<p>${text}</p><p>${hash(model.previous.manifestSha256)}</p>`;
  };
  const logged = (number: ReportNumber | undefined): string =>
    number
      ? `<a href="${say.href(`editions/${id}/numbers/${number.id}`)}">${valueTold(say, number)}</a>`
      : say.t('number.missing');
  const newer = correctedBy
    ? `<div class="told refused" id="newer"><p>${say.t('edition.corrected-by', { edition: '\u0000' }).replace('\u0000', named(correctedBy))}</p></div>`
    : '';
  const body = [
    newer,
    section('downloads', say.t('edition.downloads'), filesTold(say, told)),
    section(
      'signature',
      say.t('edition.signature'),
      `<p>${say.t('edition.signature-text')}</p>${facts([
        [say.t('edition.manifest'), hash(manifestSha256)],
        [say.t('edition.kid'), hash(key.kid)],
        [say.t('edition.key'), hash(key.x)],
      ])}`,
    ),
    section('chain', say.t('edition.chain'), chain()),
    section(
      'steps',
      say.t('edition.steps'),
      siteTable(say, {
        ...{ id: 'step-list', caption: say.t('edition.steps') },
        columns: [say.t('col.step'), say.t('col.day')],
        rows: steps.map(({ step, day }) => [say.choice('step', step), h(dayText(day, say.language))]),
      }),
    ),
    ...(told.terms ? [section('terms', say.t('edition.terms'), termsTold(say, told.terms))] : []),
    section('differences', say.t('edition.differences'), differencesTold(say, told)),
    section(
      'log',
      say.t('edition.log'),
      `<p>${say.t('edition.log-text')}</p>${facts([
        [say.t('edition.log-size'), logged(model.numbers['log.size'])],
        [say.t('edition.log-root'), logged(model.numbers['log.root'])],
      ])}`,
    ),
  ];
  return sitePage(say, {
    title: textOf(say.t('edition.title', { year, n: edition })),
    lead: say.of(model.authority),
    ...{ path: `editions/${id}`, data: `/v1/national-reports/${id}` },
    body: body.join('\n'),
  });
}
