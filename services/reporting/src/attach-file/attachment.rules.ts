import { isDay, RuleError } from '@aiqyn/contracts';
import { chunksFor, FILE_CHUNK } from '../sealing/padding.rules.js';

export interface AttachmentPack {
  readonly id: string;
  readonly effectiveFrom: string;
  /** Bytes of one file before padding, and of all files of a report after it. */
  readonly bytesPerFile: number;
  readonly bytesPerReport: number;
  readonly filesPerReport: number;
  /** Days after the one on which an upload began; one that is not whole by then is dropped. */
  readonly daysToComplete: number;
}

/** What the files of a report take, unfinished ones too. */
export interface Taken {
  readonly files: number;
  readonly chunks: number;
}
export const NOTHING_TAKEN: Taken = { files: 0, chunks: 0 };

const FIELDS = ['bytesPerFile', 'bytesPerReport', 'filesPerReport', 'daysToComplete'] as const;

/** Reads the pack; throws RuleError `bad_policy` naming the field. */
export function attachmentPack(raw: unknown): AttachmentPack {
  const pack = raw as AttachmentPack;
  const bad = (field: string): never => {
    throw new RuleError('bad_policy', `attachment pack: ${field} is missing or wrong`, { field });
  };
  if (typeof pack?.id !== 'string') bad('id');
  if (!isDay(pack.effectiveFrom)) bad('effectiveFrom');
  for (const field of FIELDS) if (!Number.isSafeInteger(pack[field]) || pack[field] < 1) bad(field);
  if (pack.bytesPerReport < chunksFor(pack.bytesPerFile) * FILE_CHUNK) bad('bytesPerReport');
  return pack;
}

/** What is taken once a file of `chunks` is added; throws RuleError `too_large` or `too_many_files`. */
export function added(pack: AttachmentPack, taken: Taken, chunks: number): Taken {
  const most = chunksFor(pack.bytesPerFile);
  if (chunks > most) throw new RuleError('too_large', `a file has at most ${most} chunks`, { field: 'chunks' });
  const after = { files: taken.files + 1, chunks: taken.chunks + chunks };
  if (after.files > pack.filesPerReport)
    throw new RuleError('too_many_files', `a report has at most ${pack.filesPerReport} files`);
  if (after.chunks * FILE_CHUNK > pack.bytesPerReport)
    throw new RuleError('too_large', `the files of a report take at most ${pack.bytesPerReport} bytes`, {
      field: 'chunks',
    });
  return after;
}

/** What is taken once a file is gone. */
export const dropped = (taken: Taken, chunks: number): Taken => ({
  files: taken.files - 1,
  chunks: taken.chunks - chunks,
});

/**
 * Whether the chunk is the next one or one that is stored; throws RuleError `out_of_order` that names the next. In order only: then
 * "where was I" is one number.
 */
export function placeOf(upload: { readonly next: number; readonly chunks: number }, no: number): 'next' | 'stored' {
  if (no < upload.next) return 'stored';
  if (no === upload.next && no < upload.chunks) return 'next';
  const wanted = upload.next < upload.chunks ? `chunk ${upload.next} is wanted` : 'every chunk is here';
  throw new RuleError('out_of_order', wanted, { field: 'no', allowed: [String(upload.next)] });
}

/** Throws RuleError `out_of_order` while a chunk is missing, or when the client counts otherwise. */
export function assertWhole(upload: { readonly next: number; readonly chunks: number }, counted: number): void {
  if (counted !== upload.chunks || upload.next !== upload.chunks)
    throw new RuleError('out_of_order', `${upload.next} of ${upload.chunks} chunks are here`, {
      field: 'chunks',
      allowed: [String(upload.next)],
    });
}
