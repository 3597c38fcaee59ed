import type { Language, ReportModel } from '../../report-model/report-model.rules.js';

export interface Download {
  readonly name: string;
  readonly href: string;
  readonly mime: string;
}

/** What the page is, for machines: a report, and the data set that it is made of (schema.org). */
export function jsonLd(
  model: ReportModel,
  language: Language,
  url: string | undefined,
  downloads: readonly Download[],
): object {
  const publisher = { '@type': 'GovernmentOrganization', name: model.authority[language] };
  const name = `${model.title[language]} — ${model.year}`;
  return {
    '@context': 'https://schema.org',
    '@graph': [
      {
        '@type': 'Report',
        ...(url ? { '@id': url, url } : {}),
        name,
        reportNumber: `${model.year}/${model.edition}`,
        version: String(model.edition),
        inLanguage: language,
        datePublished: model.sealedDay,
        temporalCoverage: String(model.year),
        publisher,
        hasPart: model.sections.map(({ id, title }) => ({
          '@type': 'CreativeWork',
          ...(url ? { '@id': `${url}#${id}` } : {}),
          name: title[language],
        })),
      },
      {
        '@type': 'Dataset',
        name,
        description: name,
        identifier: [model.snapshot.id, `sha256:${model.snapshot.root}`],
        version: String(model.edition),
        temporalCoverage: String(model.year),
        creator: publisher,
        isAccessibleForFree: true,
        variableMeasured: [...new Set(Object.values(model.numbers).map(({ metric }) => metric))],
        distribution: downloads.map(({ name: title, href, mime }) => ({
          '@type': 'DataDownload',
          name: title,
          contentUrl: href,
          encodingFormat: mime,
        })),
      },
    ],
  };
}
