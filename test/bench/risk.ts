import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '@aiqyn/local';
import { type Bench, type Figure, inTurn } from './figures.js';

/** As many as the requirement names; a gigabyte, made once. */
const RELEASES = 200_000;
const GENERATOR = join(ROOT, 'deploy/local/data/generate-releases.mjs');
/** Reads and parses each line, nothing else: what every computation over the file costs at least. */
const PARSE = `
  const { createReadStream } = require('node:fs');
  (async () => {
    const { linesOf } = await import(process.argv[1]);
    for await (const lines of linesOf(createReadStream(process.argv[2], { highWaterMark: 1048576 })))
      for (const { text } of lines) JSON.parse(text);
  })();`;

/** CPU seconds of a process that runs to its end; throws when it fails. */
function cpuOf(args: readonly string[]): number {
  const timed = `import { writeSync } from 'node:fs'; process.on('exit', () => { const { user, system } = process.cpuUsage(); writeSync(2, '\\ncpu ' + (user + system) / 1e6); })`;
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--import', `data:text/javascript,${encodeURIComponent(timed)}`, ...args],
    {
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
    },
  );
  const cpu = Number(/\ncpu ([\d.]+)$/.exec(stderr)?.[1]);
  if (status !== 0 || !Number.isFinite(cpu)) throw new Error(`failed: ${stderr.slice(-500)}`);
  return cpu;
}

/** A file of so many generated releases (5 KB each), made once. */
export function generated(dir: string, count: number): string {
  mkdirSync(dir, { recursive: true });
  const file = join(dir, `releases-${count}.jsonl`);
  if (!existsSync(file))
    spawnSync(process.execPath, [GENERATOR, '--count', String(count), '--seed', '42', '--out', file], {
      stdio: 'inherit',
    });
  return file;
}

/** Eleven indicators over a generated file, beside reading and JSON.parse alone in turn with it. */
export async function risk({ dir, rounds }: Bench): Promise<Figure[]> {
  const file = generated(dir, RELEASES);
  const dist = join(ROOT, 'services/risk-analysis/dist');
  const parse = (): Promise<number> =>
    Promise.resolve(cpuOf(['--eval', PARSE, join(dist, 'read-release/lines.js'), file]));
  const figures: Figure[] = [];
  for (const set of ['cardinal-0.0.8', 'aiqyn']) {
    const ours = (): Promise<number> =>
      Promise.resolve(cpuOf([join(dist, 'cli/cli.js'), 'indicators', file, '--set', set, '--json']));
    const pair = await inTurn(rounds, ours, parse);
    const note = `${RELEASES.toLocaleString('en')} releases; bare: reading and JSON.parse; aim 1.6`;
    figures.push({ name: `CPU of eleven indicators, set ${set}`, ...pair, unit: 's', note });
  }
  return figures;
}
