import { isOrientationOnly, orientationOnly, readExif } from './exif.rules.js';
import { assertPixels, broken, type Content, joined } from './refusal.js';

const latin1 = (bytes: Uint8Array): string => String.fromCharCode(...bytes);

/** Whether the tables that follow each other from byte 4 on, each as long as `of` says, fill the segment. */
function filled(segment: Uint8Array, of: (at: number) => number): boolean {
  let at = 4;
  while (at < segment.length) at += of(at);
  return at === segment.length;
}
const countsOf = (segment: Uint8Array, at: number): number =>
  17 + segment.subarray(at + 1, at + 17).reduce((sum, n) => sum + n, 0);

/** Segments that a picture is shown from (T.81, B.2), and whether one has the form that it must have: no room for a text in it. */
function isNeeded(marker: number, segment: Uint8Array): boolean {
  if (marker === 0xc4) return filled(segment, (at) => countsOf(segment, at));
  if (marker === 0xdb) return filled(segment, (at) => (segment[at]! >> 4 === 0 ? 65 : 129));
  if (marker === 0xcc) return filled(segment, () => 2);
  if (marker === 0xda) return segment.length === 8 + 2 * segment[4]!;
  if (marker === 0xdd || marker === 0xdc) return segment.length === 6;
  return isFrame(marker) && segment.length === 10 + 3 * segment[9]!;
}

/** 0xc0 to 0xcf but for three tables. */
const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

/** The name of a segment that only tells about the picture; undefined for one that is needed to show it. */
function tells(marker: number, segment: Uint8Array, start: string): string | undefined {
  if (marker === 0xfe) return 'jpeg.comment';
  if (marker < 0xe0 || marker > 0xef) return isNeeded(marker, segment) ? undefined : 'jpeg.unknown';
  // Adobe's says how the colours are coded.
  if (marker === 0xee && start.startsWith('Adobe') && segment.length === 16) return undefined;
  if (marker === 0xe1 && start.startsWith('http://ns.adobe.com')) return 'jpeg.xmp';
  if (marker === 0xe2 && start.startsWith('ICC_PROFILE')) return 'jpeg.colour-profile';
  if (marker === 0xe2 && start.startsWith('MPF')) return 'jpeg.further-pictures';
  if (marker === 0xed) return 'jpeg.iptc';
  return `jpeg.app${marker - 0xe0}`;
}

/** JFIF without its thumbnail. */
const jfif = (segment: Uint8Array): Uint8Array =>
  Uint8Array.from([0xff, 0xe0, 0, 16, ...segment.subarray(4, 16), 0, 0]);

/** Where the coded data that begins at `from` end: at the next marker that is none of them. */
function endOfScan(bytes: Uint8Array, from: number): number {
  for (let at = from; at + 1 < bytes.length; at += 1) {
    if (bytes[at] !== 0xff) continue;
    const next = bytes[at + 1]!;
    if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at;
  }
  throw broken('JPEG');
}

/**
 * A JPEG (ITU T.81) with only the segments that are needed to show it, up to its end: what comes after may be another picture, a
 * video or an archive. A colour profile goes too, since that of a screen has its serial number. Which way up it is is kept.
 * Throws Refusal `broken`.
 */
export function cleanJpeg(bytes: Uint8Array, keepOrientation = true): Content {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) throw broken('JPEG');
  const parts: Uint8Array[] = [bytes.subarray(0, 2)];
  const removed = new Set<string>();
  let orientation = 1;
  let shown = false;
  let at = 2;
  for (;;) {
    if (bytes[at] !== 0xff) throw broken('JPEG');
    while (bytes[at + 1] === 0xff) at += 1;
    const marker = bytes[at + 1];
    if (marker === 0xd9) break;
    if (marker === undefined || marker === 0 || (marker >= 0xd0 && marker <= 0xd8)) throw broken('JPEG');
    const length = (bytes[at + 2]! << 8) | bytes[at + 3]!;
    let end = at + 2 + length;
    if (!(length >= 2) || end > bytes.length) throw broken('JPEG');
    const segment = bytes.subarray(at, end);
    const start = latin1(segment.subarray(4, 40));
    if (isFrame(marker)) {
      if (!isNeeded(marker, segment)) throw broken('JPEG');
      shown = true;
      assertPixels((segment[5]! << 8) | segment[6]!, (segment[7]! << 8) | segment[8]!);
    }
    if (marker === 0xda && !isNeeded(marker, segment)) throw broken('JPEG');
    if (marker === 0xda) end = endOfScan(bytes, end);
    if (marker === 0xe0 && start.startsWith('JFIF\0') && length >= 16) {
      parts.push(jfif(segment));
      if (length > 16) removed.add('jpeg.thumbnail');
    } else if (marker === 0xe1 && start.startsWith('Exif\0')) {
      if (isOrientationOnly(segment) && keepOrientation) orientation = segment[29]!;
      else {
        const exif = readExif(segment.subarray(10));
        if (exif.orientation !== 1) orientation = exif.orientation;
        for (const name of exif.names) if (name !== 'exif.orientation' || !keepOrientation) removed.add(name);
      }
    } else {
      const name = tells(marker, segment, start);
      if (name) removed.add(name);
      else parts.push(bytes.subarray(at, end));
    }
    at = end;
  }
  if (!shown) throw broken('JPEG');
  if (at + 2 < bytes.length) removed.add('jpeg.trailing-data');
  if (keepOrientation && orientation !== 1) parts.splice(isJfif(parts[1]) ? 2 : 1, 0, orientationOnly(orientation));
  return { bytes: joined([...parts, Uint8Array.of(0xff, 0xd9)]), removed: [...removed].sort() };
}

const isJfif = (part: Uint8Array | undefined): boolean => part?.[1] === 0xe0;
