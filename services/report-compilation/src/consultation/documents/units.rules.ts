import { createHash } from 'node:crypto';
import { RuleError } from '@aiqyn/contracts';
import { type Language, LANGUAGES, type Localised } from '../../report-model/report-model.rules.js';
import { isPlain, plainText } from './plain-text.rules.js';

export const UNIT_KINDS = ['part', 'chapter', 'section', 'article', 'paragraph', 'item', 'table'] as const;
export type UnitKind = (typeof UNIT_KINDS)[number];

/** A place of a document. Its id stays the same in all versions, whatever becomes of its number and its words. */
export interface Unit {
  readonly unitId: string;
  /** The unit that it stands in; one that comes before it. */
  readonly parent?: string;
  /** As it is printed: `3`, `3.1`, `IV`. */
  readonly number: string;
  readonly kind: UnitKind;
  readonly text: Localised;
}

export const MAX_UNITS = 2_000;

/**
 * Reads the units of a version in the order of the document; texts in one form (NFC, LF). Throws RuleError `bad_units` naming the
 * field: an id twice, a parent that does not come before, a number twice under one parent, a text that is missing in a language.
 */
export function unitsOf(told: readonly Unit[]): Unit[] {
  const bad = (field: string, why: string): never => {
    throw new RuleError('bad_units', why, { field });
  };
  if (told.length === 0 || told.length > MAX_UNITS) bad('units', `a version has 1 to ${MAX_UNITS} units`);
  const known = new Set<string>();
  const numbers = new Set<string>();
  return told.map(({ unitId, parent, number, kind, text }, i) => {
    const at = `units.${i}`;
    if (known.has(unitId)) bad(`${at}.unitId`, 'each id stands once');
    if (parent !== undefined && !known.has(parent)) bad(`${at}.parent`, 'a parent comes before what stands in it');
    const place = JSON.stringify([parent ?? null, kind, number]);
    if (numbers.has(place)) bad(`${at}.number`, 'a number stands once among units of a kind under one parent');
    known.add(unitId);
    numbers.add(place);
    const read = (lang: Language): string => {
      const raw: unknown = text?.[lang];
      if (typeof raw !== 'string' || !isPlain(raw) || plainText(raw) === '')
        return bad(`${at}.text.${lang}`, 'each unit has a text in each language, without control characters');
      return plainText(raw);
    };
    const texts = { kk: read('kk'), ru: read('ru'), en: read('en') };
    return { unitId, ...(parent === undefined ? {} : { parent }), number, kind, text: texts };
  });
}

/** The hash that a version is known by. */
export const hashOf = (units: readonly Unit[]): string =>
  createHash('sha256')
    .update(
      JSON.stringify(
        units.map(({ unitId, parent, number, kind, text }) => [
          ...[unitId, parent ?? null, number, kind],
          ...LANGUAGES.map((lang) => text[lang]),
        ]),
      ),
    )
    .digest('hex');
