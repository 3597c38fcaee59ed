import type { ListedEdition } from './front-page.rules.js';

/** A published edition as the site lists it. */
export function listedEdition({
  _id,
  year,
  edition,
  corrects,
  history,
}: {
  readonly _id: string;
  readonly year: number;
  readonly edition: number;
  readonly corrects?: string;
  readonly history: readonly { readonly step: string; readonly day: string }[];
}): ListedEdition {
  const published = history.find(({ step }) => step === 'published');
  if (!published) throw new Error('an edition that is published has a day of publication');
  return { id: _id, year, edition, publishedDay: published.day, ...(corrects === undefined ? {} : { corrects }) };
}
