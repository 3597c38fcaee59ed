import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Line, linesOf } from './lines.js';

async function read(pieces: readonly Buffer[], longest?: number): Promise<Line[]> {
  const all: Line[] = [];
  for await (const some of linesOf(Readable.from(pieces), longest)) all.push(...some);
  return all;
}
const texts = async (text: string | Buffer): Promise<unknown> =>
  (await read([Buffer.from(text)])).map(({ no, text: line }) => [no, line]);

describe('the lines of a stream', () => {
  it.each<[string, string | Buffer, unknown]>([
    ['nothing', '', []],
    ['one line without an end', '{}', [[1, '{}']]],
    [
      'CRLF',
      'a\r\nb\r\n',
      [
        [1, 'a'],
        [2, 'b'],
      ],
    ],
    [
      'a byte-order mark',
      '\ufeffa\nb',
      [
        [1, 'a'],
        [2, 'b'],
      ],
    ],
    [
      'empty lines, which count',
      'a\n\n  \nb\n',
      [
        [1, 'a'],
        [4, 'b'],
      ],
    ],
    [
      'gzip',
      gzipSync('a\nқ\n'),
      [
        [1, 'a'],
        [2, 'қ'],
      ],
    ],
  ])('%s', async (_, given, expected) => expect(await texts(given)).toEqual(expected));

  it('are the same wherever the stream is cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ unit: 'grapheme' })), fc.array(fc.nat(40)), async (lines, cuts) => {
        const text = Buffer.from(lines.map((l) => `x${l.replaceAll(/[\r\n]/g, '')}`).join('\n'));
        const at = [...new Set(cuts.map((c) => Math.min(c, text.length)))].sort((a, b) => a - b);
        const pieces = [...at, text.length].map((end, i) => text.subarray(at[i - 1] ?? 0, end));
        expect(await read(pieces)).toEqual(await read([text]));
      }),
    );
  });

  it('that are too long are told and passed over', async () => {
    const long = Array.from({ length: 50 }, () => Buffer.alloc(1_000, 120));
    const all = await read([Buffer.from('a\n'), ...long, Buffer.from('\nb\n')], 10_000);
    expect(all).toEqual([{ no: 1, text: 'a' }, { no: 2 }, { no: 3, text: 'b' }]);
  });

  it('are refused where gzip is damaged, and the failure of a sender who went away reaches the reader', async () => {
    const packed = gzipSync('a\nb\n');
    await expect(read([packed.subarray(0, 10), Buffer.alloc(20, 255)])).rejects.toMatchObject({ code: 'damaged_gzip' });
    async function* gone(): AsyncGenerator<Buffer> {
      yield packed.subarray(0, 12);
      await Promise.resolve();
      throw new Error('the sender went away');
    }
    const lines = async (): Promise<Line[]> => {
      const all: Line[] = [];
      for await (const some of linesOf(gone())) all.push(...some);
      return all;
    };
    await expect(lines()).rejects.toThrow('the sender went away');
  });
});
