import { strToU8, zipSync } from 'fflate';
import type { DataTable } from './tables.rules.js';

/** XML 1.0 has no way to write other control characters. */
const xml = (text: string): string =>
  text

    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]!);

const NAMESPACES =
  'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.3"';

/** A value that is a number is one to the spreadsheet; everything else is text, so that no formula is ever read. */
const cell = (value: string, isNumber: boolean): string =>
  isNumber && value !== ''
    ? `<table:table-cell office:value-type="float" office:value="${xml(value)}"><text:p>${xml(value)}</text:p></table:table-cell>`
    : `<table:table-cell office:value-type="string"><text:p>${xml(value)}</text:p></table:table-cell>`;

function sheet({ id, columns, rows }: DataTable): string {
  const unit = columns.findIndex(({ name }) => name === 'unit');
  const isNumber = (row: readonly string[], i: number): boolean =>
    columns[i]!.type === 'integer' || (columns[i]!.name === 'value' && row[unit] !== 'code');
  const line = (cells: string): string => `<table:table-row>${cells}</table:table-row>`;
  const head = line(columns.map(({ name }) => cell(name, false)).join(''));
  const body = rows.map((row) => line(row.map((value, i) => cell(value, isNumber(row, i))).join(''))).join('');
  return `<table:table table:name="${xml(id)}"><table:table-column table:number-columns-repeated="${columns.length}"/>${head}${body}</table:table>`;
}

const MIME = 'application/vnd.oasis.opendocument.spreadsheet';
/** Entries of an archive carry a time; a fixed one keeps equal content equal bytes. Earlier ones a ZIP cannot say. */
const FIXED = '1980-01-01T00:00:00';

/** All tables as one OpenDocument spreadsheet (ODF 1.3), a sheet each; the same tables give the same bytes. */
export function spreadsheetOf(tables: readonly DataTable[]): Uint8Array {
  const content = `<?xml version="1.0" encoding="UTF-8"?><office:document-content ${NAMESPACES}><office:body><office:spreadsheet>${tables.map(sheet).join('')}</office:spreadsheet></office:body></office:document-content>`;
  const manifest = `<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3"><manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="${MIME}"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>`;
  return zipSync(
    {
      // First and not compressed: by it other programs tell what the file is.
      mimetype: [strToU8(MIME), { level: 0 }],
      'content.xml': strToU8(content),
      'META-INF/manifest.xml': strToU8(manifest),
    },
    { mtime: FIXED, level: 6 },
  );
}
