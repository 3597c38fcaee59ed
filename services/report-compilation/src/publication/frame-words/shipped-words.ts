import { readFileSync } from 'node:fs';
import { frameWordsOf } from './frame-words.rules.js';
import type { Language } from '../../report-model/report-model.rules.js';

// The same number of folders up from src and from dist.
const read = (language: Language): unknown =>
  JSON.parse(readFileSync(new URL(`../../../data/print/texts.${language}.json`, import.meta.url), 'utf8'));

export const frameWords = frameWordsOf({ kk: read('kk'), ru: read('ru'), en: read('en') });
