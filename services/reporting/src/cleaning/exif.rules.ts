/** Tags of TIFF / EXIF 2.32 by what they tell; others are shown as `exif`. */
const TELLS: Readonly<Record<number, string>> = {
  0x010e: 'exif.description',
  0x010f: 'exif.camera',
  0x0110: 'exif.camera',
  0x0112: 'exif.orientation',
  0x0131: 'exif.software',
  0x0132: 'exif.date',
  0x013b: 'exif.author',
  0x8298: 'exif.author',
  0x8825: 'exif.gps',
  0x9003: 'exif.date',
  0x9004: 'exif.date',
  0x9c9d: 'exif.author',
  0x927c: 'exif.maker-note',
  0x9286: 'exif.comment',
  0xa430: 'exif.author',
  0xa431: 'exif.serial-number',
  0xa433: 'exif.camera',
  0xa434: 'exif.camera',
  0xa435: 'exif.serial-number',
};
const ORIENTATION = 0x0112;
const EXIF_IFD = 0x8769;

/**
 * What an EXIF block (from its TIFF header on) tells, by name, and how the picture is turned (1 to 8, 1 for not at all). A malformed
 * block gives what could be read: it is dropped whatever it says.
 */
export function readExif(tiff: Uint8Array): { readonly names: readonly string[]; readonly orientation: number } {
  const names = new Set(['exif']);
  let orientation = 1;
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
  const little = tiff[0] === 0x49;
  const directory = (offset: number, depth: number): void => {
    if (offset < 8 || offset + 2 > tiff.length || depth > 2) return;
    const entries = view.getUint16(offset, little);
    for (let i = 0; i < entries; i += 1) {
      const at = offset + 2 + i * 12;
      if (at + 12 > tiff.length) return;
      const tag = view.getUint16(at, little);
      const name = TELLS[tag];
      if (name) names.add(name);
      if (tag === ORIENTATION) orientation = view.getUint16(at + 8, little);
      if (tag === EXIF_IFD) directory(view.getUint32(at + 8, little), depth + 1);
    }
    const end = offset + 2 + entries * 12;
    if (depth === 0 && end + 4 <= tiff.length && view.getUint32(end, little) !== 0) names.add('exif.thumbnail');
  };
  if (tiff.length >= 8) directory(view.getUint32(4, little), 0);
  return { names: [...names], orientation: orientation >= 1 && orientation <= 8 ? orientation : 1 };
}

const HEADER = [0x45, 0x78, 0x69, 0x66, 0, 0];

/** The smallest EXIF segment there can be: which way up the picture is, and nothing else. */
export const orientationOnly = (orientation: number): Uint8Array =>
  Uint8Array.from([
    ...[0xff, 0xe1, 0, 34, ...HEADER, 0x4d, 0x4d, 0, 42, 0, 0, 0, 8],
    ...[0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0],
  ]);

/** Whether a segment is exactly the one that says the orientation only. */
export const isOrientationOnly = (segment: Uint8Array): boolean =>
  segment.length === 36 && orientationOnly(segment[29]!).every((byte, i) => byte === segment[i]);
