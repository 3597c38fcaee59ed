import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

function recorded(dir: string): Record<string, string> {
  try {
    return JSON.parse(readFileSync(file(dir), 'utf8')) as Record<string, string>;
  } catch {
    return {};
  }
}

function record(dir: string, change: (pids: Record<string, string>) => void): void {
  const pids = recorded(dir);
  change(pids);
  mkdirSync(dir, { recursive: true });
  writeFileSync(file(dir), JSON.stringify(pids));
}

/** Start time of a process as the kernel counts it: a pid that was given to another process has another one. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}

/** Ends processes that an earlier run recorded in `dir` and left behind; never one that only has the same number. */
export function endLeftovers(dir: string, log: (line: string) => void): void {
  for (const [pid, start] of Object.entries(recorded(dir))) {
    if (startOf(Number(pid)) === start) {
      log(`ending process ${pid}, left by a run that was cut off`);
      process.kill(Number(pid), 'SIGKILL');
    }
  }
  rmSync(file(dir), { force: true });
}

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
  const child: ChildProcess = spawn(command, args, { detached: true, stdio: ['ignore', output, output], env });
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
