import { fileTypeFromBuffer } from 'file-type';
import { cleanJpeg } from './jpeg.rules.js';
import { cleanOoxml } from './ooxml.rules.js';
import { cleanPdf } from './pdf.js';
import { cleanPng } from './png.rules.js';
import { broken, type Content, Refusal } from './refusal.js';
import { assertHarmless } from './zip.rules.js';

export { Refusal } from './refusal.js';

/**
 * Cleans a file on the citizen's own machine before it is sealed: nobody behind can, since nobody reads it. Runs in Node and in a
 * browser; nothing leaves the machine.
 */

export interface CleanedFile {
  /** What it was found to be, e.g. `jpg`, whatever its name says. */
  readonly kind: string;
  readonly bytes: Uint8Array;
  /** False for what is sent as it is. */
  readonly cleaned: boolean;
  /** Names, never values, of what is not in it any more. */
  readonly removed: readonly string[];
}

const CLEANERS: Readonly<Record<string, (bytes: Uint8Array) => Content | Promise<Content>>> = {
  jpg: cleanJpeg,
  png: cleanPng,
  pdf: cleanPdf,
  docx: cleanOoxml,
  xlsx: cleanOoxml,
  pptx: cleanOoxml,
  // Text has no place for metadata.
  txt: (bytes) => ({ bytes, removed: [] }),
};

/** Programs, what a browser runs, and archives that cannot be looked into: harm to who opens them, whatever the sender wishes. */
const NEVER: readonly string[] = [
  ...[
    'exe',
    'dll',
    'elf',
    'macho',
    'msi',
    'com',
    'scr',
    'bat',
    'cmd',
    'ps1',
    'vbs',
    'vbe',
    'js',
    'mjs',
    'jse',
    'wsf',
    'hta',
  ],
  ...[
    'sh',
    'bash',
    'py',
    'jar',
    'class',
    'apk',
    'app',
    'deb',
    'rpm',
    'dmg',
    'pkg',
    'iso',
    'lnk',
    'reg',
    'wasm',
    'swf',
    'crx',
  ],
  ...['svg', 'svgz', 'html', 'htm', 'xhtml', 'mht', 'mhtml', 'xml', 'xsl', 'chm', 'hlp', 'url', 'desktop'],
  ...[
    'rar',
    '7z',
    'gz',
    'tar',
    'tar.gz',
    'bz2',
    'xz',
    'zst',
    'lz',
    'lz4',
    'Z',
    'cab',
    'ace',
    'arj',
    'cpio',
    'ar',
    'lzh',
  ],
  ...['docm', 'dotm', 'xlsm', 'xltm', 'xlam', 'xlsb', 'pptm', 'potm', 'ppam', 'ppsm'],
];
const MACRO_NAMES = /^(doc|dot|xls|xlt|xla|ppt|pot|ppa|pps)m$|^xlsb$/;

/** Extensions that mean the same kind. */
const SAME: readonly (readonly string[])[] = [
  ['jpg', 'jpeg', 'jpe', 'jfif'],
  ['txt', 'text', 'log', 'md', 'csv', 'tsv'],
  ['tif', 'tiff'],
  ['heic', 'heif'],
  ['mp4', 'm4v', 'm4a', 'mov', '3gp'],
  ['ogg', 'oga', 'ogv', 'ogx', 'opus'],
  ['mp3', 'mpga'],
  ['asf', 'wma', 'wmv'],
  ['cfb', 'doc', 'xls', 'ppt', 'msg'],
  ['mkv', 'webm'],
];
const same = (a: string, b: string): boolean => a === b || SAME.some((group) => group.includes(a) && group.includes(b));

const extensionOf = (name: string): string => /\.([^./\\]+)$/.exec(name.trim())?.[1]?.toLowerCase() ?? '';

/** `txt` for UTF-8 without control characters; throws Refusal for a text that a browser or shell would run. */
function sniffText(bytes: Uint8Array): 'txt' | undefined {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
  // Anywhere, not only at the start: what runs it may look further than we do.
  if (text.startsWith('#!') || /<(!doctype|html|head|body|script|svg|iframe|object|embed|meta|\?xml)[\s/>]/i.test(text))
    throw never('something that a browser or shell runs');

  return /[\x00-\x08\x0e-\x1f]/.test(text) ? undefined : 'txt';
}

const never = (what: string): Refusal =>
  new Refusal('never_sent', `this is ${what}: it is never sent, since it could harm who opens it`);

async function sniff(bytes: Uint8Array): Promise<string | undefined> {
  // It throws at some malformed archives.
  const found = await fileTypeFromBuffer(bytes).catch(() => Promise.reject(broken('file')));
  return found?.ext ?? sniffText(bytes);
}

/**
 * Finds out what a file is, checks that its name says so, removes what tells about its maker and checks that it is gone.
 * What cannot be cleaned is refused, not passed on silently; `asItIs` is the person's own choice to send it nevertheless. Throws
 * Refusal.
 */
export async function cleanFile(name: string, bytes: Uint8Array, { asItIs = false } = {}): Promise<CleanedFile> {
  if (bytes.length === 0) throw new Refusal('empty_file', 'the file is empty');
  const extension = extensionOf(name);
  if (MACRO_NAMES.test(extension))
    throw new Refusal('macros', 'the document may hold programs (macros): save it as one without');
  if (NEVER.includes(extension)) throw never(`a .${extension} file`);
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) assertHarmless(bytes);
  const kind = await sniff(bytes);
  if (kind && MACRO_NAMES.test(kind))
    throw new Refusal('macros', 'the document holds programs (macros): save it as one without');
  if (kind && NEVER.includes(kind)) throw never(`a .${kind} file`);
  if (kind && !same(kind, extension))
    throw new Refusal('wrong_extension', `this is a .${kind} file and is called otherwise: give it its right name`);
  const told = { kind: kind === 'txt' && ['csv', 'tsv'].includes(extension) ? extension : (kind ?? 'bin') };
  const clean = kind === undefined ? undefined : CLEANERS[kind];
  try {
    if (!clean) throw new Refusal('cannot_be_cleaned', `a .${kind ?? extension} file cannot be cleaned`);
    const first = await clean(bytes);
    const again = await clean(first.bytes);
    if (again.removed.length > 0)
      throw new Refusal('not_verified', `after cleaning there is still ${again.removed.join(', ')}`);
    return { ...told, cleaned: true, bytes: first.bytes, removed: ['file.name', ...first.removed] };
  } catch (error) {
    const hopeless = !(error instanceof Refusal) || !['cannot_be_cleaned', 'not_verified'].includes(error.code);
    if (hopeless || !asItIs) throw error;
    return { ...told, cleaned: false, bytes, removed: ['file.name'] };
  }
}
