import { type Language, LANGUAGES } from './report-model.rules.js';

/** The first language of the report among those that a reader asks for, by their weights (RFC 9110, 12.5.4); Kazakh when it is none. */
export function languageFor(acceptLanguage: string | undefined): Language {
  const wanted = (acceptLanguage ?? '').split(',').map((part, order) => {
    const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
    const q = parameters.map((one) => /^\s*q=([01](?:\.\d{0,3})?)\s*$/.exec(one)?.[1]).find((one) => one !== undefined);
    return { language: tag.split('-')[0], weight: q === undefined ? 1 : Number(q), order };
  });
  const known = wanted
    .filter(({ language, weight }) => weight > 0 && LANGUAGES.some((one) => one === language))
    .sort((a, b) => b.weight - a.weight || a.order - b.order);
  return (known[0]?.language as Language | undefined) ?? 'kk';
}
