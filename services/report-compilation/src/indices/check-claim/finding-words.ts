import { readFileSync } from 'node:fs';
import type { Words } from './finding-text.rules.js';

const read = (lang: string): Words =>
  JSON.parse(readFileSync(new URL(`../../../data/index-texts/${lang}.json`, import.meta.url), 'utf8')) as Words;

/** The words of findings in each language. */
export const FINDING_WORDS = { kk: read('kk'), ru: read('ru'), en: read('en') } as const;
