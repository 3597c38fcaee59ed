import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from '@aiqyn/local';

/** The targets (`*.fuzz.spec.ts`, beside what they attack) for as long as one likes; in `npm test` each has ten seconds. */
export async function fuzz(args: string[]): Promise<boolean> {
  const { values } = parseArgs({
    args,
    options: { minutes: { type: 'string', default: '5' }, seed: { type: 'string', default: '20250101' } },
  });
  const seconds = Number(values.minutes) * 60;
  if (!(seconds > 0)) throw new Error('--minutes is a number above 0');
  const jest = spawn(
    process.execPath,
    [
      ...['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
      ...[join(ROOT, 'node_modules/jest/bin/jest.js'), '--maxWorkers', '2', '--testPathPatterns', '\\.fuzz\\.spec'],
      ...['--projects', 'libs/platform', 'services/reporting', 'services/risk-analysis'],
    ],
    {
      cwd: ROOT,
      stdio: 'inherit',
      env: { ...process.env, FUZZ_SECONDS: String(seconds), FUZZ_SEED: values.seed },
    },
  );
  return new Promise((resolve) => jest.on('exit', (code) => resolve(code === 0)));
}
