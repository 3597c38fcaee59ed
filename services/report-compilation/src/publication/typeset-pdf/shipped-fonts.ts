import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { create, type Font } from 'fontkit';
import { PAGE_FONTS } from '../render-page/page-style.rules.js';
import type { Coverage } from './glyphs.rules.js';

const { resolve } = createRequire(import.meta.url);

/** Where a font of `PAGE_FONTS` lies on this machine. */
export const fontPath = (file: string): string => resolve(`@expo-google-fonts/${file}`);

interface ShippedFonts {
  readonly blobs: readonly Buffer[];
  /** As they are written into a PDF: Inter-Regular. */
  readonly names: ReadonlySet<string>;
  readonly coverage: Coverage;
}

let fonts: ShippedFonts | undefined;

export function shippedFonts(): ShippedFonts {
  if (fonts) return fonts;
  // Whole TTF files; the subsets that web fonts come in leave a typesetter without half of the Kazakh letters.
  const read = PAGE_FONTS.map(({ file }) => readFileSync(fontPath(file)));
  const opened = read.map((bytes) => create(bytes) as Font);
  const coverage = new Map(opened.map((font) => [font.postscriptName, new Set(font.characterSet)]));
  fonts = { blobs: read, names: new Set(opened.map(({ postscriptName }) => postscriptName)), coverage };
  return fonts;
}
