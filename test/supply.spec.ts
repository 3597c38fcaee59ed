import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { ROOT } from '@aiqyn/local';

interface Locked {
  readonly version?: string;
  readonly integrity?: string;
  readonly license?: string;
  readonly link?: boolean;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly workspaces?: string[];
}
interface Manifest {
  readonly license?: string;
  readonly dependencies?: Record<string, string>;
  readonly devDependencies?: Record<string, string>;
  readonly optionalDependencies?: Record<string, string>;
  readonly overrides?: Record<string, string | Record<string, string>>;
}

const read = <T>(...path: string[]): T => JSON.parse(readFileSync(join(ROOT, ...path), 'utf8')) as T;
const { packages } = read<{ packages: Record<string, Locked> }>('package-lock.json');
const fetched = Object.entries(packages).filter(([path, one]) => path.includes('node_modules/') && !one.link);
const workspaces = Object.keys(packages).filter((path) => path !== '' && !path.includes('node_modules/'));

/** Licences that a work under Apache-2.0 may be shipped with: permissive ones, and the font licence for fonts. */
const ALLOWED = new Set([
  ...['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'BlueOak-1.0.0', 'ISC', 'MIT', 'MIT-0', 'OFL-1.1'],
  ...['Python-2.0', 'Unlicense', 'Zlib'],
]);

/** What the lock file says nothing of, read in the package itself: its `licenses` of the time before SPDX. */
const READ_BY_HAND: Record<string, string> = { ssh2: 'MIT', 'cpu-features': 'MIT', buildcheck: 'MIT' };

const nameOf = (path: string): string => path.split('node_modules/').at(-1)!;
/** Every part of an expression must be allowed; `OR` alone would let one choose, and none needs it. */
const parts = (licence: string): string[] => licence.replaceAll(/[()]/g, '').split(/ AND /);

describe('what is fetched from a registry', () => {
  it('has, where it is shipped, a licence that may be shipped', () => {
    const shipped = fetched.filter(([, one]) => !one.dev);
    expect(shipped.length).toBeGreaterThan(100);
    const wrong = shipped
      .map(([path, { license }]) => `${nameOf(path)}: ${license ?? READ_BY_HAND[nameOf(path)] ?? 'none'}`)
      .filter((told) => !parts(told.split(': ')[1]!).every((part) => ALLOWED.has(part)));
    expect(wrong).toEqual([]);
  });

  it('is one version with one content: an exact version and a hash', () => {
    const loose = fetched.filter(
      ([, { version, integrity }]) =>
        !/^\d+\.\d+\.\d+[\w.+-]*$/.test(version ?? '') || !/^sha512-/.test(integrity ?? ''),
    );
    expect(loose.map(([path]) => path)).toEqual([]);
  });

  it.each(['.', ...workspaces])('is asked for by %s without a range', (workspace) => {
    expect(existsSync(join(ROOT, workspace, 'package.json'))).toBe(true);
    const { dependencies, devDependencies, optionalDependencies, overrides } = read<Manifest>(
      workspace,
      'package.json',
    );
    const ranges = Object.entries({
      ...dependencies,
      ...devDependencies,
      ...optionalDependencies,
      ...Object.fromEntries(
        Object.entries(overrides ?? {}).flatMap(([name, by]) =>
          typeof by === 'string' ? [[name, by]] : Object.entries(by),
        ),
      ),
    }).filter(([, version]) => !/^\d+\.\d+\.\d+[\w.+-]*$/.test(version));
    expect(ranges).toEqual([]);
  });
});
