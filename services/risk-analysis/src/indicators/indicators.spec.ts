import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRequire } from 'node:module';
import { unitTable } from '@aiqyn/contracts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { OUTLIER_CODES, PROCESS_CODES } from '../judge-portfolio/contribution.rules.js';
import { defaultSettings } from '../judge-process/indicator-settings.rules.js';
import { STATES } from '../judge-process/outcome.rules.js';
import { GROUP_CODES } from '../judge-groups/group-indicators.rules.js';
import { PURCHASE_CODES } from '../judge-purchase/purchase-indicators.rules.js';
import { readIndicators } from '../policies/policies.js';
import {
  isCardinals,
  isOfProcess,
  indicatorDefinition,
  parametersOn,
  pointersOf,
  type ProcessIndicator,
  settingsOn,
} from './definition.rules.js';
import { type Evidence, judge, recompute } from './evidence.rules.js';

const GENERATOR = new URL('../../../../deploy/local/data/generate-releases.mjs', import.meta.url).pathname;
const MCI = createRequire(import.meta.url).resolve('@aiqyn/contracts/data/mci-kz.json');
const mci = unitTable(JSON.parse(readFileSync(MCI, 'utf8')));
const all = readIndicators();
const definitions = all.filter(isOfProcess);
const of = (code: string): ProcessIndicator => definitions.find((d) => d.code === code)!;
const TODAY = '2026-01-15';

type Json = Record<string, unknown>;
let releases: Json[];
beforeAll(() => {
  const dir = mkdtempSync(join(tmpdir(), 'aiqyn-ind-'));
  const out = join(dir, 'r.jsonl');
  const { status } = spawnSync(process.execPath, [
    GENERATOR,
    '--count',
    '600',
    '--seed',
    '11',
    '--traps',
    '0.2',
    '--out',
    out,
  ]);
  expect(status).toBe(0);
  releases = readFileSync(out, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Json);
  rmSync(dir, { recursive: true });
}, 60_000);
afterAll(() => undefined);

/** Through the store and back. */
const stored = (evidence: Evidence): Evidence => JSON.parse(JSON.stringify(evidence)) as Evidence;

function without(release: Json, pointer: string): Json {
  const copy = structuredClone(release);
  const path = pointer.split('/').slice(1);
  let at: Json | undefined = copy;
  for (const step of path.slice(0, -1)) at = at?.[step] as Json | undefined;
  if (at) delete at[path.at(-1)!];
  return copy;
}

/** The same, as publishers write it who take a field away. */
function nulled(release: Json, pointer: string): Json {
  const copy = structuredClone(release);
  const path = pointer.split('/').slice(1);
  let at: Json | undefined = copy;
  for (const step of path.slice(0, -1)) at = at?.[step] as Json | undefined;
  if (at) at[path.at(-1)!] = null;
  return copy;
}

describe('indicators that are shipped', () => {
  it('are the eleven of Cardinal, 23 more that a purchase decides alone, and eight that many decide together', () => {
    const alone: string[] = [...PROCESS_CODES, ...PURCHASE_CODES];
    expect(definitions.map((d): string => d.code).sort()).toEqual(alone.sort());
    expect(all).toHaveLength(alone.length + OUTLIER_CODES.length + GROUP_CODES.length);
    expect(all).toHaveLength(42);
    expect(PURCHASE_CODES).toHaveLength(23);
  });

  it('make with their parameters of today what the command line computes without any settings', () => {
    const ours = settingsOn(all, TODAY) as unknown as Record<string, unknown>;
    const defaults = defaultSettings('aiqyn') as unknown as Record<string, unknown>;
    for (const { code } of all.filter((d) => isCardinals(d.code)))
      expect([code, ours[code]]).toEqual([code, defaults[code]]);
  });

  it('say of each release the same from their evidence as from the release, with all five outcomes met', () => {
    const met = new Set<string>();
    for (const release of [...releases, ...releases.map((r) => without(r, '/bids')), { ocid: 'x' }])
      for (const definition of definitions) {
        const { outcome, evidence } = judge(definition, release, TODAY, mci);
        expect(recompute(definition, stored(evidence), mci)).toEqual(outcome);
        expect(STATES).toContain(outcome.state);
        if (outcome.value !== undefined) expect(Number.isFinite(outcome.value)).toBe(true);
        met.add(outcome.state);
      }
    const backwards = { tender: { tenderPeriod: { startDate: '2026-01-02', endDate: '2026-01-01' } } };
    met.add(judge(of('R003'), backwards, TODAY, mci).outcome.state);
    expect([...met].sort()).toEqual([...STATES].sort());
  });

  it('never answer "not triggered", nor "triggered", where a required field is missing', () => {
    let asked = 0;
    for (const release of releases.slice(0, 200))
      for (const definition of definitions) {
        const { requires } = definition;
        const all = typeof requires === 'object' && 'all' in requires ? requires.all : [requires];
        for (const one of all) {
          const lacking = pointersOf(one).reduce(without, release);
          const { outcome, evidence } = judge(definition, lacking, TODAY, mci);
          expect(['insufficient-data', 'not-applicable']).toContain(outcome.state);
          expect(evidence.missing).toEqual(expect.arrayContaining(pointersOf(one)));
          // A null is not there either, and is not kept.
          const withNulls = pointersOf(one).reduce(nulled, release);
          expect(judge(definition, withNulls, TODAY, mci)).toEqual({ outcome, evidence });
          expect(JSON.stringify(evidence)).not.toContain('null');
          asked += 1;
        }
      }
    expect(asked).toBeGreaterThan(1_000);
  });

  it.each<[string, (bids: Json[]) => void]>([
    ['R030', (bids) => delete bids[0]!['date']],
    ['R036', (bids) => delete bids[0]!['value']],
    ['R036', (bids) => delete bids[0]!['status']],
    ['R028', (bids) => delete bids[0]!['value']],
  ])('%s does not answer "not triggered" where the bid that it was about lacks a field', (code, spoil) => {
    const bid = (id: string, status: string, date: string): Json => ({
      ...{ status, date, tenderers: [{ id }], value: { amount: 5, currency: 'KZT' } },
    });
    const late = bid('W', code === 'R036' ? 'disqualified' : 'valid', '2026-02-01');
    const other = bid('L', 'valid', '2026-01-01');
    if (code === 'R036') other['value'] = { amount: 9, currency: 'KZT' };
    const release = {
      tender: { tenderPeriod: { endDate: '2026-01-15' } },
      bids: { details: [late, other] },
      awards: [{ status: 'active', suppliers: [{ id: 'W' }] }],
    };
    expect(judge(of(code), release, TODAY, mci).outcome.state).toBe('triggered');
    spoil(release.bids.details);
    expect(judge(of(code), release, TODAY, mci).outcome.state).toBe('insufficient-data');
  });

  it('do not answer before the first day of their parameters, nor after the last', () => {
    const dated = {
      ...of('R003'),
      parameters: [
        { validFrom: '2025-01-01', validTo: '2025-12-31', values: { threshold: 15, methods: [] } },
        { validFrom: '2026-07-01', values: { threshold: 3, methods: [] } },
      ],
    };
    const release = { tender: { tenderPeriod: { startDate: '2025-03-01', endDate: '2025-03-11' } } };
    const on = (day: string) => judge(dated, release, day, mci).outcome.state;
    expect(['2024-12-31', '2025-03-01', '2026-01-15', '2026-07-01'].map(on)).toEqual([
      ...['not-applicable', 'triggered', 'not-applicable', 'not-triggered'],
    ]);
    expect(parametersOn(dated, '2026-07-01')).toMatchObject({ threshold: 3 });
  });

  it('are not computed as drafts', () => {
    const drafts = definitions.map((d) => ({ ...d, status: 'draft' as const }));
    expect(Object.keys(settingsOn(drafts, TODAY)).filter((key) => key.startsWith('R'))).toEqual([]);
  });
});

describe('a definition', () => {
  it.each<[string, object]>([
    ['code', { code: 'R999' }],
    ['version', { version: 0 }],
    ['title.kk', { title: { ru: 'x', en: 'x' } }],
    ['reads', { reads: ['tender'] }],
    ['reads (lacks /awards)', { requires: { all: ['/awards'] } }],
    ['parameters', { parameters: [] }],
    ['parameters.0', { parameters: [{ validFrom: '2026-02-30', values: {} }] }],
    ['parameters.0.threshold', { parameters: [{ validFrom: '2026-01-01', values: { threshold: 0, methods: [] } }] }],
    ['parameters.0.threshold', { parameters: [{ validFrom: '2026-01-01', values: { methods: [] } }] }],
    [
      'parameters.0.treshold',
      { parameters: [{ validFrom: '2026-01-01', values: { threshold: 1, methods: [], treshold: 1 } }] },
    ],
    ['weight', { weight: 0 }],
    ['approver', { approver: 'aiqyn' }],
    ['basis', { basis: {} }],
  ])('with a wrong %s keeps the service from starting', (field, wrong) =>
    expect(() => indicatorDefinition({ ...of('R003'), ...wrong })).toThrow(field),
  );
});
