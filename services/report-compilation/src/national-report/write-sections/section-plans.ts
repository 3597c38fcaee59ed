import { readdirSync, readFileSync } from 'node:fs';
import { registerOf } from '../../numbers/define-metrics/registers.js';
import { LANGUAGES, type Localised } from '../../report-model/report-model.rules.js';
import { type SectionPlan, sectionPlan } from './section-plan.rules.js';

const DATA = new URL('../../../data/', import.meta.url);
const json = (path: string): unknown => JSON.parse(readFileSync(new URL(path, DATA), 'utf8'));

const plans: readonly SectionPlan[] = readdirSync(new URL('sections/', DATA))
  .filter((name) => name.endsWith('.json'))
  .map((name) => json(`sections/${name}`) as SectionPlan)
  .map((raw) => sectionPlan(raw, registerOf(Number(raw.effectiveFrom.slice(0, 4)))))
  .sort((a, b) => (a.effectiveFrom < b.effectiveFrom ? -1 : 1));

/** The plan in force at the end of a year; before the first one, the first. */
export const planOf = (year: number): SectionPlan =>
  plans.findLast(({ effectiveFrom }) => effectiveFrom <= `${year}-12-31`) ?? plans[0]!;

const inLanguages = LANGUAGES.map((lang) => [lang, json(`words/${lang}.json`) as Record<string, string>] as const);

/** The words for groups and values of codes, in the order in which they are told; all languages have the same keys. */
export const words: ReadonlyMap<string, Localised> = new Map(
  Object.keys(inLanguages[0]![1]).map((key) => [
    key,
    Object.fromEntries(inLanguages.map(([lang, texts]) => [lang, texts[key]])) as unknown as Localised,
  ]),
);
