import { readExif } from './exif.rules.js';
import { assertPixels, broken, type Content, joined } from './refusal.js';

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** Chunks (W3C PNG, third edition) that change what is seen; an animation is left with its first picture. */
const NEEDED = ['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS', 'gAMA', 'cHRM', 'sRGB', 'sBIT', 'bKGD', 'pHYs'];
const TELLS: Readonly<Record<string, string>> = {
  tEXt: 'png.text',
  zTXt: 'png.text',
  iTXt: 'png.text',
  tIME: 'png.time',
  iCCP: 'png.colour-profile',
};

const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c;
});

function crc(bytes: Uint8Array): number {
  let c = 0xffffffff;
  for (const byte of bytes) c = TABLE[(c ^ byte) & 0xff]! ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
}

/** A PNG with only the chunks that change what is seen, up to its end. Throws Refusal `broken`. */
export function cleanPng(bytes: Uint8Array): Content {
  if (SIGNATURE.some((byte, i) => bytes[i] !== byte)) throw broken('PNG');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts = [bytes.subarray(0, 8)];
  const removed = new Set<string>();
  const seen = new Set<string>();
  let at = 8;
  while (!seen.has('IEND')) {
    if (at + 12 > bytes.length) throw broken('PNG');
    const length = view.getUint32(at);
    const end = at + 12 + length;
    if (end > bytes.length || crc(bytes.subarray(at + 4, end - 4)) !== view.getUint32(end - 4)) throw broken('PNG');
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (seen.size === 0) {
      if (type !== 'IHDR' || length !== 13) throw broken('PNG');
      assertPixels(view.getUint32(at + 8), view.getUint32(at + 12));
    }
    seen.add(type);
    if (NEEDED.includes(type)) parts.push(bytes.subarray(at, end));
    else if (type === 'eXIf') for (const name of readExif(bytes.subarray(at + 8, end - 4)).names) removed.add(name);
    else removed.add(TELLS[type] ?? `png.${/^[A-Za-z]{4}$/.test(type) ? type : 'unknown'}`);
    at = end;
  }
  if (!seen.has('IDAT')) throw broken('PNG');
  if (at < bytes.length) removed.add('png.trailing-data');
  return { bytes: joined(parts), removed: [...removed].sort() };
}
