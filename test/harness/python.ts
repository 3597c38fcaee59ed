import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { ROOT } from '@aiqyn/local';

/**
 * The Python of an environment that has what the file asks for, made once under `.aiqyn/cache`. Throws, saying what to do,
 * when it cannot be made: a sample that was not run must not look tried.
 */
export function pythonWith(requirements: string): string {
  const wanted = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 12);
  const cache = join(ROOT, '.aiqyn', 'cache');
  const dir = join(cache, `python-${wanted}`);
  const python = join(dir, 'bin', 'python');
  if (existsSync(python)) return python;
  mkdirSync(cache, { recursive: true });
  rmSync(`${dir}.part`, { recursive: true, force: true });
  try {
    execFileSync('python3', ['-m', 'venv', `${dir}.part`], { stdio: 'pipe' });
    const pip = [join(`${dir}.part`, 'bin', 'python'), '-m', 'pip', 'install', '--quiet', '-r', requirements] as const;
    execFileSync(pip[0], pip.slice(1), { stdio: 'pipe' });
  } catch (error) {
    const { message, stderr } = error as { message: string; stderr?: Buffer };
    throw new Error(
      `the Python sample needs python3 (3.9 or newer, with venv) and a registry for ${requirements}: ${stderr?.toString().trim() || message}`,
    );
  }
  renameSync(`${dir}.part`, dir);
  return python;
}
