/** One thing of what was handed in, or why there is none. */
export interface Entry {
  /** Counted from 1. */
  readonly line: number;
  readonly value?: unknown;
  readonly refusal?: string;
}

export interface Refused {
  readonly code: string;
  /** JSON pointer. */
  readonly path: string;
}

export interface ImportReport {
  readonly recorded: number;
  /** The same version as stored, or an older one. */
  readonly unchanged: number;
  /** The first of them, at most a thousand. */
  readonly refused: readonly ({ readonly line: number } & Refused)[];
  readonly refusedInAll: number;
  /** The last line that was read. */
  readonly lastLine: number;
}

export type Entries = AsyncIterable<Entry[]> | Iterable<Entry[]>;

/** Refusals that are named. */
const NAMED = 1_000;
/** Things in one transaction: large enough to share its price, small enough to stay far from the server's limits. */
const CHUNK = 100;
/** Characters in one transaction, give or take one thing: memory is bounded whatever their size. */
const LARGEST_CHUNK = 8 * 1024 * 1024;

/**
 * Takes a stream in, chunk by chunk: memory is that of one, and what was stored stays when the rest never comes.
 * @param read gives the thing with how many characters it has, or why it is none
 * @param store stores a chunk and gives how many of it were new; told when nothing comes after it
 */
export async function takeStream<T>(
  entries: Entries,
  read: (value: unknown) => { readonly thing: T; readonly characters: number } | Refused,
  store: (chunk: readonly T[], last: boolean) => Promise<number>,
): Promise<ImportReport> {
  const refused: ({ line: number } & Refused)[] = [];
  const report = { recorded: 0, unchanged: 0, refusedInAll: 0, lastLine: 0 };
  let chunk: T[] = [];
  let size = 0;
  const flush = async (last: boolean): Promise<void> => {
    if (chunk.length === 0) return;
    const full = chunk;
    [chunk, size] = [[], 0];
    const recorded = await store(full, last);
    report.recorded += recorded;
    report.unchanged += full.length - recorded;
  };
  for await (const some of entries)
    for (const { line, value, refusal } of some) {
      report.lastLine = line;
      const one = refusal === undefined ? read(value) : { code: refusal, path: '' };
      if ('code' in one) {
        report.refusedInAll += 1;
        if (refused.length < NAMED) refused.push({ line, ...one });
        continue;
      }
      size += one.characters;
      if (chunk.push(one.thing) === CHUNK || size > LARGEST_CHUNK) await flush(false);
    }
  await flush(true);
  return { ...report, refused };
}
