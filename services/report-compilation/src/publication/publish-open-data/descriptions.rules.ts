import type { MetricRegister } from '../../numbers/define-metrics/metric-register.rules.js';
import { LANGUAGES, type ReportModel } from '../../report-model/report-model.rules.js';
import type { DataTable } from './tables.rules.js';

/** A file of the package as the descriptions name it. */
export interface DescribedFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** The numbers of a state belong to nobody; data of others keep their licences, which `sources` name. */
const LICENCE = {
  name: 'CC-BY-4.0',
  path: 'https://creativecommons.org/licenses/by/4.0/',
  title: 'Creative Commons Attribution 4.0',
};

const nameOf = ({ year, edition }: ReportModel): string => `national-report-${year}-${edition}`;
const schemaType = (type: DataTable['columns'][number]['type']): string => type;

/** Frictionless Data Package 2.0. */
export function dataPackage(
  model: ReportModel,
  tables: readonly DataTable[],
  files: ReadonlyMap<string, DescribedFile>,
): object {
  return {
    $schema: 'https://datapackage.org/profiles/2.0/datapackage.json',
    name: nameOf(model),
    title: `${model.title.en}, ${model.year}`,
    version: `${model.edition}.0.0`,
    created: `${model.sealedDay}T00:00:00Z`,
    licenses: [LICENCE],
    sources: model.sources.map((source) => ({ title: source.en })),
    resources: tables.map((table) => {
      const { path, bytes, sha256 } = files.get(`data/${table.id}.csv`)!;
      return {
        ...{ name: table.id, path, title: table.title.en, type: 'table', format: 'csv', mediatype: 'text/csv' },
        ...{ encoding: 'utf-8', bytes, hash: `sha256:${sha256}` },
        schema: {
          $schema: 'https://datapackage.org/profiles/2.0/tableschema.json',
          fields: table.columns.map(({ name, type, about }) => ({ name, type: schemaType(type), description: about })),
          missingValues: [''],
        },
      };
    }),
  };
}

/** CSV on the Web metadata of one table (W3C). */
export function csvOnTheWeb(table: DataTable): object {
  return {
    '@context': 'http://www.w3.org/ns/csvw',
    url: `${table.id}.csv`,
    'dc:title': LANGUAGES.map((lang) => ({ '@value': table.title[lang], '@language': lang })),
    'dc:license': { '@id': LICENCE.path },
    dialect: { encoding: 'utf-8', lineTerminators: ['\r\n'], header: true },
    tableSchema: {
      columns: table.columns.map(({ name, type, about }) => ({
        ...{ name, titles: name, datatype: type, 'dc:description': about },
        ...(name === 'value' ? { null: [''] } : {}),
      })),
    },
  };
}

const TYPES: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  html: 'text/html',
  js: 'text/javascript',
  json: 'application/json',
  jsonld: 'application/ld+json',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
  pdf: 'application/pdf',
};
export const mediaType = (path: string): string =>
  TYPES[path.slice(path.lastIndexOf('.') + 1)] ?? 'application/octet-stream';

/** DCAT-AP: the edition as a dataset, each file as a distribution with its checksum. */
export function dcat(model: ReportModel, files: Iterable<DescribedFile>): object {
  const localised = (text: ReportModel['title']): object[] =>
    LANGUAGES.map((lang) => ({ '@value': text[lang], '@language': lang }));
  return {
    '@context': {
      dcat: 'http://www.w3.org/ns/dcat#',
      dct: 'http://purl.org/dc/terms/',
      foaf: 'http://xmlns.com/foaf/0.1/',
      prov: 'http://www.w3.org/ns/prov#',
      spdx: 'http://spdx.org/rdf/terms#',
      xsd: 'http://www.w3.org/2001/XMLSchema#',
    },
    '@id': `urn:uuid:${model.nationalReportId}`,
    '@type': 'dcat:Dataset',
    'dct:title': localised(model.title),
    'dct:description': localised(model.title),
    'dct:identifier': nameOf(model),
    'dct:issued': { '@value': model.sealedDay, '@type': 'xsd:date' },
    'dct:temporal': {
      '@type': 'dct:PeriodOfTime',
      'dcat:startDate': { '@value': `${model.year}-01-01`, '@type': 'xsd:date' },
      'dcat:endDate': { '@value': `${model.year}-12-31`, '@type': 'xsd:date' },
    },
    'dct:publisher': { '@type': 'foaf:Agent', 'foaf:name': localised(model.authority) },
    'dct:license': { '@id': LICENCE.path },
    'prov:wasGeneratedBy': { '@id': `urn:aiqyn:snapshot:${model.snapshot.id}` },
    'dcat:distribution': [...files].map(({ path, bytes, sha256 }) => ({
      '@type': 'dcat:Distribution',
      'dct:title': path,
      'dcat:accessURL': { '@id': path },
      'dcat:mediaType': mediaType(path),
      'dcat:byteSize': bytes,
      'spdx:checksum': {
        '@type': 'spdx:Checksum',
        'spdx:algorithm': { '@id': 'spdx:checksumAlgorithm_sha256' },
        'spdx:checksumValue': sha256,
      },
    })),
  };
}

/** PROV-O: each number, the computation of its metric, and the snapshot that it used. */
export function provenance(model: ReportModel, register: MetricRegister): object {
  const snapshot = `urn:aiqyn:snapshot:${model.snapshot.id}`;
  const computation = (metric: string): string => `urn:aiqyn:computation:${model.nationalReportId}:${metric}`;
  const used = new Set(Object.values(model.numbers).map(({ metric }) => metric));
  return {
    '@context': { prov: 'http://www.w3.org/ns/prov#', aiqyn: 'urn:aiqyn:terms:' },
    '@graph': [
      {
        '@id': snapshot,
        '@type': 'prov:Entity',
        'aiqyn:events': model.snapshot.events,
        'aiqyn:root': model.snapshot.root,
      },
      { '@id': 'urn:aiqyn:report-compilation', '@type': 'prov:SoftwareAgent' },
      ...register.metrics
        .filter(({ id }) => used.has(id))
        .map(({ id, version }) => ({
          ...{ '@id': computation(id), '@type': 'prov:Activity', 'prov:used': { '@id': snapshot } },
          ...{ 'prov:wasAssociatedWith': { '@id': 'urn:aiqyn:report-compilation' } },
          ...{ 'aiqyn:metric': id, 'aiqyn:metricVersion': version, 'aiqyn:register': register.id },
        })),
      ...Object.values(model.numbers).map((number) => ({
        ...{ '@id': `urn:aiqyn:number:${model.nationalReportId}:${number.id}`, '@type': 'prov:Entity' },
        ...{ 'prov:wasGeneratedBy': { '@id': computation(number.metric) }, 'aiqyn:status': number.status },
        ...(number.value === null ? {} : { 'prov:value': number.value }),
        ...{ 'aiqyn:inputs': number.inputs, 'aiqyn:inputRoot': number.inputRoot },
      })),
    ],
  };
}
