import { RuleError } from '@aiqyn/contracts';
import type { Language } from '../../report-model/report-model.rules.js';
import { lengthOf, plainText } from '../documents/plain-text.rules.js';
import type { Unit } from '../documents/units.rules.js';
import { type Anchor, type AnchorMeasure, quoteIn } from '../reanchor-comments/anchor.rules.js';

interface Told {
  readonly unitId: string;
  readonly language: Language;
  readonly text: string;
  readonly quote?: {
    readonly language?: Language;
    readonly text: string;
    readonly prefix?: string;
    readonly suffix?: string;
  };
}
interface Limits {
  readonly commentCharacters: number;
  readonly quoteCharacters: number;
  readonly anchors: AnchorMeasure;
}

/** A text that surrounds a quote keeps the blanks at its ends. */
const around = (text: string | undefined): string => (text ?? '').replace(/\r\n?/g, '\n').normalize('NFC');

/**
 * The text of a comment and where it stands. Throws RuleError naming the field: `too_long`, `no_such_unit`, `quote_not_found` for
 * words that are not in the unit.
 */
export function placed(
  told: Told,
  documentVersion: number,
  units: readonly Unit[],
  { commentCharacters, quoteCharacters, anchors }: Limits,
): { readonly text: string; readonly anchor: Anchor } {
  const refuse = (code: string, field: string, why: string): never => {
    throw new RuleError(code, why, { field });
  };
  const text = plainText(told.text);
  if (lengthOf(text) > commentCharacters)
    refuse('too_long', 'text', `a comment has at most ${commentCharacters} characters`);
  const unit =
    units.find(({ unitId }) => unitId === told.unitId) ??
    refuse('no_such_unit', 'unitId', 'the version that is commented on has no such unit');
  const anchor = { documentVersion, how: 'as-made' as const, unitId: unit.unitId, number: unit.number };
  if (!told.quote) return { text, anchor };
  const words = plainText(told.quote.text);
  if (lengthOf(words) > quoteCharacters)
    refuse('too_long', 'quote.text', `a quote has at most ${quoteCharacters} characters`);
  const language = told.quote.language ?? told.language;
  const context = { prefix: around(told.quote.prefix), suffix: around(told.quote.suffix) };
  const quote =
    quoteIn(unit, { language, text: words, ...context }, anchors) ??
    refuse('quote_not_found', 'quote.text', 'the quoted words do not stand in this unit in this version');
  return { text, anchor: { ...anchor, quote } };
}
