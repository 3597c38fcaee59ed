import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PDFDict, PDFDocument, PDFName, PDFRawStream, decodePDFRawStream } from 'pdf-lib';
import { LANGUAGES, type ReportModel } from '../../report-model/report-model.rules.js';
import { sampleReport } from '../sample/sample-report.js';
import { compileTypst } from './compile-typst.js';
import { refuseClock, refuseUnknownGlyphs } from './glyphs.rules.js';
import { shippedFonts } from './shipped-fonts.js';
import { asTwoStandards, fontsOf, withUaPart } from './two-standards.js';
import { typesetPdf } from './typeset-pdf.js';

const model = sampleReport();
const attachments = [
  { name: 'numbers.csv', bytes: Buffer.from('id,value\nx,1\n'), mime: 'text/csv', description: 'All numbers' },
];
const built = (file: string): string => new URL(`../../../dist/publication/typeset-pdf/${file}`, import.meta.url).href;
const sha = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const bytesOf = (text: string): Map<string, Uint8Array> => new Map([['document.json', Buffer.from(text)]]);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'aiqyn-print-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A font file that calls itself Inter: the records of the family in its name table are written over. */
function callingItselfInter(font: Buffer): Buffer {
  const out = Buffer.from(font);
  const tables = Array.from({ length: out.readUInt16BE(4) }, (_, i) => 12 + i * 16);
  const entry = tables.find((at) => out.toString('latin1', at, at + 4) === 'name')!;
  const table = out.readUInt32BE(entry + 8);
  const strings = table + out.readUInt16BE(table + 4);
  for (let i = 0; i < out.readUInt16BE(table + 2); i += 1) {
    const record = table + 6 + i * 12;
    if (![1, 16].includes(out.readUInt16BE(record + 6))) continue;
    const name = Buffer.from('Inter', 'utf16le').swap16();
    name.copy(out, strings + out.readUInt16BE(record + 10));
    out.writeUInt16BE(name.length, record + 8);
  }
  return out;
}

describe('R3: the PDF', () => {
  it('is the same bytes again, and in another process with another clock, language and other fonts of the same name', async () => {
    const fonts = join(folder, '.fonts');
    mkdirSync(join(folder, '.local/share/fonts'), { recursive: true });
    mkdirSync(fonts, { recursive: true });
    // The machine has an Inter of its own, which is another font.
    const serif = createRequire(import.meta.url).resolve(
      '@expo-google-fonts/source-serif-4/400Regular/SourceSerif4_400Regular.ttf',
    );
    writeFileSync(join(fonts, 'Inter.ttf'), callingItselfInter(readFileSync(serif)));
    copyFileSync(join(fonts, 'Inter.ttf'), join(folder, '.local/share/fonts/Inter.ttf'));
    const code = `
      const { typesetPdf } = await import(${JSON.stringify(built('typeset-pdf.js'))});
      const { sampleReport } = await import(${JSON.stringify(built('../sample/sample-report.js'))});
      const { createHash } = await import('node:crypto');
      const attachments = [{ name: 'numbers.csv', bytes: Buffer.from('id,value\\nx,1\\n'), mime: 'text/csv', description: 'All numbers' }];
      const { NodeCompiler } = await import('@myriaddreamin/typst-ts-node-compiler');
      const { PDFDocument } = await import('pdf-lib');
      const { fontsOf } = await import(${JSON.stringify(built('two-standards.js'))});
      const bare = NodeCompiler.create().pdf({ mainFileContent: '#set text(font: "Inter", fallback: false)\\nText' });
      console.log([...fontsOf(await PDFDocument.load(bare))].join());
      for (const language of ['kk', 'ru', 'en']) console.log(createHash('sha256').update(await typesetPdf(sampleReport(), language, attachments)).digest('hex'));`;
    const elsewhere = execFileSync(process.execPath, ['--input-type=module', '-e', code], {
      env: {
        HOME: folder,
        TZ: 'Pacific/Kiritimati',
        LANG: 'ar_EG.UTF-8',
        LC_ALL: 'tr_TR.UTF-8',
        TYPST_FONT_PATHS: fonts,
        FONTCONFIG_PATH: folder,
      },
      encoding: 'utf8',
    });
    const [hostFont, ...hashes] = elsewhere.trim().split('\n');
    // The host's font is there to be taken: a compiler without our files takes it.
    expect(hostFont).toBe('SourceSerif4-Regular');
    for (const [i, language] of LANGUAGES.entries()) {
      const [once, again] = [
        await typesetPdf(model, language, attachments),
        await typesetPdf(model, language, attachments),
      ];
      expect(sha(again)).toBe(sha(once));
      expect(hashes[i]).toBe(sha(once));
    }
  }, 180_000);

  it('tells no day but the sealed one', async () => {
    const pdf = await PDFDocument.load(await typesetPdf(model, 'en'), { updateMetadata: false });
    expect(pdf.getCreationDate()?.toISOString()).toBe('2026-02-12T00:00:00.000Z');
    expect(pdf.getModificationDate()?.toISOString()).toBe('2026-02-12T00:00:00.000Z');
  });

  it.each(['#datetime.today()', '#datetime . today(offset: 1)', '#set document(date: auto)'])(
    'is refused when its template says %s',
    async (template) => {
      await expect(typesetPdf(model, 'en', [], template)).rejects.toMatchObject({ code: 'template_tells_time' });
      expect(() => refuseClock(`// ${template}\nfine`)).not.toThrow();
    },
  );
});

describe('R6: the fonts', () => {
  it.each(LANGUAGES)('of the PDF in %s are embedded and ours, every one', async (language) => {
    const pdf = await PDFDocument.load(await typesetPdf(model, language), { updateMetadata: false });
    const fonts = [...fontsOf(pdf)];
    expect(fonts.length).toBeGreaterThan(2);
    expect(fonts.filter((font) => !shippedFonts().names.has(font))).toEqual([]);
  });

  it('draw every letter of Kazakh and every sign that a report uses', () => {
    expect(() =>
      refuseUnknownGlyphs({ text: 'ӘҒҚҢӨҰҮҺІәғқңөұүһіЁё ₸№≈→≤≥−×–—…«»“”’%\u00a0' }, shippedFonts().coverage),
    ).not.toThrow();
  });

  it('refuse a character that they lack and say where it stands', async () => {
    const section = model.sections[0]!;
    const odd: ReportModel = {
      ...model,
      sections: [{ ...section, owner: { ...section.owner, ru: 'Служба ☃' } }, ...model.sections.slice(1)],
    };
    await expect(typesetPdf(odd, 'ru')).rejects.toMatchObject({
      code: 'glyph_missing',
      message: expect.stringMatching(/no glyph for “☃” \(U\+2603\), which stands in document\.sections\[0\]\.owner/),
    });
    expect((await typesetPdf(odd, 'kk')).length).toBeGreaterThan(10_000);
  });

  it('that are not shipped stop the PDF, even when the compiler carries them', async () => {
    const foreign = compileTypst(
      bytesOf('{}'),
      '#set document(title: "x", date: datetime(year: 2026, month: 1, day: 1))\n#set text(font: "Libertinus Serif", lang: "en")\nText',
    );
    await expect(asTwoStandards(foreign, shippedFonts().names)).rejects.toThrow(
      'fonts that are not shipped: LibertinusSerif-Regular',
    );
  });
});

describe('the PDF', () => {
  it('does not come out when a drawing has no text in its place, or a glyph is not there', () => {
    const head =
      '#set document(title: "x", date: datetime(year: 2026, month: 1, day: 1))\n#set text(font: "Inter", fallback: false, lang: "en")\n';
    expect(() =>
      compileTypst(
        bytesOf('{}'),
        `${head}#image(bytes("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'></svg>"), format: "svg")`,
      ),
    ).toThrow(/ua-1.*alt/s);
    expect(() => compileTypst(bytesOf('{}'), `${head}#nothing`)).toThrow('unknown variable: nothing');
    expect(() => compileTypst(bytesOf('{}'), `${head}☃`)).toThrow(/ua-1|a-3a/);
  });

  it('carries the files that it is given, and refuses a name that is a path or comes twice', async () => {
    const pdf = await PDFDocument.load(await typesetPdf(model, 'en', attachments), { updateMetadata: false });
    const streams = pdf.context
      .enumerateIndirectObjects()
      .flatMap(([, o]) =>
        o instanceof PDFRawStream && o.dict.get(PDFName.of('Type')) === PDFName.of('EmbeddedFile') ? [o] : [],
      );
    expect(streams.map((one) => Buffer.from(decodePDFRawStream(one).decode()).toString())).toEqual(['id,value\nx,1\n']);
    for (const names of [['../x'], [''], ['a.csv', 'a.csv'], ['a/b.csv']])
      await expect(
        typesetPdf(
          model,
          'en',
          names.map((name) => ({ ...attachments[0]!, name })),
        ),
      ).rejects.toMatchObject({ code: 'attachment_name' });
  });

  it('names the rows of its tables as headers', async () => {
    const pdf = await PDFDocument.load(await typesetPdf(model, 'en'), { updateMetadata: false });
    const scopes = pdf.context
      .enumerateIndirectObjects()
      .flatMap(([, o]) =>
        o instanceof PDFDict && o.get(PDFName.of('S')) === PDFName.of('TH') ? [o.get(PDFName.of('A'))!.toString()] : [],
      );
    const rows = scopes.filter((scope) => scope.includes('/Scope /Row')).length;
    // Three tables of eight rows, three of chart data (5 + 14 + 5), the sealed logs, and one row a number.
    expect(rows).toBe(3 * 8 + 24 + 3 + Object.keys(model.numbers).length);
  });

  it('is refused when the model is not whole', async () => {
    const section = model.sections[0]!;
    const table = section.blocks.find((block) => block.kind === 'table')!;
    const ragged = { ...table, rows: [{ ...table.rows[0]!, cells: [] }] };
    await expect(typesetPdf({ ...model, sections: [{ ...section, blocks: [ragged] }] }, 'en')).rejects.toMatchObject({
      code: 'table_ragged',
    });
    await expect(typesetPdf({ ...model, numbers: {} }, 'en')).rejects.toThrow('no number of the report');
  });

  it('does not take what it prints as commands', async () => {
    const title = { kk: '#pagebreak() $x$ *a*', ru: '#pagebreak() $x$ *a*', en: '#pagebreak() $x$ *a* \\ "quote" <b>' };
    const pdf = await PDFDocument.load(await typesetPdf({ ...model, title }, 'en'), { updateMetadata: false });
    expect(pdf.getTitle()).toBe(`${title.en} — 2025`);
  });

  it('has one bag of schemas in its metadata', () => {
    expect(() => withUaPart('<x/>')).toThrow('has not one bag');
    const xmp = withUaPart('<rdf:Bag></rdf:Bag></pdfaExtension:schemas><pdfaid:part>3</pdfaid:part>');
    expect(xmp.match(/<pdfuaid:part /g)).toHaveLength(1);
    expect(xmp.match(/<\/pdfaExtension:schemas>/g)).toHaveLength(1);
  });
});
