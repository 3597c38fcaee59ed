import { unzipSync, zipSync } from 'fflate';
import { broken, Refusal } from './refusal.js';

/** Entries of an archive at most: an office document with a picture on each of a thousand pages has fewer. */
export const MOST_ENTRIES = 5_000;
/** Bytes that an archive unpacks to at most: it is unpacked in the memory of a citizen's telephone. */
export const MOST_UNPACKED = 1_000_000_000;
/** How many times larger an entry over 1 MiB may become: text of an office document reaches 50, DEFLATE's end is 1,032. */
export const MOST_RATIO = 200;

const bomb = (what: string): Refusal => new Refusal('archive_bomb', `${what}: such archives harm who opens them`);

/**
 * The entries of a ZIP; unpacks none of more than was announced, and nothing at all from one that would become too large. Throws
 * Refusal `archive_bomb` or `broken`.
 */
export function unzipped(
  bytes: Uint8Array,
  unpack: (name: string) => boolean = () => true,
): Record<string, Uint8Array> {
  let entries = 0;
  let total = 0;
  const names = new Set<string>();
  try {
    return unzipSync(bytes, {
      filter: ({ name, size, originalSize }) => {
        entries += 1;
        total += originalSize;
        if (entries > MOST_ENTRIES) throw bomb(`more than ${MOST_ENTRIES} entries`);
        if (total > MOST_UNPACKED) throw bomb(`more than ${MOST_UNPACKED} bytes unpacked`);
        if (originalSize > 1_048_576 && originalSize > size * MOST_RATIO)
          throw bomb(`an entry that becomes ${MOST_RATIO} times larger`);
        // Two of one name are two documents: which one is seen depends on the program.
        if (names.has(name) || /(^|[\\/])\.\.([\\/]|$)|^[\\/]/.test(name)) throw broken('archive');
        names.add(name);
        return unpack(name) && !name.endsWith('/');
      },
    });
  } catch (error) {
    throw error instanceof Refusal ? error : broken('archive');
  }
}

/** Throws Refusal when a ZIP would become too large; unpacks nothing. */
export const assertHarmless = (bytes: Uint8Array): void => void unzipped(bytes, () => false);

/** A ZIP of the entries, always the same for the same entries: one constant time, no comments, no attributes. */
export const zipped = (entries: Record<string, Uint8Array>): Uint8Array =>
  zipSync(entries, { level: 6, mtime: '1980-01-01T00:00:00', os: 0, attrs: 0 });
