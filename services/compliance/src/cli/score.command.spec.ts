import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const CLI = new URL('../../dist/cli/cli.js', import.meta.url).pathname;
const EXAMPLE = new URL('../../fixtures/worked-example.json', import.meta.url).pathname;
const OFFICE = new URL('../../fixtures/assessment.json', import.meta.url).pathname;
let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'aiqyn-score-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const score = (...args: string[]): { code: number | null; out: string; err: string } => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, 'score', ...args], { encoding: 'utf8' });
  return { code: status, out: stdout, err: stderr };
};
const told = (content: unknown): string => {
  const file = join(dir, 'a.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
};

describe('the score of a file', () => {
  it('is exactly that of the worked example', () => {
    const { code, out } = score(EXAMPLE, '--json');
    expect([code, JSON.parse(out)]).toEqual([
      0,
      {
        ...{ catalogue: 'compliance-requirements-1.0.0-own', score: 36.39, grade: 'D', status: 'graded' },
        areas: [
          { code: 'X', weight: 10, score: 62.5 },
          { code: 'Y', weight: 18, score: 25 },
        ],
        ...{ gates: [], deductions: [{ cause: 'employeeConvicted', day: '2025-06-01', points: 2 }], deducted: 2 },
        ...{ applicable: 3, assessed: 3 },
      },
    ]);
    expect(score(EXAMPLE).out).toContain('36.39, grade D');
  });

  it('counts evidence by the day that it speaks of', () => {
    const { code, out } = score(OFFICE, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ catalogue: 'compliance-requirements-1.0.0', grade: 'C', gates: ['G2'] });
    // Nothing that is claimed holds without evidence.
    const file = JSON.parse(readFileSync(OFFICE, 'utf8')) as { levels: object[] };
    const bare = score(told({ ...file, levels: file.levels.map((one) => ({ ...one, evidence: [] })) }), '--json');
    expect(JSON.parse(bare.out)).toMatchObject({ score: 24, grade: 'E', deducted: 1 });
  });

  const level = (more: object) => ({ day: '2025-12-01', levels: [{ requirement: 'LEAD-01', level: 2, ...more }] });
  const dated = (effectiveDay: string) =>
    level({ evidence: [{ kind: 'policy', effectiveDay, uploadedDay: '2025-11-01' }] });
  it.each([
    ['not_applicable_without_ground', 'levels[0].ground', level({ requirement: 'THRD-05', level: 'NA' })],
    ['not_applicable_without_ground', 'levels[0].ground', level({ requirement: 'THRD-05', level: 'NA', ground: '' })],
    ['not_applicable_without_ground', 'levels[0].ground', level({ level: 'NA', ground: 'no subsidiaries' })],
    ['unknown_requirement', 'levels[0].requirement', level({ requirement: 'LEAD-99' })],
    ['level_outside_scale', 'levels[0].level', level({ level: 5 })],
    ['level_outside_scale', 'levels[0].level', level({ level: -1 })],
    ['level_outside_scale', 'levels[0].level', level({ level: 2.5 })],
    ['level_outside_scale', 'levels[0].level', level({ level: '2' })],
    [
      ...(['doubled_requirement', 'levels[1].requirement'] as const),
      {
        day: '2025-12-01',
        levels: [
          { requirement: 'LEAD-01', level: 2 },
          { requirement: 'LEAD-01', level: 3 },
        ],
      },
    ],
    ['evidence_after_upload', 'levels[0].evidence[0].effectiveDay', dated('2025-11-02')],
    ['bad_day', 'levels[0].evidence[0].effectiveDay', dated('2025-02-30')],
    ['unknown_kind', 'levels[0].evidence[0].kind', level({ evidence: [{ kind: 'x' }] })],
    ['unknown_field', 'levels[0].note', level({ note: 'x' })],
    ['unknown_deduction', 'deductions[0].cause', { ...level({}), deductions: [{ cause: 'x', day: '2025-01-01' }] }],
    ['bad_day', 'day', { levels: [] }],
    ['no_pack_for_day', '2025-01-01', { day: '2024-12-31' }],
    ['bad_policy', 'areas', { day: '2025-12-01', requirements: [] }],
    ['not_json', 'JSON', '{'],
    ['bad_file', 'file', []],
    ['bad_file', 'file', 'null'],
  ])('is refused: %s %s', (code, field, content) => {
    const { code: exit, err } = score(told(content));
    expect([exit, err.includes(`refused (${code})`), err.includes(field)]).toEqual([2, true, true]);
  });

  it('asks for a file that can be read', () => {
    expect(score().err).toContain('no_file');
    expect(score(dir).err).toContain('no_file');
    expect(score('--help').out).toContain('worked-example.json');
  });
});
