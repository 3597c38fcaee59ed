import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, STATE } from './processes.js';
import { startServers } from './servers/servers.js';

interface JestResult {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numRuntimeErrorTestSuites: number;
}

/** `npm test`, its last part: starts real servers, runs every spec against them, ends with `N passed, N failed`. */
const dir = join(STATE, 'test');
const results = join(STATE, 'test-results.json');
mkdirSync(STATE, { recursive: true });
rmSync(results, { force: true });
const servers = await startServers({ dir, ephemeral: true, log: console.log });
let code = 1;
try {
  const jest = spawn(
    process.execPath,
    [
      ...[
        '--experimental-vm-modules',
        '--disable-warning=ExperimentalWarning',
        '--disable-warning=TimeoutNegativeWarning',
      ],
      join(ROOT, 'node_modules/jest/bin/jest.js'),
      ...[
        '--projects',
        'libs/contracts',
        'libs/platform',
        'libs/client',
        'services/reporting',
        'services/risk-analysis',
      ],
      ...[
        'services/compliance',
        'services/report-compilation',
        'deploy/local',
        'deploy/compose',
        'deploy/backup',
        'test',
      ],
      ...['--maxWorkers', '2', '--json', '--outputFile', results, '--reporters', 'default'],
      ...process.argv.slice(2),
    ],
    {
      cwd: ROOT,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, MONGODB_URI: servers.mongo.address, KAFKA_BROKERS: servers.kafka.address },
    },
  );
  code = await new Promise((resolve) => jest.on('exit', (status) => resolve(status ?? 1)));
} finally {
  await servers.stop();
}
if (!existsSync(results)) {
  console.error('jest wrote no results');
  process.exit(1);
}
const { numPassedTests, numFailedTests, numPendingTests, numRuntimeErrorTestSuites } = JSON.parse(
  readFileSync(results, 'utf8'),
) as JestResult;
// A suite that cannot be loaded, or one that is skipped, must not look green.
const failed = numFailedTests + numRuntimeErrorTestSuites + numPendingTests;
console.log(`\n${numPassedTests} passed, ${failed} failed`);
process.exit(code === 0 && failed === 0 && numPassedTests > 0 ? 0 : 1);
