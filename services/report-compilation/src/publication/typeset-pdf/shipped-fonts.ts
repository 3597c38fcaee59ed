import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { create, type Font } from 'fontkit';
import type { Coverage } from './glyphs.rules.js';

const { resolve } = createRequire(import.meta.url);

/** Whole TTF files; the subsets that web fonts come in leave a typesetter without half of the Kazakh letters. */
const FILES = {
  Inter: [
    'inter/400Regular/Inter_400Regular.ttf',
    'inter/600SemiBold/Inter_600SemiBold.ttf',
    'inter/700Bold/Inter_700Bold.ttf',
  ],
  'Source Serif 4': [
    'source-serif-4/400Regular/SourceSerif4_400Regular.ttf',
    'source-serif-4/600SemiBold/SourceSerif4_600SemiBold.ttf',
  ],
} as const;

export const FONT_FAMILIES = Object.keys(FILES);

interface ShippedFonts {
  readonly blobs: readonly Buffer[];
  /** As they are written into a PDF: Inter-Regular. */
  readonly names: ReadonlySet<string>;
  readonly coverage: Coverage;
}

let fonts: ShippedFonts | undefined;

export function shippedFonts(): ShippedFonts {
  if (fonts) return fonts;
  const read = Object.values(FILES).flatMap((files) =>
    files.map((file) => readFileSync(resolve(`@expo-google-fonts/${file}`))),
  );
  const opened = read.map((bytes) => create(bytes) as Font);
  const coverage = new Map(opened.map((font) => [font.postscriptName, new Set(font.characterSet)]));
  fonts = { blobs: read, names: new Set(opened.map(({ postscriptName }) => postscriptName)), coverage };
  return fonts;
}
