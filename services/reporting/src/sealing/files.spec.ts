import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type FileHeader, keyOfFile, openChunks, openHeader, sealChunks, sealHeader, sha256 } from './files.js';
import { chunksFor, FILE_CHUNK, isChunkCount, SEALED_CHUNK } from './padding.rules.js';
import { channelKeyPair, fileSecret } from './sealing.js';

const place = {
  caseId: '7b0c2a52-7a9f-4d0b-9f2c-0d9a5f3f5e11',
  attachmentId: '00000000-7a9f-4d0b-9f2c-0d9a5f3f5e11',
};

async function sealedFile(content: Uint8Array): Promise<{ header: FileHeader; chunks: Uint8Array[] }> {
  const key = randomBytes(32).toString('base64url');
  const chunks: Uint8Array[] = [];
  for await (const { sealed } of sealChunks(key, place, content)) chunks.push(sealed);
  const header = { key, name: 'photo.jpg', kind: 'jpg', length: content.length, chunks: chunks.length };
  return { header: { ...header, sha256: await sha256(content) }, chunks };
}

async function opened(header: FileHeader, chunks: Uint8Array[], at = place): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of openChunks(header, at, chunks)) parts.push(part);
  return Buffer.concat(parts);
}

describe('a sealed file', () => {
  it.each([1, FILE_CHUNK - 1, FILE_CHUNK, FILE_CHUNK + 1, 5 * FILE_CHUNK + 3])('of %i bytes opens whole', async (n) => {
    const content = randomBytes(n);
    const { header, chunks } = await sealedFile(content);
    expect(chunks.map((c) => c.length)).toEqual(Array.from({ length: chunksFor(n) }, () => SEALED_CHUNK));
    expect(Buffer.compare(await opened(header, chunks), content)).toBe(0);
    expect(header.sha256).toBe(createHash('sha256').update(content).digest('base64url'));
  });

  it('does not open after any chunk was moved, left out, repeated, cut off or changed', async () => {
    const { header, chunks } = await sealedFile(randomBytes(4 * FILE_CHUNK + 1));
    const at = fc.nat(chunks.length - 1);
    const spoilt = fc.oneof(
      fc
        .tuple(at, at)
        .filter(([a, b]) => a !== b)
        .map(([a, b]) => chunks.map((c, i) => (i === a ? chunks[b]! : i === b ? chunks[a]! : c))),
      at.map((a) => chunks.filter((_, i) => i !== a)),
      at.map((a) => chunks.flatMap((c, i) => (i === a ? [c, c] : [c]))),
      at.map((a) => chunks.slice(0, a)),
      fc.tuple(at, fc.nat(SEALED_CHUNK - 1)).map(([a, n]) => chunks.map((c, i) => (i === a ? c.slice(0, n) : c))),
      fc.tuple(at, fc.nat(SEALED_CHUNK * 8 - 1)).map(([a, bit]) => {
        const changed = chunks[a]!.slice();
        changed[bit >> 3]! ^= 1 << (bit & 7);
        return chunks.map((c, i) => (i === a ? changed : c));
      }),
    );
    await fc.assert(
      fc.asyncProperty(spoilt, async (wrong) => {
        await expect(opened(header, wrong)).rejects.toThrow();
      }),
      { numRuns: 150 },
    );
  });

  it('cannot be cut off together with the count of its header: the last chunk says that it is the last', async () => {
    const { header, chunks } = await sealedFile(randomBytes(2 * FILE_CHUNK));
    await expect(opened({ ...header, chunks: 1, length: FILE_CHUNK }, chunks.slice(0, 1))).rejects.toThrow();
  });

  it.each([
    ['case', { ...place, caseId: place.attachmentId }],
    ['file', { ...place, attachmentId: place.caseId }],
  ])('cannot be moved to another %s', async (_, other) => {
    const { header, chunks } = await sealedFile(randomBytes(10));
    await expect(opened(header, chunks, other)).rejects.toThrow();
    const pair = await channelKeyPair();
    const sealed = await sealHeader(pair.publicKey, place, header);
    await expect(openHeader(pair.privateKey, place, sealed)).resolves.toEqual(header);
    await expect(openHeader(pair.privateKey, other, sealed)).rejects.toThrow();
  });
});

describe('id and key of a file', () => {
  it('come from the receipt and the file: the same again, and others for whatever differs', async () => {
    const secret = await fileSecret('4246 5854 6954 2037 3684 5303 41');
    const file = { caseId: place.caseId, name: 'a.jpg', sha256: await sha256(Buffer.from('a')) };
    const first = await keyOfFile(secret, file);
    expect(first.attachmentId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(await keyOfFile(await fileSecret('42465854695420373684530341'), file)).toEqual(first);
    const others = await Promise.all([
      keyOfFile(secret, { ...file, name: 'b.jpg' }),
      keyOfFile(secret, { ...file, caseId: place.attachmentId }),
      keyOfFile(secret, { ...file, sha256: await sha256(Buffer.from('b')) }),
      keyOfFile(await fileSecret('42465854695420373684530342'), file),
    ]);
    expect(new Set([first, ...others].map((o) => o.key)).size).toBe(5);
    expect(new Set([first, ...others].map((o) => o.attachmentId)).size).toBe(5);
  });
});

describe('the number of chunks', () => {
  it('holds the file, is never more than a quarter and one chunk too many, and is known as such', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 600_000_000 }), (bytes) => {
        const n = chunksFor(bytes);
        expect(n * FILE_CHUNK).toBeGreaterThanOrEqual(bytes);
        expect(n).toBeLessThanOrEqual(Math.ceil((bytes / FILE_CHUNK) * 1.25) + 1);
        expect(isChunkCount(n)).toBe(true);
      }),
    );
  });
  it.each([0, -1, 1.5, 6, 8, 10, 11, 2_000, Number.NaN])('is not %d', (n) => expect(isChunkCount(n)).toBe(false));
});
