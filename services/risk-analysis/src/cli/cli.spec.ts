import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const CLI = new URL('../../dist/cli/cli.js', import.meta.url).pathname;
let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'aiqyn-risk-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const risk = (...args: string[]): { code: number | null; out: string; err: string } => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], {
    encoding: 'utf8',
    cwd: dir,
    maxBuffer: 2 ** 28,
  });
  return { code: status, out: stdout, err: stderr };
};
const file = (name: string, content: string | Buffer): string => {
  writeFileSync(join(dir, name), content);
  return name;
};
const release = (ocid: string | number, more: object = {}) => ({
  ...{ ocid, date: '2025-01-01T00:00:00Z' },
  tender: { procurementMethod: 'open', numberOfTenderers: 1 },
  ...more,
});

describe('indicators of a file', () => {
  it.each([
    ['a byte-order mark and CRLF', `\ufeff${JSON.stringify(release('a'))}\r\n\r\n${JSON.stringify(release('b'))}\r\n`],
    ['gzip', gzipSync(`${JSON.stringify(release('a'))}\n${JSON.stringify(release('b'))}`)],
  ])('with %s are computed', (_, content) => {
    const { code, out } = risk('indicators', file('x.jsonl', content), '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ OCID: { a: { R018: 1 }, b: { R018: 1 } } });
  });

  it('name the lines that are no release, and go on', () => {
    const lines = ['not json', '[]', '{"tender":{}}', JSON.stringify(release(7)), JSON.stringify(release('b'))];
    const { code, out, err } = risk('indicators', file('bad.jsonl', lines.join('\n')), '--json');
    expect([code, err.trim()]).toEqual([
      0,
      '3 lines were left out: line 1 not_json, line 2 missing_ocid, line 3 missing_ocid',
    ]);
    expect(JSON.parse(out)).toMatchObject({ OCID: { 7: { R018: 1 }, b: { R018: 1 } } });
  });

  it('of a release with a hundred thousand bids, all at one price, are computed', () => {
    const details = Array.from({ length: 100_000 }, (_, i) => ({
      ...{ status: 'valid', tenderers: [{ id: `T${i}` }] },
      value: { amount: 5, currency: 'KZT' },
    }));
    const { out } = risk(
      'indicators',
      file('big.jsonl', JSON.stringify(release('a', { bids: { details } }))),
      '--json',
    );
    expect(Object.keys((JSON.parse(out) as { Tenderer: object }).Tenderer)).toHaveLength(100_000);
  }, 30_000);

  it('hold no null: what cannot be computed is left out', () => {
    expect(risk('indicators', file('empty.jsonl', ''), '--json').out).not.toContain('null');
  });

  it.each([
    [['indicators'], 'missing_file', 'name a file'],
    [['indicators', 'none.jsonl'], 'no_file', 'none.jsonl'],
    [['indicators', '.'], 'no_file', 'no file that can be read'],
    [['indicators', 'x.jsonl', '--set', 'best'], 'unknown_set', 'cardinal-0.0.8, aiqyn'],
    [['indicators', 'x.jsonl', '--what'], 'unknown_option', '--settings'],
    [['indicators', 'x.jsonl', '--settings', 'typo.ini'], 'bad_settings', '[R003] treshold is unknown'],
    [['indicators', 'x.jsonl', '--settings', 'letters.ini'], 'bad_settings', 'threshold is a whole number'],
    [['indicators', 'x.jsonl', '--settings', 'section.ini'], 'bad_settings', 'R999 is unknown'],
    [['rise'], 'unknown_command', 'indicators'],
  ])('refuse %j with %s, saying what would be right', (args, refusal, words) => {
    file('x.jsonl', JSON.stringify(release('a')));
    file('typo.ini', '[R003]\ntreshold = 3\n');
    file('letters.ini', '[R003]\nthreshold = abc\n');
    file('section.ini', '[R999]\n');
    const { code, out, err } = risk(...args);
    expect([code, out, err.trim().split('\n').length]).toEqual([2, '', 1]);
    expect(err).toContain(`(${refusal})`);
    expect(err).toContain(words);
  });

  it('are explained with examples', () => {
    expect(risk('indicators', '--help').out).toContain('npm run -s risk -- indicators releases.jsonl');
    expect(risk('--help').out).toContain('indicators');
  });
});
