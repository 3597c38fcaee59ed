import {
  EncryptedPDFError,
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFName,
  type PDFObject,
  PDFRawStream,
  PDFStream,
} from '@cantoo/pdf-lib';
import { cleanJpeg } from './jpeg.rules.js';
import { broken, type Content, Refusal } from './refusal.js';

/** What a page is shown from (ISO 32000-1, table 30); everything else of it goes. */
const OF_PAGE = ['Type', 'Parent', 'Resources', 'Contents', 'Rotate', 'Group', 'UserUnit', 'Annots'].concat(
  ...['MediaBox', 'CropBox', 'BleedBox', 'TrimBox', 'ArtBox'],
);
/** What a note or form field is shown from (tables 164 to 191), without author, date, action and reply. */
const OF_ANNOTATION = [
  'Type',
  'Subtype',
  'Rect',
  'Contents',
  'AP',
  'AS',
  'F',
  'C',
  'CA',
  'Border',
  'BS',
  'BE',
  'H',
].concat(...['QuadPoints', 'InkList', 'L', 'LE', 'IC', 'Vertices', 'DA', 'DS', 'Q', 'CL', 'RD', 'MK', 'Name', 'Open']);
const SHOWN_ANNOTATIONS = [
  'Text',
  'Link',
  'FreeText',
  'Line',
  'Square',
  'Circle',
  'Polygon',
  'PolyLine',
  'Highlight',
].concat(...['Underline', 'Squiggly', 'StrikeOut', 'Stamp', 'Caret', 'Ink', 'Widget']);
/** Fields of any object that tell, or act. */
const TELLS: Readonly<Record<string, string>> = {
  Metadata: 'pdf.xmp',
  PieceInfo: 'pdf.program-data',
  CreatorInfo: 'pdf.program-data',
  LastModified: 'pdf.dates',
  AA: 'pdf.actions',
  OpenAction: 'pdf.actions',
  JS: 'pdf.javascript',
  JavaScript: 'pdf.javascript',
  AF: 'pdf.embedded-files',
  EF: 'pdf.embedded-files',
  EmbeddedFiles: 'pdf.embedded-files',
  RichMediaContent: 'pdf.embedded-files',
  Thumb: 'pdf.thumbnails',
  OPI: 'pdf.program-data',
};
/** Fields of the document that a new one is made without. */
const OF_CATALOG: Readonly<Record<string, string>> = {
  ...TELLS,
  Names: 'pdf.names',
  Outlines: 'pdf.bookmarks',
  AcroForm: 'pdf.form',
  OCProperties: 'pdf.layers',
  StructTreeRoot: 'pdf.structure',
  URI: 'pdf.actions',
  Collection: 'pdf.embedded-files',
  Perms: 'pdf.signatures',
  DSS: 'pdf.signatures',
};
const OF_ANNOTATION_TOLD: Readonly<Record<string, string>> = {
  ...TELLS,
  T: 'pdf.annotation-authors',
  M: 'pdf.dates',
  CreationDate: 'pdf.dates',
  A: 'pdf.actions',
  PA: 'pdf.actions',
  Dest: 'pdf.actions',
  NM: 'pdf.annotation-ids',
  V: 'pdf.form',
};

const nameOf = (key: PDFName): string => key.decodeText();
const name = (text: string): PDFName => PDFName.of(text);

/** Drops the fields of a dictionary that are not listed, noting those that tell something. */
function keepOnly(
  dict: PDFDict,
  listed: readonly string[],
  told: Readonly<Record<string, string>>,
  removed: Set<string>,
): void {
  for (const key of dict.keys()) {
    const field = nameOf(key);
    if (listed.includes(field)) continue;
    if (told[field]) removed.add(told[field]);
    dict.delete(key);
  }
}

/** What any object holds, through its direct parts. */
function dropTelling(object: PDFObject | undefined, removed: Set<string>): void {
  if (object instanceof PDFStream) return dropTelling(object.dict, removed);
  if (object instanceof PDFArray) return object.asArray().forEach((one) => dropTelling(one, removed));
  if (!(object instanceof PDFDict)) return;
  for (const [key, value] of object.entries()) {
    const why = TELLS[nameOf(key)];
    if (why) {
      removed.add(why);
      object.delete(key);
    } else dropTelling(value, removed);
  }
}

/** A picture in the document is a JPEG with its own metadata. */
function cleanPicture(stream: PDFRawStream, removed: Set<string>): PDFRawStream {
  const filter = stream.dict.lookup(name('Filter'));
  const filters = (filter instanceof PDFArray ? filter.asArray() : [filter])
    .filter((f) => f instanceof PDFName)
    .map(nameOf);
  if (filters.includes('JPXDecode') || (filters.includes('DCTDecode') && filters.length > 1))
    throw new Refusal('cannot_be_cleaned', 'the document holds a picture that cannot be looked into');
  if (filters[0] !== 'DCTDecode') return stream;
  const picture = cleanJpeg(stream.getContents(), false);
  for (const one of picture.removed) removed.add(one);
  return PDFRawStream.of(stream.dict, picture.bytes);
}

function cleanAnnotations(page: PDFDict, removed: Set<string>): void {
  const annotations = page.lookupMaybe(name('Annots'), PDFArray);
  if (!annotations) return;
  for (let i = annotations.size() - 1; i >= 0; i -= 1) {
    const one = annotations.lookupMaybe(i, PDFDict);
    const kind = one?.lookupMaybe(name('Subtype'), PDFName);
    if (!one || !kind || !SHOWN_ANNOTATIONS.includes(nameOf(kind))) {
      removed.add(kind && nameOf(kind) === 'FileAttachment' ? 'pdf.embedded-files' : 'pdf.annotations');
      annotations.remove(i);
    } else keepOnly(one, OF_ANNOTATION, OF_ANNOTATION_TOLD, removed);
  }
}

const latin1 = new TextDecoder('latin1');

async function loaded(bytes: Uint8Array): Promise<PDFDocument> {
  try {
    return await PDFDocument.load(bytes, { updateMetadata: false, throwOnInvalidObject: true });
  } catch (error) {
    // The reader stumbles over what is protected before it sees that it is.
    if (error instanceof EncryptedPDFError || /\/Encrypt[\s/<\d]/.test(latin1.decode(bytes)))
      throw new Refusal('encrypted', 'the PDF is protected: save it without protection');
    throw broken('PDF');
  }
}

/** Bytes after the document's end that are more than line ends: what makes it another file to another program. */
function tailOf(bytes: Uint8Array): string {
  const text = latin1.decode(bytes);
  const end = text.lastIndexOf('%%EOF');
  // A document that was cut off still opens in lenient readers, with pages missing.
  if (end < 0 || !/startxref\s+\d+\s+$/.test(text.slice(Math.max(0, end - 64), end))) throw broken('PDF');
  return text.slice(end + 5).trim();
}

/**
 * A new PDF with the pages of the old one, from what they are shown from. Nothing else is carried over, so that neither metadata nor
 * programs, files, earlier versions or unused objects are in it. What a page draws stays as it is. Throws Refusal.
 */
export async function cleanPdf(bytes: Uint8Array): Promise<Content> {
  const removed = new Set<string>();
  if (tailOf(bytes) !== '') removed.add('pdf.trailing-data');
  const source = await loaded(bytes);
  try {
    const { context } = source;
    const { Info, ID } = context.trailerInfo;
    const info = context.lookup(Info);
    if (info instanceof PDFDict) for (const key of info.keys()) removed.add(`pdf.info.${nameOf(key)}`);
    if (ID) removed.add('pdf.id');
    for (const key of source.catalog.keys()) {
      const why = OF_CATALOG[nameOf(key)];
      if (why) removed.add(why);
    }
    for (const { node } of source.getPages()) {
      keepOnly(node, OF_PAGE, TELLS, removed);
      cleanAnnotations(node, removed);
    }
    for (const [ref, object] of context.enumerateIndirectObjects()) {
      dropTelling(object, removed);
      if (object instanceof PDFRawStream) context.assign(ref, cleanPicture(object, removed));
    }
    const target = await PDFDocument.create({ updateMetadata: false });
    const pages = await target.copyPages(source, source.getPageIndices());
    if (pages.length === 0) throw broken('PDF');
    for (const page of pages) {
      if (!(page.node.Contents() ?? page.node.Resources())) throw broken('PDF');
      target.addPage(page);
    }
    const options = { useObjectStreams: false, addDefaultPage: false, updateFieldAppearances: false };
    return { bytes: await target.save(options), removed: [...removed].sort() };
  } catch (error) {
    throw error instanceof Refusal ? error : broken('PDF');
  }
}
