import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { PDFDocument } from 'pdf-lib';
import { ROOT } from '@aiqyn/local';
import { frameWords } from '@aiqyn/report-compilation/publication/frame-words/shipped-words';
import { sampleReport } from '@aiqyn/report-compilation/publication/sample/sample-report';
import { TEMPLATE } from '@aiqyn/report-compilation/publication/typeset-pdf/compile-typst';
import { printDocument } from '@aiqyn/report-compilation/publication/typeset-pdf/print-document.rules';
import { shippedFonts } from '@aiqyn/report-compilation/publication/typeset-pdf/shipped-fonts';
import { Typesetter } from '@aiqyn/report-compilation/publication/typeset-pdf/typesetter';
import { type Figure, inTurn } from './figures.js';

const LANGUAGES = ['kk', 'ru', 'en'] as const;

/**
 * An edition of about 100 pages over three languages as three PDFs by the typesetter: charts, glyph check, both standards. Bare:
 * the same documents and drawings, made beforehand, through JSON.stringify and Typst alone. CPU of all threads.
 */
export async function print(): Promise<Figure[]> {
  const model = sampleReport({ sections: 8, rowsPerTable: 20, paragraphs: 3 });
  const typesetter = new Typesetter();
  const cpu = async (work: () => Promise<unknown> | void): Promise<number> => {
    const before = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1e6;
  };
  try {
    let [pages, bytes, stall] = [0, 0, 0];
    const charts: Record<string, Awaited<ReturnType<Typesetter['charts']>>> = {};
    for (const language of LANGUAGES) {
      const pdf = await typesetter.pdf(model, language);
      pages += (await PDFDocument.load(pdf, { updateMetadata: false })).getPageCount();
      bytes += pdf.length;
      charts[language] = await typesetter.charts(model, language);
    }
    const workspace = join(ROOT, 'services/report-compilation/data/print');
    const compiler = NodeCompiler.create({ workspace, fontArgs: [{ fontBlobs: [...shippedFonts().blobs] }] });
    const documents = LANGUAGES.map((language) => {
      const drawn = Object.entries(charts[language]!);
      const files = Object.fromEntries(drawn.map(([id, { alt }], i) => [id, { file: `${i}.svg`, alt }]));
      return { document: printDocument(model, language, frameWords[language], files, []), drawn };
    });
    const bare = (): void => {
      for (const { document, drawn } of documents) {
        const main = join(workspace, 'build/main.typ');
        compiler.mapShadow(main, Buffer.from(TEMPLATE));
        compiler.mapShadow(join(workspace, 'build/document.json'), Buffer.from(JSON.stringify(document)));
        drawn.forEach(([, { svg }], i) =>
          compiler.mapShadow(join(workspace, `build/charts/${i}.svg`), Buffer.from(svg)),
        );
        compiler.pdf({ mainFilePath: main }, { pdfStandard: 'a-3a' });
        compiler.resetShadow();
        compiler.evictCache(0);
      }
    };
    const ours = async (): Promise<void> => {
      const delay = monitorEventLoopDelay({ resolution: 5 });
      delay.enable();
      for (const language of LANGUAGES) await typesetter.pdf(model, language);
      delay.disable();
      stall = Math.max(stall, delay.max / 1e6);
    };
    const taken = await inTurn(
      5,
      () => cpu(ours),
      () => cpu(bare),
    );
    const per100 = 100 / pages;
    const note = `${pages} pages, ${Object.keys(model.numbers).length} numbers, ${(bytes / 1e6).toFixed(2)} MB; bare: JSON.stringify and Typst; aim 5 s`;
    return [
      {
        name: 'typeset 100 pages over kk, ru, en, CPU',
        ours: taken.ours * per100,
        bare: taken.bare * per100,
        unit: 's',
        note,
      },
      {
        name: 'longest stall of the thread of the service meanwhile',
        ours: stall,
        unit: 'ms',
        note: 'health aim 200 ms',
      },
    ];
  } finally {
    await typesetter.close();
  }
}
