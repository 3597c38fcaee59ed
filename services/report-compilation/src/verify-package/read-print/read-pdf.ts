import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** Of a page of the report in points: heads and feet repeat on each page and stand in the middle of a text that goes over two. */
const [HEAD, FOOT] = [80, 70];

/** What a PDF says, without white space, and after which of its characters there was some: where a word or a number may end. */
export interface PrintedText {
  readonly text: string;
  /** Whether something begins at this place: the character before it is not of the same word. */
  readonly begins: (at: number) => boolean;
}

/** The text of a PDF in the order in which it was written, as one who reads it sees it: of the pages, not of the files in it. */
export async function readPdf(bytes: Uint8Array): Promise<PrintedText> {
  const loading = getDocument({ data: new Uint8Array(bytes), verbosity: 0, useSystemFonts: false });
  try {
    const pdf = await loading.promise;
    const parts: string[] = [];
    const starts = new Set<number>([0]);
    let length = 0;
    for (let n = 1; n <= pdf.numPages; n += 1) {
      const page = await pdf.getPage(n);
      const height = page.view[3]!;
      const { items } = await page.getTextContent();
      for (const item of items) {
        if (!('str' in item)) continue;
        const y = item.transform[5] as number;
        // The cover has no head and no foot.
        if (n > 1 && (y < FOOT || y > height - HEAD)) continue;
        for (const word of item.str.split(/(\s+)/u)) {
          if (word.trim() === '') {
            if (word !== '') starts.add(length);
          } else {
            parts.push(word);
            length += word.length;
          }
        }
        if (item.hasEOL) starts.add(length);
      }
      starts.add(length);
      page.cleanup();
    }
    return { text: parts.join('').replaceAll('−', '-'), begins: (at) => starts.has(at) };
  } finally {
    await loading.destroy();
  }
}
