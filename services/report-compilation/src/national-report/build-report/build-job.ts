import { gzipSync } from 'node:zlib';
import type { mongo } from 'mongoose';
import { canonical } from '@aiqyn/contracts';
import { stringify } from 'csv-stringify/sync';
import { compileModel } from '../compile-report/compile-model.rules.js';
import { registerNamed } from '../../numbers/define-metrics/registers.js';
import {
  NATIONAL_REPORTS,
  type NationalReport,
  REPORT_NUMBERS,
  type StoredNumber,
} from '../editions/national-report.schema.js';
import {
  csvOnTheWeb,
  dataPackage,
  dcat,
  type DescribedFile,
  provenance,
} from '../../publication/publish-open-data/descriptions.rules.js';
import { spreadsheetOf } from '../../publication/publish-open-data/spreadsheet.rules.js';
import { type DataTable, dataTables } from '../../publication/publish-open-data/tables.rules.js';
import { drawCharts } from '../../publication/draw-charts/draw-chart.js';
import { frameWords } from '../../publication/frame-words/shipped-words.js';
import { renderReportPage } from '../../publication/render-page/report-page.rules.js';
import { signManifest } from '../../publication/sign-report/sign-manifest.js';
import { signPdf } from '../../publication/sign-report/sign-pdf.js';
import { HttpTimeStampAuthority } from '../../publication/sign-report/time-stamp-authority.js';
import { chartsScript, SCRIPT_FILE } from '../../publication/walk-charts/shipped-script.js';
import { typesetPdf } from '../../publication/typeset-pdf/typeset-pdf.js';
import { LANGUAGES, type Localised, type ReportModel } from '../../report-model/report-model.rules.js';
import { sealedFacts } from '../../numbers/seal-events/sealed-facts.js';
import { inOrder, type PlacedLeaf } from '../../numbers/seal-events/snapshot.rules.js';
import { linearAuditor } from '../../numbers/withhold-numbers/audit.js';
import { isAnyRecoverable } from '../../numbers/withhold-numbers/tell-numbers.rules.js';
import { authorityOn } from '../write-sections/section-plan.rules.js';
import { planOf, words } from '../write-sections/section-plans.js';
import { summaryTexts } from '../../consultation/summarise-responses/summary-texts.js';
import { storedResponses } from '../tell-responses/report-responses.js';
import { withResponses } from '../tell-responses/responses.rules.js';
import type { BuildResult, JobOrder, Say } from './job-messages.js';
import { type ManifestFile, manifestOf, sha256 } from './manifest.rules.js';
import { keepPackage } from './packages.js';
import { secretCommitment, toldBefore } from './seal-job.js';
import { signingKey } from './signing-key.js';

const json = (value: unknown): Uint8Array => Buffer.from(`${JSON.stringify(value, null, 1)}\n`);

/** RFC 4180: lines end in CR LF. */
const csv = ({ columns, rows }: DataTable): Uint8Array =>
  Buffer.from(stringify([columns.map(({ name }) => name), ...rows], { record_delimiter: 'windows' }));

/** The model of an edition from what was sealed and written. */
export async function modelOf(db: mongo.Db, report: NationalReport): Promise<ReportModel> {
  const plan = planOf(report.year);
  const { id, sealedDay, events, root, partitions } = report.snapshot!;
  const rows = await db
    .collection<StoredNumber>(REPORT_NUMBERS)
    .find({ reportId: report._id })
    .sort({ _id: 1 })
    .toArray();
  const corrected = report.corrects
    ? await db.collection<NationalReport>(NATIONAL_REPORTS).findOne({ _id: report.corrects })
    : await newestBefore(db, report);
  const previous = corrected?.build
    ? { year: corrected.year, edition: corrected.edition, manifestSha256: corrected.build.manifestSha256 }
    : undefined;
  const texts = new Map<string, Localised>(
    Object.entries(report.texts).map(([block, text]) => [block.replaceAll('/', '.'), text]),
  );
  const register = registerNamed(report.snapshot!.register);
  const responses = await storedResponses(db, report._id);
  const model = compileModel(
    {
      ...{ plan, register, words, texts },
      edition: {
        ...{ nationalReportId: report._id, year: report.year, edition: report.edition, sealedDay },
        authority: authorityOn(plan, sealedDay),
        snapshot: { id, events: events!, root: root!, partitions: partitions! },
        ...(previous ? { previous } : {}),
      },
    },
    rows.map(({ number }) => number),
  );
  return responses ? withResponses(model, responses, register.metrics, summaryTexts, words) : model;
}

/** The newest published edition of an earlier year: the chain goes on over the years. */
const newestBefore = (db: mongo.Db, { year }: NationalReport): Promise<NationalReport | null> =>
  db
    .collection<NationalReport>(NATIONAL_REPORTS)
    .findOne({ year: { $lt: year }, state: 'published' }, { sort: { year: -1, edition: -1 } });

/** Leaves of all sealed events in the order of the log, and in full those that everybody may read. */
async function evidence(db: mongo.Db, report: NationalReport, files: Map<string, Uint8Array>, say: Say): Promise<void> {
  const { secret, id, root, partitions, register } = report.snapshot!;
  const { openEvents } = registerNamed(register);
  const all: (PlacedLeaf & { readonly open?: string })[] = [];
  const read = (done: number, of: number): void => say('gathering evidence', done, of);
  for await (const { fact, salt, placed } of sealedFacts(db, report.snapshot!, read)) {
    const { _id, type, partition, offset, day, key, sequence, data } = fact;
    const open = openEvents.includes(type)
      ? { open: canonical({ topic: placed.topic, partition, offset, salt, id: _id, type, day, key, sequence, data }) }
      : {};
    all.push({ ...placed, ...open });
  }
  const ordered = inOrder(all) as typeof all;
  files.set('evidence/leaves.bin', Buffer.concat(ordered.map(({ leaf }) => Buffer.from(leaf, 'hex'))));
  const lines = ordered.flatMap(({ open }) => (open === undefined ? [] : [`${open}\n`])).join('');
  files.set('evidence/open-events.ndjson.gz', gzipSync(lines, { level: 6 }));
  files.set('evidence/snapshot.json', json({ id, root, partitions, secretCommitment: secretCommitment(secret) }));
}

/** What the PDF carries inside: with it the data of the edition cannot be lost. */
const CARRIED = [
  ['model.json', 'application/json', 'The edition as data'],
  ['metrics.json', 'application/json', 'What each number means'],
  ['datapackage.json', 'application/json', 'The tables of open data'],
] as const;

/** A page and a PDF in each language, from the model alone. */
async function print(model: ReportModel, files: Map<string, Uint8Array>, say: Say): Promise<void> {
  const attachments = [
    ...CARRIED.map(([name, mime, description]) => ({ name, mime, description, bytes: files.get(name)! })),
    { name: 'numbers.csv', mime: 'text/csv', description: 'All numbers', bytes: files.get('data/numbers.csv')! },
  ];
  const downloads = [
    ...LANGUAGES.map((lang) => ({ name: `PDF, ${lang}`, href: `report.${lang}.pdf`, mime: 'application/pdf' })),
    { name: 'CSV', href: 'data/numbers.csv', mime: 'text/csv' },
    { name: 'ODS', href: 'data/tables.ods', mime: 'application/vnd.oasis.opendocument.spreadsheet' },
    { name: 'Data Package', href: 'datapackage.json', mime: 'application/json' },
    { name: 'PROV-O', href: 'provenance.jsonld', mime: 'application/ld+json' },
    { name: 'manifest', href: 'manifest.json', mime: 'application/json' },
  ];
  files.set(SCRIPT_FILE, chartsScript);
  for (const [i, lang] of LANGUAGES.entries()) {
    say('printing', i, LANGUAGES.length);
    const page = renderReportPage(model, lang, {
      ...{ words: frameWords, charts: await drawCharts(model, lang, frameWords[lang]), downloads },
      // Within a package the languages stand side by side; a number is told by the service that published it.
      numberHref: (id) => `/v1/national-reports/${model.nationalReportId}/numbers/${id}?lang=${lang}`,
      languageHref: (other) => `report.${other}.html`,
      scriptHref: SCRIPT_FILE,
    });
    files.set(`report.${lang}.html`, Buffer.from(page));
    files.set(`report.${lang}.pdf`, await typesetPdf(model, lang, attachments));
  }
}

/** Seals and time stamp stand beside what they are about and outside the manifest: they differ each time. */
async function seal(
  files: ReadonlyMap<string, Uint8Array>,
  manifest: Uint8Array,
  { seal: own, timeStampUrl }: JobOrder,
  stored: Map<string, Uint8Array>,
): Promise<void> {
  for (const lang of own ? LANGUAGES : []) {
    const { certificate, key, time } = own!;
    const pdf = await signPdf(files.get(`report.${lang}.pdf`)!, { certificate, key, signingTime: new Date(time) });
    stored.set(`signed/report.${lang}.pdf`, pdf);
  }
  if (timeStampUrl !== undefined)
    stored.set(
      'manifest.tsr',
      await new HttpTimeStampAuthority(timeStampUrl).stamp(Buffer.from(sha256(manifest), 'hex')),
    );
}

/** Makes every file of an edition and stores them; the same snapshot and texts give the same bytes. */
export async function buildJob(db: mongo.Db, report: NationalReport, order: JobOrder, say: Say): Promise<BuildResult> {
  say('putting the edition together', 0, 1);
  const model = await modelOf(db, report);
  const register = registerNamed(report.snapshot!.register);
  const files = new Map<string, Uint8Array>();
  files.set('model.json', json(model));
  files.set('metrics.json', json(register));
  files.set('provenance.jsonld', json(provenance(model, register)));
  const tables = dataTables(model);
  for (const table of tables) {
    files.set(`data/${table.id}.csv`, csv(table));
    files.set(`data/${table.id}.csv-metadata.json`, json(csvOnTheWeb(table)));
  }
  files.set('data/tables.ods', spreadsheetOf(tables));
  await evidence(db, report, files, say);
  const responses = await storedResponses(db, report._id);
  if (responses)
    files.set(
      'evidence/responses.json',
      json({ consultationId: responses.consultationId, comments: responses.comments }),
    );
  const described = new Map<string, DescribedFile>(
    manifestOf(model, files).files.map((file: ManifestFile) => [file.path, file]),
  );
  files.set('datapackage.json', json(dataPackage(model, tables, described)));
  files.set('dcat.jsonld', json(dcat(model, described.values())));
  await print(model, files, say);
  const manifest = manifestOf(model, files);
  const bytes = json(manifest);
  say('signing and storing', 0, files.size);
  const signature = `${await signManifest(bytes, signingKey(order.signingKey))}\n`;
  const stored = new Map([...files, ['manifest.json', bytes], ['manifest.jws', Buffer.from(signature)]]);
  await seal(files, bytes, order, stored);
  await keepPackage(db, order.job.id, stored, (done) => say('signing and storing', done, stored.size));
  return {
    kind: 'build',
    build: {
      ...{ id: order.job.id, manifestSha256: sha256(bytes) },
      ...(responses ? { consultationId: responses.consultationId } : {}),
      // That the PDFs are accessible and archival is no check here: typesetting refuses what is not.
      checks: { languages: sameTree(files), withheld: await isWithheldWell(db, report, model) },
      files: [...stored].map(([path, content]) => ({ path, bytes: content.byteLength, sha256: sha256(content) })),
    },
  };
}

/** Whether the three pages have the same sections, tables, charts and numbers in the same order (R6). */
function sameTree(files: ReadonlyMap<string, Uint8Array>): boolean {
  const [first, ...others] = LANGUAGES.map((lang) => {
    const page = Buffer.from(files.get(`report.${lang}.html`)!).toString();
    return [...page.matchAll(/ (?:id|data-number)="([^"]+)"/g)].map(([, id]) => id).join();
  });
  return others.every((one) => one === first);
}

/** Whether something withheld can be found out from what is about to leave the house, and from what left it before (R7). */
async function isWithheldWell(db: mongo.Db, report: NationalReport, model: ReportModel): Promise<boolean> {
  const register = registerNamed(report.snapshot!.register);
  const metrics = new Map(register.metrics.map((metric) => [metric.id, metric]));
  const rows = await db.collection<StoredNumber>(REPORT_NUMBERS).find({ reportId: report._id }).toArray();
  const numbers = rows.map(({ number: { id, metric }, truth }) => ({
    ...{ id, metric: metrics.get(metric)!, value: truth ?? null, sources: [] },
  }));
  const statuses = new Map(Object.values(model.numbers).map(({ id, status }) => [id, status]));
  return !isAnyRecoverable(numbers, statuses, register, await toldBefore(db, report), await linearAuditor());
}
