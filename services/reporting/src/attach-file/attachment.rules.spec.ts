import { describe, expect, it } from '@jest/globals';
import { chunksFor, FILE_CHUNK } from '../sealing/padding.rules.js';
import { added, assertWhole, attachmentPack, dropped, NOTHING_TAKEN, placeOf } from './attachment.rules.js';

const raw = {
  id: 'attachments-test',
  effectiveFrom: '2025-01-01',
  bytesPerFile: 4 * FILE_CHUNK,
  bytesPerReport: 6 * FILE_CHUNK,
  filesPerReport: 3,
  daysToComplete: 7,
};
const pack = attachmentPack(raw);
const code = (expected: string, more: object = {}) => expect.objectContaining({ code: expected, ...more });

describe('the attachment pack', () => {
  it.each(['id', 'effectiveFrom', 'bytesPerFile', 'bytesPerReport', 'filesPerReport', 'daysToComplete'])(
    'needs %s',
    (field) => {
      for (const wrong of [undefined, 0, 1.5, true])
        expect(() => attachmentPack({ ...raw, [field]: wrong })).toThrow(code('bad_policy', { details: { field } }));
    },
  );
  it('has room for one file of the greatest size, padded', () =>
    expect(() => attachmentPack({ ...raw, bytesPerReport: 4 * FILE_CHUNK - 1 })).toThrow('bytesPerReport'));
});

describe('the files of a report', () => {
  it.each([
    [NOTHING_TAKEN, 4, { files: 1, chunks: 4 }],
    [{ files: 1, chunks: 2 }, 4, { files: 2, chunks: 6 }],
    [NOTHING_TAKEN, 5, 'too_large'],
    [{ files: 1, chunks: 3 }, 4, 'too_large'],
    [{ files: 3, chunks: 3 }, 1, 'too_many_files'],
  ])('%j and %i chunks more: %j', (taken, chunks, result) => {
    if (typeof result === 'string') expect(() => added(pack, taken, chunks)).toThrow(code(result));
    else {
      expect(added(pack, taken, chunks)).toEqual(result);
      expect(dropped(result, chunks)).toEqual(taken);
    }
  });
  it('have room for the 500 MB that are promised', () =>
    expect(() =>
      added({ ...pack, bytesPerFile: 524_288_000, bytesPerReport: 2 ** 31 }, NOTHING_TAKEN, chunksFor(524_288_000)),
    ).not.toThrow());
});

describe('a chunk', () => {
  it.each([
    [0, 0, 'next'],
    [2, 2, 'next'],
    [2, 1, 'stored'],
    [4, 3, 'stored'],
    [2, 3, 'out_of_order'],
    [4, 4, 'out_of_order'],
  ])('with %i stored of 4, number %i: %s', (next, no, result) => {
    const upload = { next, chunks: 4 };
    if (result === 'out_of_order')
      expect(() => placeOf(upload, no)).toThrow(code(result, { details: { field: 'no', allowed: [String(next)] } }));
    else expect(placeOf(upload, no)).toBe(result);
  });

  it.each([
    [4, 4, true],
    [3, 4, false],
    [4, 3, false],
    [3, 3, false],
  ])('with %i of 4 stored and %i counted the file is whole: %s', (next, counted, whole) => {
    const check = (): void => assertWhole({ next, chunks: 4 }, counted);
    if (whole) expect(check).not.toThrow();
    else expect(check).toThrow(code('out_of_order'));
  });
});
