import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { STATE } from '@aiqyn/local';
import { type Browser, chromium } from 'playwright-core';

/**
 * A Chromium that came with `npm ci` (the package `@sparticuz/chromium` carries one, Linux x64), unpacked once, with the libraries
 * that a bare machine lacks. Another one is taken when CHROMIUM_PATH names it.
 */
export async function startBrowser(): Promise<Browser> {
  const args = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'];
  if (process.env.CHROMIUM_PATH) return chromium.launch({ executablePath: process.env.CHROMIUM_PATH, args });
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error('the Chromium of the package runs on Linux x64; set CHROMIUM_PATH to one of this machine');
  const carried = join(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')), '../bin');
  const { version } = JSON.parse(readFileSync(join(carried, '../package.json'), 'utf8')) as { version: string };
  const cache = join(STATE, 'cache', `chromium-${version}`);
  if (!existsSync(cache)) {
    const part = `${cache}.${process.pid}`;
    mkdirSync(part, { recursive: true });
    writeFileSync(join(part, 'chromium'), brotliDecompressSync(readFileSync(join(carried, 'chromium.br'))));
    chmodSync(join(part, 'chromium'), 0o755);
    writeFileSync(join(part, 'libraries.tar'), brotliDecompressSync(readFileSync(join(carried, 'al2023.tar.br'))));
    execFileSync('tar', ['-xf', 'libraries.tar'], { cwd: part });
    rmSync(join(part, 'libraries.tar'));
    if (existsSync(cache)) rmSync(part, { recursive: true });
    else renameSync(part, cache);
  }
  const env = { ...process.env, LD_LIBRARY_PATH: join(cache, 'lib') } as Record<string, string>;
  return chromium.launch({ executablePath: join(cache, 'chromium'), args, env });
}
