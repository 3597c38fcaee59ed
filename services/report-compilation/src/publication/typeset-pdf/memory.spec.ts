import { execFileSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';

const built = (file: string): string => new URL(`../../../dist/publication/${file}`, import.meta.url).href;
/** Typesets five editions, with our way of compiling or with the bare compiler, and says by how many MiB the process grew from the second on. */
const code = (ours: boolean): string => `
  const { compileTypst, TEMPLATE } = await import(${JSON.stringify(built('typeset-pdf/compile-typst.js'))});
  const { printDocument } = await import(${JSON.stringify(built('typeset-pdf/print-document.rules.js'))});
  const { drawCharts } = await import(${JSON.stringify(built('draw-charts/draw-chart.js'))});
  const { frameWords } = await import(${JSON.stringify(built('frame-words/shipped-words.js'))});
  const { shippedFonts } = await import(${JSON.stringify(built('typeset-pdf/shipped-fonts.js'))});
  const { sampleReport } = await import(${JSON.stringify(built('sample/sample-report.js'))});
  const { NodeCompiler } = await import(${JSON.stringify(import.meta.resolve('@myriaddreamin/typst-ts-node-compiler'))});
  const folder = ${JSON.stringify(new URL('../../../data/print', import.meta.url).pathname)};
  const bare = NodeCompiler.create({ workspace: folder, fontArgs: [{ fontBlobs: [...shippedFonts().blobs] }] });
  const rss = [];
  for (let year = 2020; year < 2025; year += 1) {
    const model = { ...sampleReport({ sections: 6, rowsPerTable: 20 }), year };
    const drawn = Object.entries(await drawCharts(model, 'en', frameWords.en));
    const charts = Object.fromEntries(drawn.map(([id, { alt }], i) => [id, { file: i + '.svg', alt }]));
    const document = JSON.stringify(printDocument(model, 'en', frameWords.en, charts, []));
    const files = new Map([['document.json', Buffer.from(document)], ...drawn.map(([, { svg }], i) => ['charts/' + i + '.svg', Buffer.from(svg)])]);
    if (${ours}) compileTypst(files);
    else {
      bare.mapShadow(folder + '/build/main.typ', Buffer.from(TEMPLATE));
      for (const [path, bytes] of files) bare.mapShadow(folder + '/build/' + path, bytes);
      bare.pdf(bare.compile({ mainFilePath: folder + '/build/main.typ' }).result, { pdfStandard: 'a-3a' });
      bare.resetShadow();
    }
    globalThis.gc();
    rss.push(process.memoryUsage().rss / 2 ** 20);
  }
  console.log(rss[4] - rss[1]);`;
const growth = (ours: boolean): number =>
  Number(
    execFileSync(process.execPath, ['--expose-gc', '--input-type=module', '-e', code(ours)], { encoding: 'utf8' }),
  );

describe('the compiler', () => {
  it('gives its cache back after each edition: a process grows by less than half of what the bare compiler keeps (trap 12)', () => {
    expect(growth(true)).toBeLessThan(growth(false) / 2);
  }, 120_000);
});
