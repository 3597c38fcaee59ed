import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, STATE } from './processes.js';
import { serviceEnv, type Settings } from './services.js';

/** Runs a tool of the repository against the running `npm start` (or what the environment names); with `--if-any` also without. */
const given = process.argv.slice(2);
const ifAny = given[0] === '--if-any';
const [tool, ...args] = ifAny ? given.slice(1) : given;
const file = join(STATE, 'dev', 'settings.json');
const settings = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Settings) : undefined;
if (!settings && !ifAny && !process.env['MONGODB_URI']) {
  console.error('nothing to work on: run npm start first, or set MONGODB_URI and KAFKA_BROKERS');
  process.exit(1);
}
const env = { ...(settings ? serviceEnv('report-compilation', settings) : {}), ...process.env };
spawn(process.execPath, ['--disable-warning=TimeoutNegativeWarning', join(ROOT, tool!), ...args], {
  stdio: 'inherit',
  env,
}).on('exit', (code) => process.exit(code ?? 1));
