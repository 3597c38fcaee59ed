import { crc32 } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { AFRelationship, PDFDict, PDFDocument, PDFName, PDFString } from '@cantoo/pdf-lib';
import fc from 'fast-check';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { cleanFile, type Refusal } from './clean-file.js';
import { MOST_ENTRIES } from './zip.rules.js';

const SECRET = 'SECRET-Айгүл-43.238949';
const utf8 = (text: string): Buffer => Buffer.from(text);
const b64 = (text: string): Buffer => Buffer.from(text, 'base64');
/** Eight by eight pixels of one colour. */
const JPEG = b64(
  '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABsSFBcUERsXFhceHBsgKEIrKCUlKFE6PTBCYFVlZF9VXVtqeJmBanGQc1tdhbWGkJ6jq62rZ4C8yb' +
    'qmx5moq6T/2wBDARweHigjKE4rK06kbl1upKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKT/wAARCAAI' +
    'AAgDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAT/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFQEBAQAAAAAAAAAAAAAAAAAAAwX/xA' +
    'AUEQEAAAAAAAAAAAAAAAAAAAAA/9oADAMBAAIRAxEAPwCIAaw//9k=',
);
const PNG = b64(
  'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAFElEQVR4nGM8IWfDgA0wYRUdtBIA5+ABMmcf2iwAAAAASUVORK5CYII=',
);

/** An EXIF block with camera, author, orientation and a place. */
function exif(orientation: number): Buffer {
  const author = utf8(`${SECRET}\0`);
  const entry = (tag: number, type: number, count: number, value: number, short = false): Buffer => {
    const bytes = Buffer.alloc(12);
    bytes.writeUInt16LE(tag, 0);
    bytes.writeUInt16LE(type, 2);
    bytes.writeUInt32LE(count, 4);
    if (short) bytes.writeUInt16LE(value, 8);
    else bytes.writeUInt32LE(value, 8);
    return bytes;
  };
  const entries = [
    entry(0x010f, 2, author.length, 62),
    entry(0x0112, 3, 1, orientation, true),
    entry(0x013b, 2, author.length, 62),
    entry(0x8825, 4, 1, 62),
  ];
  return Buffer.concat([utf8('II*\0'), Buffer.of(8, 0, 0, 0, 4, 0), ...entries, Buffer.alloc(4), author]);
}
function segment(marker: number, content: Buffer): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(content.length + 2);
  return Buffer.concat([Buffer.of(0xff, marker), length, content]);
}
const photo = (orientation = 6, tail = `PK\u0003\u0004${SECRET}`): Buffer =>
  Buffer.concat([
    JPEG.subarray(0, 20),
    segment(0xe1, Buffer.concat([utf8('Exif\0\0'), exif(orientation)])),
    segment(0xe1, utf8(`http://ns.adobe.com/xap/1.0/\0<x>${SECRET}</x>`)),
    segment(0xe2, utf8(`ICC_PROFILE\0${SECRET}`)),
    segment(0xed, utf8(`Photoshop 3.0\0${SECRET}`)),
    segment(0xfe, utf8(SECRET)),
    JPEG.subarray(20),
    utf8(tail),
  ]);
function chunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([utf8(type), content]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(content.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}
const screenshot = (): Buffer =>
  Buffer.concat([
    PNG.subarray(0, 33),
    chunk('tEXt', utf8(`Author\0${SECRET}`)),
    chunk('iTXt', utf8(`XML:com.adobe.xmp\0\0\0\0\0${SECRET}`)),
    chunk('eXIf', exif(1)),
    chunk('tIME', Buffer.of(7, 233, 1, 2, 3, 4, 5)),
    chunk('prVt', utf8(SECRET)),
    PNG.subarray(33),
    utf8(SECRET),
  ]);

async function pdf(): Promise<PDFDocument> {
  const doc = await PDFDocument.create();
  const page = doc.addPage([200, 200]);
  page.drawText('visible');
  page.drawImage(await doc.embedJpg(photo()), { x: 10, y: 10 });
  return doc;
}
/** A PDF with about everything that can tell, or act. */
async function tellingPdf(): Promise<Uint8Array> {
  const doc = await pdf();
  doc.setAuthor(SECRET);
  doc.setTitle(SECRET);
  doc.addJavaScript('main', `app.alert("${SECRET}")`);
  await doc.attach(utf8(SECRET), `${SECRET}.txt`, { afRelationship: AFRelationship.Data });
  const { context, catalog } = doc;
  catalog.set(PDFName.of('Metadata'), context.register(context.stream(`<x:xmpmeta>${SECRET}</x:xmpmeta>`)));
  catalog.set(PDFName.of('OpenAction'), context.obj({ S: 'JavaScript', JS: PDFString.of(SECRET) }));
  const note = { Type: 'Annot', Subtype: 'Text', Rect: [0, 0, 9, 9], T: PDFString.of(SECRET), M: PDFString.of(SECRET) };
  const link = { Type: 'Annot', Subtype: 'Link', Rect: [0, 0, 9, 9], A: { S: 'URI', URI: PDFString.of(SECRET) } };
  const file = { Type: 'Annot', Subtype: 'FileAttachment', Rect: [0, 0, 9, 9], Contents: PDFString.of(SECRET) };
  const { node } = doc.getPage(0);
  node.set(PDFName.of('Annots'), context.obj([note, link, file].map((one) => context.register(context.obj(one)))));
  node.set(PDFName.of('PieceInfo'), context.obj({ Word: { Private: PDFString.of(SECRET) } }));
  context.register(PDFString.of(`an object that nothing refers to ${SECRET}`));
  return doc.save({ useObjectStreams: false });
}

const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const type = (ext: string, mime: string): string => `<Default Extension="${ext}" ContentType="${mime}"/>`;
const override = (part: string, mime: string): string => `<Override PartName="${part}" ContentType="${mime}"/>`;
const OFFICE = 'application/vnd.openxmlformats-officedocument';
const relation = (id: string, kind: string, target: string, mode = ''): string =>
  `<Relationship Id="${id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${kind}" Target="${target}"${mode}/>`;
const relations = (...all: string[]): string => `<Relationships>${all.join('')}</Relationships>`;

const docx = (more: Record<string, string | Uint8Array> = {}): Uint8Array => {
  const parts: Record<string, string | Uint8Array> = {
    '[Content_Types].xml': `<?xml version="1.0" encoding="UTF-8"?><Types>${type('rels', 'application/vnd.openxmlformats-package.relationships+xml')}${type('jpeg', 'image/jpeg')}${override('/word/document.xml', `${OFFICE}.wordprocessingml.document.main+xml`)}${override('/docProps/core.xml', 'application/vnd.openxmlformats-package.core-properties+xml')}</Types>`,
    '_rels/.rels': relations(
      relation('rId1', 'officeDocument', 'word/document.xml'),
      relation('rId2', 'metadata/core-properties', 'docProps/core.xml'),
    ),
    'docProps/core.xml': `<cp:coreProperties><dc:creator>${SECRET}</dc:creator></cp:coreProperties>`,
    'docProps/app.xml': `<Properties><Company>${SECRET}</Company></Properties>`,
    'docProps/custom.xml': `<Properties>${SECRET}</Properties>`,
    'docProps/thumbnail.jpeg': photo(),
    'customXml/item1.xml': `<x>${SECRET}</x>`,
    'word/people.xml': `<w15:people><w15:person w15:author="${SECRET}"/></w15:people>`,
    'word/settings.xml': `<w:settings ${W}><w:attachedTemplate r:id="rId1"/><w:rsids><w:rsidRoot w:val="00AB12CD"/></w:rsids><w15:docId w15:val="{${SECRET}}"/><w:mailMerge><w:query w:val="${SECRET}"/></w:mailMerge><w:docVars><w:docVar w:name="x" w:val="${SECRET}"/></w:docVars><w:zoom/></w:settings>`,
    'word/_rels/settings.xml.rels': relations(
      relation('rId1', 'attachedTemplate', `file:///C:/Users/${SECRET}/x.dotx`, ' TargetMode="External"'),
    ),
    'word/_rels/document.xml.rels': relations(
      relation('rId7', 'people', 'people.xml'),
      relation('rId8', 'image', 'media/image1.jpeg'),
      relation('rId9', 'image', `https://example.com/${SECRET}.png`, ' TargetMode="External"'),
      relation('rId10', 'hyperlink', 'https://example.com/', ' TargetMode="External"'),
      relation('rId11', 'customXml', '../customXml/item1.xml'),
    ),
    'word/comments.xml': `<w:comments ${W}><w:comment w:id="0" w:author="${SECRET}" w:initials='${SECRET}' w:date="2025-01-01T00:00:00Z"/></w:comments>`,
    'word/document.xml': `<?xml version="1.0"?><w:document ${W}><!-- ${SECRET} --><w:p w:rsidR="00AB12CD" x:rsidP='00AB12CD'><w:ins w:author='${SECRET}' w:date='2025-01-01T00:00:00Z'><w:t>visible</w:t></w:ins></w:p></w:document>`,
    'word/media/image1.jpeg': photo(),
    ...more,
  };
  const entries = Object.entries(parts).map(([name, part]) => [name, typeof part === 'string' ? strToU8(part) : part]);
  return zipSync(Object.fromEntries(entries) as Record<string, Uint8Array>, { comment: SECRET });
};
const xlsx = (): Uint8Array =>
  zipSync({
    '[Content_Types].xml': strToU8(
      `<Types>${type('rels', 'x')}${override('/xl/workbook.xml', `${OFFICE}.spreadsheetml.sheet.main+xml`)}</Types>`,
    ),
    '_rels/.rels': strToU8(relations(relation('rId1', 'officeDocument', 'xl/workbook.xml'))),
    'xl/workbook.xml': strToU8(
      `<workbook><fileSharing userName="${SECRET}"/><x15ac:absPath url="C:\\Users\\${SECRET}\\" xmlns:x15ac="x"/></workbook>`,
    ),
    'xl/comments1.xml': strToU8(`<comments><authors><author>${SECRET}</author></authors></comments>`),
    'xl/persons/person.xml': strToU8(`<personList><person displayName="${SECRET}"/></personList>`),
    'xl/printerSettings/printerSettings1.bin': strToU8(SECRET),
    'xl/worksheets/sheet1.xml': strToU8(
      '<worksheet><c><v>42</v></c><pageSetup paperSize="9" r:id="rId1"/></worksheet>',
    ),
    'xl/worksheets/_rels/sheet1.xml.rels': strToU8(
      relations(relation('rId1', 'printerSettings', '../printerSettings/printerSettings1.bin')),
    ),
  });

/** Whether the secret is anywhere in the file, packed or not, however it is written in it. */
function holdsSecret(bytes: Uint8Array): boolean {
  const raw = Buffer.from(bytes);
  const unpacked = raw[0] === 0x50 ? Object.values(unzipSync(raw)).map((part) => Buffer.from(part)) : [];
  const forms = [utf8(SECRET), utf8('SECRET'), Buffer.from('SECRET', 'utf16le').swap16(), utf8('534543524554')];
  return [raw, ...unpacked].some((part) => forms.some((form) => part.includes(form)));
}
const cleaned = async (name: string, bytes: Uint8Array) => {
  expect(holdsSecret(bytes) || name.endsWith('.pdf')).toBe(true);
  const result = await cleanFile(name, bytes);
  expect(holdsSecret(result.bytes)).toBe(false);
  // What is clean has nothing more to lose, and stays as it is to the byte: an interrupted upload goes on.
  const again = await cleanFile(name, result.bytes);
  expect([again.removed, Buffer.compare(again.bytes, result.bytes)]).toEqual([['file.name'], 0]);
  return result;
};

describe('a picture', () => {
  it('is a JPEG without place, camera, author, profile, and whatever comes after its end; the way up is kept', async () => {
    const { kind, bytes, removed } = await cleaned('IMG_0001.JPG', photo());
    expect([kind, removed]).toEqual([
      'jpg',
      [
        ...['file.name', 'exif', 'exif.author', 'exif.camera', 'exif.gps', 'jpeg.colour-profile', 'jpeg.comment'],
        ...['jpeg.iptc', 'jpeg.trailing-data', 'jpeg.xmp'],
      ],
    ]);
    // The coded picture itself is the same, after a block of 36 bytes that says which way up it is.
    expect(Buffer.compare(Buffer.from(bytes).subarray(56), JPEG.subarray(20))).toBe(0);
    expect(bytes[20 + 29]).toBe(6);
    expect(Buffer.compare((await cleanFile('a.jpg', photo(1))).bytes, JPEG)).toBe(0);
  });

  it('is a PNG with only what changes what is seen', async () => {
    const { bytes, removed } = await cleaned('screen.png', screenshot());
    expect(Buffer.compare(bytes, PNG)).toBe(0);
    expect(removed).toEqual(
      expect.arrayContaining(['exif.gps', 'png.text', 'png.time', 'png.prVt', 'png.trailing-data']),
    );
  });
});

describe('a document', () => {
  it('is a PDF with its pages and nothing that tells, acts, or is carried along', async () => {
    const telling = await tellingPdf();
    const { bytes, removed } = await cleaned(
      'letter.pdf',
      Buffer.concat([telling, utf8(`<script>${SECRET}</script>`)]),
    );
    expect(removed).toEqual(
      expect.arrayContaining([
        ...['pdf.info.Author', 'pdf.info.Title', 'pdf.info.Producer', 'pdf.xmp', 'pdf.javascript', 'pdf.actions'],
        ...['pdf.embedded-files', 'pdf.annotation-authors', 'pdf.dates', 'pdf.program-data', 'pdf.trailing-data'],
        ...['exif.gps', 'jpeg.xmp'],
      ]),
    );
    const doc = await PDFDocument.load(bytes, { updateMetadata: false });
    expect([doc.getPageCount(), doc.getAuthor(), doc.getPage(0).getWidth()]).toEqual([1, undefined, 200]);
    expect(doc.getPage(0).node.Annots()?.size()).toBe(2);
    const fields = doc.context.enumerateIndirectObjects().flatMap(([, o]) => (o instanceof PDFDict ? o.keys() : []));
    for (const gone of ['JS', 'Metadata', 'EF', 'A', 'T', 'M', 'PieceInfo'])
      expect(fields.map((f) => f.decodeText())).not.toContain(gone);
    expect(Buffer.from(bytes).toString('latin1').match(/%%EOF/g)).toHaveLength(1);
  });

  it('is a Word document without authors, sessions, properties, paths, and with its pictures cleaned', async () => {
    const { kind, bytes, removed } = await cleaned('letter.docx', docx());
    expect(kind).toBe('docx');
    expect(removed).toEqual(
      expect.arrayContaining([
        ...['office.core-properties', 'office.application', 'office.custom-properties', 'office.thumbnail'],
        ...['office.authors', 'office.dates', 'office.session-ids', 'office.people', 'office.template', 'exif.gps'],
        ...['office.custom-xml', 'office.external-references', 'office.xml-comments'],
      ]),
    );
    const parts = unzipSync(bytes);
    expect(Object.keys(parts).filter((n) => /docProps|customXml|people/.test(n))).toEqual([]);
    const text = strFromU8(parts['word/document.xml']!);
    expect(text).toContain('<w:p><w:ins w:author="Author"><w:t>visible</w:t></w:ins></w:p>');
    const rels = strFromU8(parts['word/_rels/document.xml.rels']!);
    expect([...rels.matchAll(/Id="(\w+)"/g)].map((m) => m[1])).toEqual(['rId8', 'rId9', 'rId10']);
    expect(strFromU8(parts['[Content_Types].xml']!)).not.toContain('core.xml');
    expect(strFromU8(parts['word/settings.xml']!)).toMatch(/^<w:settings [^>]*><w:zoom\/><\/w:settings>$/);
  });

  it('is an Excel document without users, printers and paths, that points to nothing that is gone', async () => {
    const { bytes } = await cleaned('table.xlsx', xlsx());
    const parts = unzipSync(bytes);
    expect(strFromU8(parts['xl/worksheets/sheet1.xml']!)).toContain('<c><v>42</v></c><pageSetup paperSize="9"/>');
    expect(strFromU8(parts['xl/comments1.xml']!)).toContain('<author>Author</author>');
  });

  it.each([
    ['notes.txt', 'txt', 'Пара сұрады.\n'],
    ['list.csv', 'csv', 'күні;сома\n2025-01-01;5000\n'],
  ])('is the text %s as it was', async (name, kind, text) => {
    const { bytes, ...rest } = await cleanFile(name, utf8(text));
    expect([rest, Buffer.from(bytes).toString()]).toEqual([{ kind, cleaned: true, removed: ['file.name'] }, text]);
  });
});

describe('a file that is not taken', () => {
  const refused = (name: string, bytes: Uint8Array, asItIs = false): Promise<Refusal['code']> =>
    cleanFile(name, bytes, { asItIs }).then(
      () => Promise.reject(new Error(`${name} was taken`)),
      (error: Refusal) => error.code,
    );
  const zipOf = (entries: Record<string, Uint8Array>): Uint8Array => zipSync(entries, { level: 9 });
  const gif = utf8('GIF89a/*\x01\x00\x01\x00\x00\x00\x00;*/=1;alert(1)//');

  it.each<[string, string, () => Uint8Array | Promise<Uint8Array>, Refusal['code']]>([
    ['an empty file', 'a.jpg', () => new Uint8Array(0), 'empty_file'],
    ['a PNG called JPEG', 'a.jpg', () => PNG, 'wrong_extension'],
    ['a PDF called text', 'a.txt', async () => (await pdf()).save(), 'wrong_extension'],
    ['a picture without an extension', 'picture', () => PNG, 'wrong_extension'],
    ['a script that is a GIF', 'a.js', () => gif, 'never_sent'],
    ['an SVG', 'a.svg', () => utf8('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'), 'never_sent'],
    ['an SVG called PNG', 'a.png', () => utf8('<svg onload="alert(1)"/>'), 'never_sent'],
    ['a page called text', 'a.txt', () => utf8(`notes\n<script>alert(1)</script>`), 'never_sent'],
    [
      'a page with a PDF in it',
      'a.pdf',
      async () => Buffer.concat([utf8('<html>'), await (await pdf()).save()]),
      'cannot_be_cleaned',
    ],
    ['a shell script called text', 'a.txt', () => utf8('#!/bin/sh\nrm -rf ~'), 'never_sent'],
    ['a program', 'a.exe', () => utf8('MZ'), 'never_sent'],
    ['a program called PDF', 'a.pdf', () => Buffer.concat([utf8('MZ'), Buffer.alloc(200, 1)]), 'never_sent'],
    ['a program with two names', 'invoice.pdf.exe', () => PNG, 'never_sent'],
    ['an archive that cannot be looked into', 'a.rar', () => b64('UmFyIRoHAQA='), 'never_sent'],
    ['a bomb of zeros', 'a.docx', () => docx({ 'word/x.xml': new Uint8Array(30_000_000) }), 'archive_bomb'],
    [
      'a bomb of entries',
      'a.zip',
      () => zipOf(Object.fromEntries(Array.from({ length: MOST_ENTRIES + 1 }, (_, i) => [`${i}`, new Uint8Array(1)]))),
      'archive_bomb',
    ],
    ['a picture of a thousand million pixels', 'a.png', () => largePng(), 'archive_bomb'],
    ['a JPEG that is cut off', 'a.jpg', () => JPEG.subarray(0, -2), 'broken'],
    ['a JPEG cut off in a segment', 'a.jpg', () => photo().subarray(0, 60), 'broken'],
    ['a PNG that is cut off', 'a.png', () => PNG.subarray(0, -4), 'broken'],
    ['a PNG that was changed', 'a.png', () => flipped(PNG, 50), 'broken'],
    ['a PDF that is cut off', 'a.pdf', async () => (await tellingPdf()).subarray(0, -40), 'broken'],
    ['a PDF of nothing', 'a.pdf', () => utf8('%PDF-1.7\nstartxref\n0\n%%EOF'), 'broken'],
    ['a PDF that is protected', 'a.pdf', () => protectedPdf(), 'encrypted'],
    ['a Word document with programs', 'a.docx', () => docx({ 'word/vbaProject.bin': utf8('x') }), 'macros'],
    ['a Word document called so', 'a.docm', () => docx(), 'macros'],
    [
      'a Word document with an entity',
      'a.docx',
      () => docx({ 'word/e.xml': '<!DOCTYPE x [<!ENTITY a "b">]><x/>' }),
      'broken',
    ],
    ['a document of two parts of one name', 'a.docx', () => twice(docx()), 'broken'],
    ['an object in a document', 'a.docx', () => docx({ 'word/embeddings/o.bin': utf8('x') }), 'cannot_be_cleaned'],
    ['a sound', 'a.wav', () => utf8(`RIFF\0\0\0\u0001WAVEfmt ${'x'.repeat(99)}`), 'cannot_be_cleaned'],
    ['a GIF', 'a.gif', () => gif, 'cannot_be_cleaned'],
    ['what is nothing known', 'a.dat', () => Buffer.of(0, 1, 2, 3), 'cannot_be_cleaned'],
  ])('%s (%s)', async (_, name, make, code) => {
    const bytes = await make();
    expect(await refused(name, bytes)).toBe(code);
    // The choice to send it as it is counts only for what cannot be cleaned.
    if (code !== 'cannot_be_cleaned') expect(await refused(name, bytes, true)).toBe(code);
    else {
      const asItIs = await cleanFile(name, bytes, { asItIs: true });
      expect([Buffer.compare(asItIs.bytes, bytes), asItIs.cleaned, asItIs.removed]).toEqual([0, false, ['file.name']]);
    }
  });

  it('is refused, never an accident, whatever bits of it are changed', async () => {
    const files: [string, Uint8Array][] = [
      ['a.jpg', photo()],
      ['a.png', screenshot()],
      ['a.docx', docx()],
      ['a.pdf', await tellingPdf()],
    ];
    const change = fc.tuple(
      fc.nat(3),
      fc.array(fc.tuple(fc.nat(100_000), fc.nat(255)), { minLength: 1, maxLength: 8 }),
    );
    await fc.assert(
      fc.asyncProperty(change, fc.boolean(), async ([which, bytes], cut) => {
        const [name, original] = files[which]!;
        const changed = Uint8Array.from(original);
        for (const [at, value] of bytes) changed[at % changed.length] = value;
        const given = cut ? changed.subarray(0, bytes[0]![0] % changed.length) : changed;
        const result = await cleanFile(name, given).catch((error: Refusal) => error);
        if (result instanceof Error)
          expect(result).toMatchObject({ name: 'Error', code: expect.stringMatching(/^[a-z_]+$/) });
        else if (name !== 'a.pdf') expect(Buffer.from(result.bytes).includes(utf8('43.238949'))).toBe(false);
      }),
      { numRuns: 300 },
    );
  }, 180_000);
});

function flipped(bytes: Uint8Array, at: number): Uint8Array {
  const changed = Uint8Array.from(bytes);
  changed[at]! ^= 1;
  return changed;
}
function largePng(): Uint8Array {
  const size = Buffer.alloc(13);
  size.writeUInt32BE(40_000, 0);
  size.writeUInt32BE(40_000, 4);
  return Buffer.concat([PNG.subarray(0, 8), chunk('IHDR', size), PNG.subarray(33)]);
}
async function protectedPdf(): Promise<Uint8Array> {
  const doc = await pdf();
  doc.encrypt({ userPassword: 'x', ownerPassword: 'y' });
  return doc.save();
}
/** The archive with one entry called as another, both names being as long. */
const twice = (bytes: Uint8Array): Uint8Array =>
  Buffer.from(Buffer.from(bytes).toString('latin1').replaceAll('word/comments.xml', 'word/document.xml'), 'latin1');
