import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT, type Service, SERVICES, STATE } from '@aiqyn/local';
import { ALL_ROLES, onTarget } from '../target.js';

const VERSION = '4.32.5';
const HERE = join(ROOT, 'test', 'attack', 'schemathesis');
const TOOL = join(STATE, 'cache', 'tools', `schemathesis-${VERSION}`);

function run(command: string, args: string[], env: Record<string, string> = {}): Promise<number> {
  const child = spawn(command, args, { cwd: HERE, stdio: 'inherit', env: { ...process.env, ...env } });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

/** The tool in a place of its own, fetched once. */
async function tool(): Promise<string> {
  const st = join(TOOL, 'bin', 'st');
  if (existsSync(st)) return st;
  console.log(`fetching schemathesis ${VERSION}`);
  rmSync(TOOL, { recursive: true, force: true });
  mkdirSync(join(STATE, 'cache', 'tools'), { recursive: true });
  const made =
    (await run('python3', ['-m', 'venv', TOOL])) ||
    (await run(join(TOOL, 'bin', 'pip'), ['install', '-q', `schemathesis==${VERSION}`]));
  if (made !== 0) throw new Error('schemathesis cannot be had: Python 3.10 or newer with venv and PyPI are needed');
  return st;
}

/**
 * Every operation of the OpenAPI document of each service, with right and wrong input, by everybody and by nobody: what is answered must
 * be what the document says. Which check is told what, and why, stands in schemathesis.toml.
 */
export async function schemathesis(args: string[]): Promise<boolean> {
  const { values } = parseArgs({
    args,
    options: {
      short: { type: 'boolean', default: false },
      seed: { type: 'string', default: '20250101' },
      examples: { type: 'string' },
      service: { type: 'string', multiple: true, default: [...SERVICES] },
      path: { type: 'string' },
    },
  });
  const st = await tool();
  const examples = values.examples ?? (values.short ? '3' : '30');
  return onTarget(values.service as Service[], {}, async (platform) => {
    const token = await platform.issuer.token('schemathesis', ALL_ROLES, { expires: '12h' });
    const found: string[] = [];
    for (const service of values.service as Service[])
      for (const who of ['everybody', 'nobody']) {
        const began = Date.now();
        const code = await run(
          st,
          [
            ...['--config-file', join(HERE, 'schemathesis.toml'), 'run', platform.url(service, '/openapi.json')],
            ...['--seed', values.seed, '--max-examples', examples, '--continue-on-failure', '--no-color'],
            ...['--phases', values.short ? 'coverage,fuzzing' : 'examples,coverage,fuzzing,stateful'],
            ...(who === 'everybody' ? ['--header', `Authorization:Bearer ${token}`] : []),
            ...(values.path ? ['--include-path-regex', values.path] : []),
          ],
          { PYTHONDONTWRITEBYTECODE: '1' },
        );
        const seconds = Math.round((Date.now() - began) / 1000);
        console.log(`${service} as ${who}: ${code === 0 ? 'nothing found' : 'FOUND SOMETHING'} (${seconds} s)`);
        if (code !== 0) found.push(`${service} as ${who}`);
        // A service that has fallen, or was told a fault that it did not know, says so in its log.
        console.log(
          platform
            .logs()
            .split('\n')
            .filter((line) => line && !line.startsWith('{"level":"warn"'))
            .slice(-20)
            .join('\n'),
        );
      }
    console.log(
      found.length === 0 ? 'schemathesis found nothing' : `schemathesis found something: ${found.join(', ')}`,
    );
    return found.length === 0;
  });
}
