import { createGunzip } from 'node:zlib';
import { pipeline, Readable } from 'node:stream';
import { RuleError } from '@aiqyn/contracts/rule-error';

/** A line of a stream of releases: its number from 1, and its text unless it was longer than the limit. */
export interface Line {
  readonly no: number;
  readonly text?: string;
}

/** Bytes of the longest line that is read; V8 holds no text much longer, and no release is near it. */
export const LONGEST_LINE = 64 * 1024 * 1024;

const NEWLINE = 10;
const CARRIAGE_RETURN = 13;
const BOM = '\ufeff';

/** The bytes, unpacked when they begin as gzip does. */
async function* unpacked(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const iterator = source[Symbol.asyncIterator]();
  const first = await iterator.next();
  if (first.done) return;
  async function* all(): AsyncGenerator<Buffer> {
    yield first.value as Buffer;
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
  }
  if (first.value[0] !== 0x1f || first.value[1] !== 0x8b) yield* all();
  else {
    // `pipe` alone would leave the failure of a sender who went away to nobody, which ends the process.
    const gunzip = createGunzip();
    pipeline(Readable.from(all()), gunzip, () => undefined);
    try {
      yield* gunzip as AsyncIterable<Buffer>;
    } catch (error) {
      if (!(error as { code?: string }).code?.startsWith('Z_')) throw error;
      throw new RuleError('damaged_gzip', 'the stream begins as gzip and is none to its end');
    }
  }
}

/**
 * The lines of a stream, as many at once as came together, empty ones left out. Memory is that of one piece and one line; what
 * is too long is told and passed over, whatever its length. A byte-order mark, CRLF and gzip are understood.
 */
export async function* linesOf(source: AsyncIterable<Buffer>, longest = LONGEST_LINE): AsyncGenerator<Line[]> {
  let no = 0;
  let open: Buffer[] = [];
  let length = 0;
  const close = (end: Buffer): Line | undefined => {
    no += 1;
    const size = length + end.length;
    const whole = open.length === 0 ? end : Buffer.concat([...open, end]);
    [open, length] = [[], 0];
    if (size > longest) return { no };
    const last = whole.length > 0 && whole[whole.length - 1] === CARRIAGE_RETURN ? whole.length - 1 : whole.length;
    let text = whole.toString('utf8', 0, last);
    if (no === 1 && text.startsWith(BOM)) text = text.slice(1);
    return text.trim() === '' ? undefined : { no, text };
  };
  for await (const piece of unpacked(source)) {
    const lines: Line[] = [];
    let start = 0;
    for (let end = piece.indexOf(NEWLINE); end >= 0; end = piece.indexOf(NEWLINE, start)) {
      const line = close(piece.subarray(start, end));
      if (line) lines.push(line);
      start = end + 1;
    }
    if (start < piece.length) {
      const rest = piece.subarray(start);
      length += rest.length;
      if (length <= longest) open.push(rest);
      else open = [];
    }
    if (lines.length > 0) yield lines;
  }
  if (length > 0) {
    const line = close(Buffer.alloc(0));
    if (line) yield [line];
  }
}
