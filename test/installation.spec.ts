import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { ROOT, SERVICES } from '@aiqyn/local';
import { loadConfig, PlatformConfig } from '@aiqyn/platform';
import { unfitForProduction } from '@aiqyn/platform/testing';

const dir = mkdtempSync(join(tmpdir(), 'aiqyn-installation-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const KEY = 'x'.repeat(43);
const prepare = (): Buffer =>
  execFileSync(process.execPath, [
    ...[join(ROOT, 'deploy/compose/dist/prepare.js'), 'prepare', '--dir', dir],
    ...['--identity', 'https://id.agency.example', '--channel-public-key', KEY],
  ]);
const settings = (service: string): Record<string, string> =>
  Object.fromEntries(
    readFileSync(join(dir, `${service}.env`), 'utf8')
      .trim()
      .split('\n')
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );

describe('a prepared installation', () => {
  prepare();

  it.each(SERVICES)('has settings with which %s runs in production', (service) => {
    expect(unfitForProduction(settings(service))).toEqual([]);
    expect(loadConfig(PlatformConfig, settings(service)).NODE_ENV).toBe('production');
  });

  it('takes the key of the channel that it was given, and makes no private half', () => {
    expect(settings('reporting')['CHANNEL_PUBLIC_KEY']).toBe(KEY);
    expect(() => readFileSync(join(dir, 'secrets/channel-keys.json'))).toThrow('no such file');
  });

  it('tells no service the secrets of another', () => {
    const secrets = (service: string): string[] =>
      Object.entries(settings(service))
        // The id of a person is the same in the two services whose findings are joined.
        .filter(([name]) => /_(KEY|PEPPER|PASSWORD)$|^MONGODB_URI$/.test(name) && !/PUBLIC|PERSON/.test(name))
        .map(([, value]) => value);
    const all = SERVICES.flatMap(secrets);
    expect(new Set(all).size).toBe(all.length);
  });

  it('makes backups as a user that may read and nothing else, under a key of 32 bytes', () => {
    const { MONGODB_URI: uri } = settings('backup');
    const script = readFileSync(join(dir, 'mongo-init.js'), 'utf8');
    const [, users] = /for \(const one of (.+)\) \{/.exec(script)!;
    const backup = (JSON.parse(users!) as { user: string; pwd: string; roles: unknown }[]).find(
      ({ user }) => user === 'backup',
    )!;
    expect(backup.roles).toEqual([{ role: 'readAnyDatabase', db: 'admin' }]);
    expect(uri).toContain(`backup:${backup.pwd}@`);
    expect(readFileSync(join(dir, 'secrets/backup-key'), 'utf8')).toMatch(/^[A-Za-z0-9_-]{43}$/);
  });

  it('keeps every secret when it is prepared again', () => {
    const before = SERVICES.map(settings);
    prepare();
    expect(SERVICES.map(settings)).toEqual(before);
  });

  it('passes on another pepper of receipts as long as its file is there, and only to reporting', () => {
    const file = join(dir, 'secrets/previous-receipt-pepper');
    const before = settings('reporting');
    expect(before).not.toHaveProperty('PREVIOUS_RECEIPT_PEPPER');
    const other = randomBytes(32).toString('base64url');
    writeFileSync(file, `${other}\n`);
    prepare();
    expect(settings('reporting')).toEqual({ ...before, PREVIOUS_RECEIPT_PEPPER: other });
    expect(settings('compliance')).not.toHaveProperty('PREVIOUS_RECEIPT_PEPPER');
    expect(unfitForProduction(settings('reporting'))).toEqual([]);
    rmSync(file);
    prepare();
    expect(settings('reporting')).toEqual(before);
  });

  it('lets nobody but its owner look into its secrets', () => {
    expect(statSync(join(dir, 'secrets')).mode & 0o077).toBe(0);
  });
});

describe('an image', () => {
  const dockerfile = readFileSync(join(ROOT, 'deploy/docker/service.Dockerfile'), 'utf8');
  const service = dockerfile.slice(dockerfile.indexOf('AS service'));

  it('has neither history nor secrets of the machine that built it', () => {
    const left = readFileSync(join(ROOT, '.dockerignore'), 'utf8').split('\n');
    expect(left).toEqual(expect.arrayContaining(['.git', '.aiqyn', '**/node_modules']));
  });

  it('of a service has what runs in production and its bill of materials, no tests and no tools, and is not root', () => {
    expect(service).toMatch(/^ENV NODE_ENV=production/m);
    expect(service).toMatch(/^USER 10001:10001$/m);
    expect(service).toContain('sbom.json');
    const copied = [...service.matchAll(/^COPY --from=\w+ (.+) \S+$/gm)].flatMap(([, from]) => from!.split(' '));
    expect(copied.length).toBeGreaterThan(5);
    expect(copied.filter((from) => /test|deploy|\.git|src\b/.test(from))).toEqual([]);
  });
});

describe('the ingress of the chart', () => {
  it('leads to no address that watches a service, whatever service it is of', () => {
    const template = readFileSync(join(ROOT, 'deploy/helm/aiqyn/templates/ingress.yaml'), 'utf8');
    const listed = [...template.matchAll(/range \$path := list ((?:"[^"]+" ?)+)/g)].flatMap(([, all]) =>
      [...all!.matchAll(/"([^"]+)"/g)].map(([, path]) => path!),
    );
    const written = [...template.matchAll(/path: (\/\S*), pathType: Prefix/g)].map(([, path]) => path!);
    const open = [...listed, ...written];
    expect(open).toEqual(expect.arrayContaining(['/v1', '/openapi.json', '/kk']));
    for (const inside of ['/metrics', '/health/live', '/health/ready'])
      expect(open.filter((path) => path === '/' || inside === path || inside.startsWith(`${path}/`))).toEqual([]);
  });
});
