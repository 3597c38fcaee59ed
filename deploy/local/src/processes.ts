import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root. */
export const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
/** Everything this machine keeps for the platform; ignored by git, removed by `npm run clean`. */
export const STATE = join(ROOT, '.aiqyn');

export interface Child {
  readonly name: string;
  readonly pid: number;
  /** Settles when the process has ended, whatever the reason. */
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  kill(signal: NodeJS.Signals): void;
  /** SIGTERM, and SIGKILL after `patience` milliseconds. */
  stop(patience?: number): Promise<void>;
}

const file = (dir: string): string => join(dir, 'pids.json');

/** Process ids with their start times: the run that works in a folder, and what it started. */
interface Recorded {
  readonly owner: Record<string, string>;
  readonly children: Record<string, string>;
}

function recorded(dir: string): Recorded {
  try {
    const { owner, children } = JSON.parse(readFileSync(file(dir), 'utf8')) as Partial<Recorded>;
    return { owner: owner ?? {}, children: children ?? {} };
  } catch {
    return { owner: {}, children: {} };
  }
}

function record(dir: string, change: (pids: Recorded['children']) => void): void {
  const all = recorded(dir);
  change(all.children);
  write(dir, all);
}

/** Whole or not at all: a run that is killed while it writes must not lose the others' ids. */
function write(dir: string, all: Recorded): void {
  mkdirSync(dir, { recursive: true });
  writeFileSync(`${file(dir)}.part`, JSON.stringify(all));
  renameSync(`${file(dir)}.part`, file(dir));
}

/** Start time of a process as the kernel counts it: a pid that was given to another process has another one. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // One that has ended and waits only for its parent to look holds nothing any more.
    return fields[0] === 'Z' ? undefined : fields[19];
  } catch {
    return undefined;
  }
}

const alive = (pids: Record<string, string>): number[] =>
  Object.entries(pids)
    .filter(([pid, start]) => startOf(Number(pid)) === start)
    .map(([pid]) => Number(pid));

/**
 * Makes this process the one that works in `dir` and ends what a run that was cut off left there, waiting until it is
 * gone; never a process that only has the same number. Throws when another run is alive: its servers are in use.
 */
export async function takeOver(dir: string, log: (line: string) => void): Promise<void> {
  const before = recorded(dir);
  const [other] = alive(before.owner).filter((pid) => pid !== process.pid);
  if (other !== undefined)
    throw new Error(`another run works in ${dir} (process ${other}); end it first, with Ctrl-C where it runs`);
  const own = { [String(process.pid)]: startOf(process.pid) ?? '' };
  if (alive(before.owner).length > 0) return write(dir, before);
  for (const pid of alive(before.children)) {
    log(`ending process ${pid}, left by a run that was cut off`);
    process.kill(pid, 'SIGKILL');
  }
  await until(
    () =>
      alive(before.children).length === 0
        ? Promise.resolve()
        : Promise.reject(new Error(`processes ${alive(before.children).join(', ')} do not end`)),
    30_000,
  );
  write(dir, { owner: own, children: {} });
}

/** What V8 made of the modules at an earlier start: a service is ready a fifth sooner. */
const COMPILED = { NODE_COMPILE_CACHE: join(STATE, 'cache', 'compiled') };

/**
 * Starts a child in a process group of its own, so that Ctrl-C reaches only us and we stop the others in order. Its
 * output goes to `<dir>/<name>.log`.
 */
export function startChild(
  dir: string,
  name: string,
  command: string,
  args: string[],
  env: Record<string, string | undefined> = process.env,
): Child {
  const log = join(dir, `${name}.log`);
  mkdirSync(dirname(log), { recursive: true });
  const output = openSync(log, 'a');
  const child: ChildProcess = spawn(command, args, {
    detached: true,
    stdio: ['ignore', output, output],
    env: { ...COMPILED, ...env },
  });
  const { pid } = child;
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.on('exit', (code, signal) => {
      record(dir, (pids) => delete pids[String(pid)]);
      resolve({ code, signal });
    });
    child.on('error', () => resolve({ code: 127, signal: null }));
  });
  if (pid === undefined) throw new Error(`${command} cannot be started`);
  record(dir, (pids) => (pids[String(pid)] = startOf(pid) ?? ''));
  const kill = (signal: NodeJS.Signals): void => {
    try {
      process.kill(pid, signal);
    } catch {
      // It is gone already.
    }
  };
  return {
    name,
    pid,
    ended,
    kill,
    stop: async (patience = 15_000) => {
      kill('SIGTERM');
      const timer = setTimeout(() => kill('SIGKILL'), patience);
      await ended;
      clearTimeout(timer);
    },
  };
}

/** Runs a command to its end and gives its output; throws with the last lines of it when it fails. */
export async function run(command: string, args: string[], cwd = ROOT): Promise<string> {
  const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.on('data', (data: Buffer) => (output += data.toString()));
  child.stderr.on('data', (data: Buffer) => (output += data.toString()));
  const code = await new Promise<number>((resolve) => {
    child.on('error', () => resolve(127));
    child.on('exit', (status) => resolve(status ?? 1));
  });
  if (code === 127) throw new Error(`${command} is not installed`);
  if (code !== 0)
    throw new Error(`${command} ${args[0] ?? ''} failed: ${output.trim().split('\n').slice(-3).join(' | ')}`);
  return output;
}

/** Tries until `check` gives a value; throws its last error at the deadline, or at once when `alive` says no. */
export async function until<T>(
  check: () => Promise<T>,
  deadline: number,
  alive: () => boolean = () => true,
): Promise<T> {
  const end = Date.now() + deadline;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (!alive() || Date.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
