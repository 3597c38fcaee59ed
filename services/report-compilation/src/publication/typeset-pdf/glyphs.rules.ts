import { RuleError } from '@aiqyn/contracts/rule-error';

/** Which code points a font draws. */
export type Coverage = ReadonlyMap<string, ReadonlySet<number>>;

/** Every text of a document with the path to where it stands. */
function* texts(value: unknown, path: string): Generator<readonly [path: string, text: string]> {
  if (typeof value === 'string') yield [path, value];
  else if (Array.isArray(value)) for (const [i, one] of value.entries()) yield* texts(one, `${path}[${i}]`);
  else if (value && typeof value === 'object')
    for (const [key, one] of Object.entries(value)) yield* texts(one, path === '' ? key : `${path}.${key}`);
}

/**
 * Refuses a text with a character that one of the fonts does not draw: the compiler would take another font of the machine or
 * print an empty box. Asked of both fonts, since a title stands in one of them here and in the other there.
 */
export function refuseUnknownGlyphs(document: unknown, coverage: Coverage): void {
  const fine = new Set<string>(['\n']);
  for (const [path, text] of texts(document, ''))
    for (const character of text) {
      if (fine.has(character)) continue;
      const point = character.codePointAt(0)!;
      for (const [font, points] of coverage)
        if (!points.has(point))
          throw new RuleError(
            'glyph_missing',
            `${font} has no glyph for “${character}” (U+${point.toString(16).toUpperCase().padStart(4, '0')}), which stands in ${path}: “${text.slice(0, 80)}”`,
            { field: path },
          );
      fine.add(character);
    }
}

/** A template may not tell the day: two builds of one edition would differ. */
export function refuseClock(template: string): void {
  const code = template.replace(/\/\/[^\n]*|\/\*[\s\S]*?\*\//g, '');
  if (/\bdatetime\s*\.\s*today\b/.test(code) || /\bdate\s*:\s*auto\b/.test(code) || /\btoday\s*\(/.test(code))
    throw new RuleError(
      'template_tells_time',
      'the template asks for today’s date; the only date of an edition is its sealed day',
    );
}
