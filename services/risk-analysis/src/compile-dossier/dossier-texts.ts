import { readFileSync } from 'node:fs';
import { KZ_REGIONS } from '@aiqyn/contracts';
import { readRegions } from '../policies/policies.js';
import { type Language, LANGUAGES } from './dossier.dto.js';
import type { Texts } from './dossier-page.rules.js';

const { names } = readRegions();

const read = (language: Language): Texts => ({
  ...(JSON.parse(readFileSync(new URL(`../../data/texts/dossier.${language}.json`, import.meta.url), 'utf8')) as Texts),
  ...Object.fromEntries(KZ_REGIONS.map((code) => [`value.${code}`, names[code][language][0]!])),
});

/** The words of the page in each language; regions are called as the pack of regions calls them. */
export const dossierTexts = Object.fromEntries(LANGUAGES.map((one) => [one, read(one)])) as Readonly<
  Record<Language, Texts>
>;
