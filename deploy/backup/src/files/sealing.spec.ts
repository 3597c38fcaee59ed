import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, type Transform } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { afterAll, describe, expect, it } from '@jest/globals';
import { opening, readKey, sealing } from './sealing.js';

const key = randomBytes(32);
const CHUNK = 64 * 1024;
const [HEAD, SEALED] = [24, CHUNK + 16];

async function through(bytes: Buffer, transform: Transform): Promise<Buffer> {
  // In uneven parts, as a disk gives them.
  const parts = Array.from({ length: Math.ceil(bytes.length / 40_009) }, (_, i) =>
    bytes.subarray(i * 40_009, (i + 1) * 40_009),
  );
  const [whole] = await Promise.all([buffer(transform), pipeline(Readable.from(parts), transform)]);
  return whole;
}
const open = (bytes: Buffer, name = 'a', by = key): Promise<Buffer> => through(bytes, opening(by, name));

describe('a sealed file', () => {
  it.each([0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 200_003])('of %i bytes opens to what it was', async (size) => {
    const bytes = randomBytes(size);
    const sealed = await through(bytes, sealing(key, 'a'));
    expect(sealed.length).toBe(HEAD + size + 16 * Math.max(1, Math.ceil(size / CHUNK)));
    expect((await open(sealed)).equals(bytes)).toBe(true);
  });

  const bytes = randomBytes(3 * CHUNK);
  const cut = (sealed: Buffer, from: number, to: number): Buffer =>
    Buffer.concat([sealed.subarray(0, from), sealed.subarray(to)]);
  it.each<[string, (sealed: Buffer) => Buffer]>([
    ['its last chunk is cut off', (s) => s.subarray(0, HEAD + 2 * SEALED)],
    ['it ends within a chunk', (s) => s.subarray(0, s.length - 100)],
    ['a chunk is taken out', (s) => cut(s, HEAD + SEALED, HEAD + 2 * SEALED)],
    ['only its head is left', (s) => s.subarray(0, HEAD)],
    ['it is empty', () => Buffer.alloc(0)],
    [
      'a bit is turned',
      (s) => {
        const other = Buffer.from(s);
        other[HEAD + 70_000]! ^= 1;
        return other;
      },
    ],
  ])('does not open when %s', async (_, change) => {
    const sealed = await through(bytes, sealing(key, 'a'));
    await expect(open(change(sealed))).rejects.toMatchObject({ code: 'not_opened' });
  });

  it('does not open under another name or with another key', async () => {
    const sealed = await through(bytes, sealing(key, 'a'));
    await expect(open(sealed, 'b')).rejects.toMatchObject({ code: 'not_opened' });
    await expect(open(sealed, 'a', randomBytes(32))).rejects.toMatchObject({ code: 'not_opened' });
  });
});

describe('the file of a key', () => {
  const dir = mkdtempSync(join(tmpdir(), 'aiqyn-key-'));
  afterAll(() => rmSync(dir, { recursive: true }));
  it.each([
    [`${key.toString('base64url')}\n`, true],
    ['too short', false],
    [key.toString('hex'), false],
  ])('holding %j is taken: %p', (text, taken) => {
    const file = join(dir, 'key');
    writeFileSync(file, text);
    if (taken) expect(readKey(file).equals(key)).toBe(true);
    else expect(() => readKey(file)).toThrow(`${file}: a key is 32 random bytes`);
    expect(readFileSync(file, 'utf8')).toBe(text);
  });
});
