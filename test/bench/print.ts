import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { join } from 'node:path';
import { PDFDocument } from 'pdf-lib';
import { ROOT } from '@aiqyn/local';
import { drawCharts } from '@aiqyn/report-compilation/publication/draw-charts/draw-chart';
import { frameWords } from '@aiqyn/report-compilation/publication/frame-words/shipped-words';
import { sampleReport } from '@aiqyn/report-compilation/publication/sample/sample-report';
import { TEMPLATE } from '@aiqyn/report-compilation/publication/typeset-pdf/compile-typst';
import { printDocument } from '@aiqyn/report-compilation/publication/typeset-pdf/print-document.rules';
import { shippedFonts } from '@aiqyn/report-compilation/publication/typeset-pdf/shipped-fonts';
import { typesetPdf } from '@aiqyn/report-compilation/publication/typeset-pdf/typeset-pdf';
import { type Bench, type Figure, inTurn } from './figures.js';

const LANGUAGES = ['kk', 'ru', 'en'] as const;

/**
 * An edition of about 100 pages over three languages as three PDFs: charts, glyph check, both standards. Bare:
 * the same documents and drawings, made beforehand, through JSON.stringify and Typst alone. CPU of all threads.
 */
export async function print({ rounds }: Bench): Promise<Figure[]> {
  const model = sampleReport({ sections: 8, rowsPerTable: 20, paragraphs: 3 });
  const cpu = async (work: () => Promise<unknown> | void): Promise<number> => {
    const before = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1e6;
  };
  let [pages, bytes] = [0, 0];
  const charts: Record<string, Awaited<ReturnType<typeof drawCharts>>> = {};
  for (const language of LANGUAGES) {
    const pdf = await typesetPdf(model, language);
    pages += (await PDFDocument.load(pdf, { updateMetadata: false })).getPageCount();
    bytes += pdf.length;
    charts[language] = await drawCharts(model, language, frameWords[language]);
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
      drawn.forEach(([, { svg }], i) => compiler.mapShadow(join(workspace, `build/charts/${i}.svg`), Buffer.from(svg)));
      compiler.pdf({ mainFilePath: main }, { pdfStandard: 'a-3a' });
      compiler.resetShadow();
      compiler.evictCache(0);
    }
  };
  const ours = async (): Promise<void> => {
    for (const language of LANGUAGES) await typesetPdf(model, language);
  };
  const taken = await inTurn(
    rounds,
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
  ];
}
