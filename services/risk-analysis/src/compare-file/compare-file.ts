import { createReadStream, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { almatyDay } from '@aiqyn/contracts';
import { type IndicatorDefinition, settingsOn } from '../indicators/definition.rules.js';
import type { Limits } from '../judge-portfolio/fences.rules.js';
import { isLater } from '../import-releases/release.rules.js';
import { linesOf } from '../read-release/lines.js';
import {
  type Computed,
  type Difference,
  differencesOf,
  type InFile,
  type InStore,
  outlierDifferences,
  outliersOf,
  type Piece,
} from './compare-file.rules.js';
import { ask, every } from '../cli/http.js';

/** Lines that a worker computes at once. */
const PIECE = 500;
/** Pieces that a worker has at most: what waits is in memory. */
const AHEAD = 2;

/** Computes a file in threads; the later version of a process counts. */
async function compute(
  file: string,
  workers: number,
  workerData: object,
): Promise<{ processes: Map<string, InFile>; refused: { line: number; reason: string }[]; lines: number }> {
  const processes = new Map<string, InFile>();
  const refused: { line: number; reason: string }[] = [];
  let lines = 0;
  const take = (all: readonly Computed[]): void => {
    for (const one of all)
      if ('refusal' in one) refused.push({ line: one.no, reason: one.refusal });
      else {
        const { no: _, ocid, ...process } = one;
        const other = processes.get(ocid);
        if (!other || isLater(process, other)) processes.set(ocid, process);
      }
    lines += all.length;
    if (lines % 20_000 < all.length) console.error(`${lines} lines`);
  };
  const free: (() => void)[] = [];
  const threads = Array.from({ length: workers }, () => {
    const thread = new Worker(new URL('./compare-file.worker.js', import.meta.url), { workerData });
    return { thread, under: 0 };
  });
  let failed: Error | undefined;
  for (const one of threads) {
    one.thread.on('message', (all: readonly Computed[]) => {
      one.under -= 1;
      take(all);
      free.shift()?.();
    });
    one.thread.on('error', (error: Error) => {
      failed = error;
      for (const go of free.splice(0)) go();
    });
  }
  const give = async (piece: Piece): Promise<void> => {
    for (;;) {
      if (failed) throw failed;
      const one = threads.reduce((a, b) => (b.under < a.under ? b : a));
      if (one.under < AHEAD) {
        one.under += 1;
        one.thread.postMessage(piece);
        return;
      }
      await new Promise<void>((resolve) => free.push(resolve));
    }
  };
  try {
    let piece: { no: number; text?: string }[] = [];
    for await (const batch of linesOf(createReadStream(file, { highWaterMark: 1024 * 1024 })))
      for (const line of batch)
        if (piece.push(line) === PIECE) {
          await give(piece);
          piece = [];
        }
    if (piece.length > 0) await give(piece);
    while (threads.some(({ under }) => under > 0)) {
      if (failed) throw failed;
      await new Promise<void>((resolve) => free.push(resolve));
    }
  } finally {
    await Promise.all(threads.map(({ thread }) => thread.terminate()));
  }
  return { processes, refused, lines };
}

/** What was compared, and in what the service differs from the file. */
export interface Comparison {
  readonly lines: number;
  readonly processes: number;
  readonly refused: number;
  readonly stored: number;
  readonly outliers: number;
  readonly differences: readonly Difference[];
}

/** Computes a file in threads, by the definitions in force at the service, and compares. */
export async function compare(
  file: string,
  { url, token, workers, day }: { url: string; token: string; workers: number; day?: string },
): Promise<Comparison> {
  const on = day ?? almatyDay(new Date());
  const mci = createRequire(import.meta.url).resolve('@aiqyn/contracts/data/mci-kz.json');
  const unit: unknown = JSON.parse(readFileSync(mci, 'utf8'));
  const definitions = (await ask<{ items: IndicatorDefinition[] }>(new URL('/v1/indicators', url), token)).items;
  const { processes, refused, lines } = await compute(file, workers, { definitions, day: on, unit });

  const store = new Map<string, InStore>();
  for await (const { _id, ...row } of every<InStore & { _id: string }>(url, '/v1/procurement/releases', token))
    store.set(_id, row);
  const { limits } = await ask<{ limits?: Limits }>(new URL('/v1/outliers/fences', url), token);
  const standing = new Map<string, number>();
  for await (const { _id, value } of every<{ _id: string; value: number }>(url, '/v1/outliers', token))
    standing.set(_id, value);
  const differences = [
    ...differencesOf(processes, store),
    ...(limits ? outlierDifferences(outliersOf(processes, limits, settingsOn(definitions, on)), standing) : []),
  ];
  const counts = { lines, processes: processes.size, refused: refused.length, stored: store.size };
  return { ...counts, outliers: standing.size, differences };
}
