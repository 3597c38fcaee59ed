import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '@aiqyn/local';
import { type Bench, type Figure, inTurn, percentile } from './figures.js';

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

/** Takes each line in after it was parsed, and prints the microseconds of that alone; by the set that the service computes. */
const TAKE_IN = `
  const { createReadStream } = require('node:fs');
  (async () => {
    const [dist, file] = process.argv.slice(1);
    const { linesOf } = await import(dist + '/read-release/lines.js');
    const { contributionOf } = await import(dist + '/judge-portfolio/contribution.rules.js');
    const { Portfolio } = await import(dist + '/judge-portfolio/portfolio.rules.js');
    const { defaultSettings } = await import(dist + '/judge-process/indicator-settings.rules.js');
    const settings = defaultSettings('aiqyn');
    const portfolio = new Portfolio(settings);
    let [spent, count] = [0, 0];
    for await (const lines of linesOf(createReadStream(file, { highWaterMark: 1048576 })))
      for (const { text } of lines) {
        const release = JSON.parse(text);
        const began = performance.now();
        const contribution = contributionOf(release, settings);
        if (contribution) portfolio.replace(contribution);
        spent += performance.now() - began;
        count += 1;
      }
    process.stdout.write(String((spent * 1000) / count));
  })();`;

/** Microseconds a release, of a process of its own; throws when it fails. */
function takingIn(dist: string, file: string): number {
  const { stdout, stderr } = spawnSync(process.execPath, ['--eval', TAKE_IN, dist, file], { encoding: 'utf8' });
  const took = Number(stdout || Number.NaN);
  if (!Number.isFinite(took)) throw new Error(`failed: ${stderr.slice(-500)}`);
  return took;
}

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

/** Eleven indicators over a generated file, beside reading and JSON.parse alone in turn with it; what one release costs of that. */
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
  const each = Array.from({ length: rounds }, () => takingIn(dist, file));
  const note = `without reading and parsing, set aiqyn, median of ${rounds}; aim 10`;
  figures.push({ name: 'a release judged and added to the sums', ours: percentile(each, 0.5), unit: 'µs', note });
  return figures;
}
