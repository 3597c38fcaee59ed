import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ROOT, takeOver, until } from './processes.js';

/** Another run of the platform: takes the folder over, starts one child that would live for ten minutes, says its id. */
const RUN = `
  const { takeOver, startChild } = await import(process.argv[1]);
  await takeOver(process.argv[2], () => {});
  console.log(startChild(process.argv[2], 'server', 'sleep', ['600']).pid);
  setInterval(() => {}, 1000);
`;

const lives = (pid: number): boolean => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2)[0] !== 'Z';
  } catch {
    return false;
  }
};

describe('takeOver', () => {
  let dir: string;
  const ends: (() => void)[] = [];

  async function anotherRun(): Promise<{ pid: number; server: number; kill: () => Promise<void> }> {
    const module = join(ROOT, 'deploy/local/dist/processes.js');
    const run = spawn(process.execPath, ['--input-type=module', '-e', RUN, module, dir], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const server = Number(
      await new Promise<string>((resolve) => run.stdout.once('data', (d: Buffer) => resolve(d.toString()))),
    );
    const ended = new Promise<void>((resolve) => run.once('exit', () => resolve()));
    const kill = (): Promise<void> => (run.kill('SIGKILL'), ended);
    ends.push(
      () => void run.kill('SIGKILL'),
      () => lives(server) && process.kill(server, 'SIGKILL'),
    );
    return { pid: run.pid!, server, kill };
  }

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'aiqyn-run-'));
  });
  afterEach(() => {
    for (const end of ends.splice(0)) end();
    rmSync(dir, { recursive: true, force: true });
  });

  it('refuses a folder that another run works in, and leaves its servers alone', async () => {
    const other = await anotherRun();
    await expect(takeOver(dir, () => undefined)).rejects.toThrow(`process ${other.pid}`);
    expect(lives(other.server)).toBe(true);
  });

  it('ends what a run that was killed left behind, and has waited until it is gone', async () => {
    const other = await anotherRun();
    await other.kill();
    const said: string[] = [];
    await takeOver(dir, (line) => said.push(line));
    expect(lives(other.server)).toBe(false);
    expect(said).toEqual([expect.stringContaining(String(other.server))]);
  });

  it('never ends a process that only has the number of one that was left behind', async () => {
    const other = await anotherRun();
    await other.kill();
    const file = join(dir, 'pids.json');
    const innocent = spawn('sleep', ['600'], { stdio: 'ignore' });
    ends.push(() => void innocent.kill('SIGKILL'));
    const { owner } = JSON.parse(readFileSync(file, 'utf8')) as { owner: Record<string, string> };
    ends.push(() => void process.kill(other.server, 'SIGKILL'));
    writeFileSync(file, JSON.stringify({ owner, children: { [String(innocent.pid)]: '1' } }));
    await takeOver(dir, () => undefined);
    expect(lives(innocent.pid!)).toBe(true);
  });

  it('may be called twice by the same run, without ending what it started itself', async () => {
    const other = await anotherRun();
    await other.kill();
    await takeOver(dir, () => undefined);
    await expect(takeOver(dir, () => undefined)).resolves.toBeUndefined();
  });
});

describe('until', () => {
  it('gives up at once when the thing that it waits for has died', async () => {
    const tries: number[] = [];
    const check = (): Promise<never> => (tries.push(1), Promise.reject(new Error('it died')));
    await expect(until(check, 60_000, () => false)).rejects.toThrow('it died');
    expect(tries).toHaveLength(1);
  });
});
