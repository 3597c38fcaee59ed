import { PDFArray, PDFDict, ParseSpeeds, PDFDocument, PDFName, type PDFObject, PDFRawStream, PDFRef } from 'pdf-lib';

/** A PDF that is not what the compiler writes; the patch is for that and nothing else. */
export class PdfUnexpected extends Error {
  override readonly name = 'PdfUnexpected';
}

const name = (text: string): PDFName => PDFName.of(text);

const SCHEMA =
  '<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>' +
  '<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI><pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>' +
  '<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:category>internal</pdfaProperty:category>' +
  '<pdfaProperty:description>Part of PDF/UA that the document conforms to</pdfaProperty:description><pdfaProperty:name>part</pdfaProperty:name>' +
  '<pdfaProperty:valueType>Integer</pdfaProperty:valueType></rdf:li></rdf:Seq></pdfaSchema:property></rdf:li>';

/** The part of PDF/UA and its schema, in the bag that is there: a second bag makes the metadata invalid. */
export function withUaPart(xmp: string): string {
  const bag = '</rdf:Bag></pdfaExtension:schemas>';
  const part = '<pdfaid:part>';
  if (xmp.split(bag).length !== 2 || xmp.split(part).length !== 2)
    throw new PdfUnexpected('the metadata has not one bag of schemas and one part of PDF/A');
  return xmp
    .replace(bag, `${SCHEMA}${bag}`)
    .replace(part, `<pdfuaid:part xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">1</pdfuaid:part>${part}`);
}

/**
 * The first cell of each row of a table becomes its header: this version of the compiler has no way to say so. The lists of header
 * ids on the other cells go, since they name the columns only and would hide the rows; both are found by their scope.
 */
function nameRows(pdf: PDFDocument): void {
  const elements = pdf.context
    .enumerateIndirectObjects()
    .flatMap(([, o]) => (o instanceof PDFDict && o.get(name('S')) instanceof PDFName ? [o] : []));
  const is = (o: PDFObject | undefined, tag: string): o is PDFDict =>
    o instanceof PDFDict && o.get(name('S')) === name(tag);
  const kids = (element: PDFDict): PDFObject[] => {
    const list = element.lookup(name('K'));
    return (list instanceof PDFArray ? list.asArray() : list ? [list] : []).map((kid) =>
      kid instanceof PDFRef ? pdf.context.lookup(kid)! : kid,
    );
  };
  for (const row of elements.filter((element) => is(element, 'TR')))
    kids(row).forEach((cell, i) => {
      if (!is(cell, 'TD')) return;
      const list = cell.lookup(name('A'));
      const attributes = list instanceof PDFArray ? list.asArray().map((one) => pdf.context.lookup(one)) : [];
      const ofTable = attributes.find(
        (one): one is PDFDict => one instanceof PDFDict && one.get(name('O')) === name('Table'),
      );
      ofTable?.delete(name('Headers'));
      if (i > 0) return;
      cell.set(name('S'), name('TH'));
      if (ofTable) ofTable.set(name('Scope'), name('Row'));
      else if (list instanceof PDFArray) list.push(pdf.context.obj({ O: 'Table', Scope: 'Row' }));
      else cell.set(name('A'), pdf.context.obj([{ O: 'Table', Scope: 'Row' }]));
    });
}

/** The names of the fonts in a PDF without the tag of the subset; one that is named and not embedded is told with a "?". */
export function fontsOf(pdf: PDFDocument): ReadonlySet<string> {
  const found = new Set<string>();
  for (const [, object] of pdf.context.enumerateIndirectObjects()) {
    if (!(object instanceof PDFDict) || object.get(name('Type')) !== name('FontDescriptor')) continue;
    const base = (object.lookup(name('FontName')) as PDFName).decodeText().replace(/^[A-Z]{6}\+/, '');
    const embedded = ['FontFile', 'FontFile2', 'FontFile3'].some((key) => object.has(name(key)));
    found.add(embedded ? base : `${base}?`);
  }
  return found;
}

/** What the compiler made under PDF/A-3a is PDF/UA-1 as well, in the same file. Same bytes in, same bytes out. */
export async function asTwoStandards(bytes: Uint8Array, fonts: ReadonlySet<string>): Promise<Uint8Array> {
  const pdf = await PDFDocument.load(bytes, { updateMetadata: false, parseSpeed: ParseSpeeds.Fastest });
  const foreign = [...fontsOf(pdf)].filter((font) => !fonts.has(font));
  if (foreign.length > 0) throw new PdfUnexpected(`fonts that are not shipped: ${foreign.join(', ')}`);

  const metadata = pdf.catalog.get(name('Metadata'));
  const stream = pdf.catalog.lookup(name('Metadata'));
  if (!(metadata instanceof PDFRef) || !(stream instanceof PDFRawStream))
    throw new PdfUnexpected('there is no metadata');
  const xmp = new TextEncoder().encode(
    withUaPart(new TextDecoder('utf-8', { ignoreBOM: true }).decode(stream.contents)),
  );
  pdf.context.assign(metadata, PDFRawStream.of(stream.dict, xmp));

  const preferences = pdf.catalog.lookup(name('ViewerPreferences')) ?? pdf.context.obj({});
  if (!(preferences instanceof PDFDict)) throw new PdfUnexpected('the preferences of the viewer are no dictionary');
  preferences.set(name('DisplayDocTitle'), pdf.context.obj(true));
  pdf.catalog.set(name('ViewerPreferences'), preferences);
  nameRows(pdf);
  return pdf.save({
    useObjectStreams: true,
    objectsPerTick: Infinity,
    addDefaultPage: false,
    updateFieldAppearances: false,
  });
}
