import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Contribution, contributionOf } from '../judge-portfolio/contribution.rules.js';
import { Portfolio } from '../judge-portfolio/portfolio.rules.js';
import { defaultSettings, type IndicatorSet } from '../judge-process/indicator-settings.rules.js';
import { compute } from './indicators.command.js';
import { readSettings } from './settings.js';
import { cardinalShape } from './shape.rules.js';

const FIXTURES = new URL('../../fixtures/cardinal-0.0.8/', import.meta.url);
const GENERATOR = new URL('../../../../deploy/local/data/generate-releases.mjs', import.meta.url).pathname;
const fixture = (name: string): string => readFileSync(new URL(name, FIXTURES), 'utf8');
const json = (name: string): Json => JSON.parse(fixture(name)) as Json;
type Json = Record<string, Record<string, unknown>>;

/** Numbers within 1e-12, lists in any order; paths that differ. */
function differences(ours: unknown, theirs: unknown, path = ''): string[] {
  if (typeof ours === 'number' && typeof theirs === 'number')
    return Math.abs(ours - theirs) <= 1e-12 ? [] : [`${path}: ${ours} ${theirs}`];
  if (Array.isArray(ours) && Array.isArray(theirs))
    return JSON.stringify([...(ours as string[])].sort()) === JSON.stringify([...(theirs as string[])].sort())
      ? []
      : [path];
  if (typeof ours === 'object' && typeof theirs === 'object' && ours && theirs) {
    const [a, b] = [ours as Json, theirs as Json];
    return [...new Set([...Object.keys(a), ...Object.keys(b)])].flatMap((key) =>
      differences(a[key], b[key], `${path}/${key}`),
    );
  }
  return ours === theirs ? [] : [`${path}: ${JSON.stringify(ours)} ${JSON.stringify(theirs)}`];
}

async function computed(text: string, settings: string, set: IndicatorSet, map = false): Promise<Json> {
  const result = await compute(Readable.from([Buffer.from(text)]), readSettings(fixture(settings), set));
  const shape = cardinalShape(result.portfolio.judge(), result.portfolio.contributions, result.settings, { map });
  return JSON.parse(JSON.stringify(shape)) as Json;
}

const results = ({ OCID, Buyer, ProcuringEntity, Tenderer }: Json): object =>
  Object.fromEntries(Object.entries({ OCID, Buyer, ProcuringEntity, Tenderer }).filter(([, v]) => v !== undefined));

let dir: string;
let releases: string;
let events: string;

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'aiqyn-ocds-'));
  const generated = (...args: string[]): string => {
    const out = join(dir, `${args.length}.jsonl`);
    const { status } = spawnSync(process.execPath, [
      GENERATOR,
      '--count',
      '2000',
      '--seed',
      '7',
      ...args,
      '--out',
      out,
    ]);
    expect(status).toBe(0);
    return readFileSync(out, 'utf8');
  };
  releases = generated();
  events = generated('--updates', '0.35');
}, 60_000);
afterAll(() => rmSync(dir, { recursive: true, force: true }));

describe('the set cardinal-0.0.8', () => {
  it.each(['default', 'tuned'])('prints what Cardinal prints, settings %s', async (name) => {
    const ours = await computed(releases, `${name}.ini`, 'cardinal-0.0.8', true);
    expect(differences(ours, json(`synthetic-seed7-n2000.${name}.json`))).toEqual([]);
  });

  const cases = JSON.parse(fixture('divergence-cases.json')) as {
    case: string;
    releases?: object[];
    cardinal: object;
  }[];
  it.each(cases.filter((c) => c.releases))(
    'is wrong where Cardinal is: $case',
    async ({ releases: lines, cardinal }) => {
      const ours = await computed(
        lines!.map((one) => JSON.stringify(one)).join('\n'),
        'divergence.ini',
        'cardinal-0.0.8',
      );
      expect(differences(results(ours), cardinal)).toEqual([]);
    },
  );
});

describe('the set aiqyn', () => {
  const cases = new Map(
    (JSON.parse(fixture('divergence-cases.json')) as { case: string; releases: object[] }[]).map((c) => [
      c.case.slice(0, 3),
      c,
    ]),
  );
  const expected: readonly [string, object][] = [
    ['D01', {}],
    ['D02', { OCID: { D02: { R030: 1 } }, Tenderer: { W: { R030: 1 } } }],
    ['D03', { OCID: { D03: { R035: 1 } }, Tenderer: { W: { R035: 0 } } }],
    ['D04', { OCID: { D04: { R035: 1 } }, Tenderer: { W: { R035: 0 } } }],
    ['D06', { OCID: { D06: { R018: 1 } } }],
    ['D07', { OCID: { D07: { R018: 1 } } }],
    ['D08', { OCID: { D08: { R024: 0.001 } }, Tenderer: { W: { R024: 0 }, L: { R024: 0 } } }],
    ['D09', { OCID: { D09: { R003: 1, R018: 1, R030: 1 } }, Tenderer: { W: { R030: 1 } } }],
    ['D10', {}],
    ['D11', { OCID: { D11: { R028: 1, R035: 1 } }, Tenderer: { W: { R028: 1, R035: 0 }, L: { R028: 1 } } }],
    ['D12', {}],
    ['D13', {}],
    ['D14', { OCID: { D14: { R024: 0.001 } }, Tenderer: { 7: { R024: 0 }, 8: { R024: 0 } } }],
    ['D15', { OCID: { D15: { R024: 0.001 } }, Tenderer: { W: { R024: 0 }, V: { R024: 0 }, L: { R024: 0 } } }],
    ['D16', {}],
    ['D17', {}],
    ['D18', { OCID: { D18: { R024: 0.001 } }, Tenderer: { W: { R024: 0 }, L: { R024: 0 } } }],
    ['D20', { OCID: { D20: { R035: 1, R036: 1 } }, Tenderer: { W: { R035: 0, R038: 0.5 } } }],
    ['D21', { OCID: { D21: { R018: 1, R030: 1 } }, Tenderer: { W: { R030: 1 } } }],
    ['D22', { OCID: { D22: { R003: 1, R018: 1 } } }],
    ['D23', {}],
    ['D24', { OCID: { D24: { R018: 1 } } }],
  ];
  it.each(expected)('is right where Cardinal is not: %s', async (name, outcome) => {
    const text = cases
      .get(name)!
      .releases.map((one) => JSON.stringify(one))
      .join('\n');
    const ours = JSON.parse(
      JSON.stringify(results(await computed(text, 'divergence.ini', 'aiqyn')), rounded),
    ) as object;
    expect(ours).toEqual(outcome);
  });

  it.each(['D05', 'D11'])('does not depend on the order: %s', async (name) => {
    const both = [...(JSON.parse(fixture('divergence-cases.json')) as { case: string; releases: object[] }[])]
      .filter((c) => c.case.startsWith(name))
      .map((c) => c.releases.map((one) => JSON.stringify(one)));
    const texts = both.flatMap((lines) => [lines.join('\n'), [...lines].reverse().join('\n')]);
    const all = await Promise.all(texts.map((text) => computed(text, 'divergence.ini', 'aiqyn')));
    for (const one of all) expect(results(one)).toEqual(results(all[0]!));
  });

  it.each<[string, string, (i: number) => object]>([
    [
      'R048',
      'Tenderer',
      (i) => ({
        awards: [{ status: 'active', suppliers: [{ id: `S${i}` }], items: [{ classification: { id: '4520' } }] }],
      }),
    ],
    [
      'R025',
      'Tenderer',
      (i) => ({
        awards: [{ status: 'active', suppliers: [{ id: `S${i}` }] }],
        bids: { details: [{ status: 'valid', tenderers: [{ id: `S${i}` }] }] },
      }),
    ],
    [
      'R038',
      'Buyer',
      (i) => ({
        buyer: { id: `B${i}` },
        bids: {
          details: [
            { status: 'valid', tenderers: [{ id: `x${i}` }] },
            { status: 'disqualified', tenderers: [{ id: `y${i}` }] },
          ],
        },
      }),
    ],
  ])('declares nobody an outlier where all are alike: %s', async (code, group, made) => {
    const text = Array.from({ length: 160 }, (_, n) => JSON.stringify({ ocid: `o${n}`, ...made(n % 8) })).join('\n');
    const flagged = (all: Json): number =>
      Object.values((all[group] ?? {}) as Record<string, object>).filter((codes) => code in codes).length;
    expect(flagged(await computed(text, 'default.ini', 'cardinal-0.0.8'))).toBe(8);
    expect(flagged(await computed(text, 'default.ini', 'aiqyn'))).toBe(0);
  });

  it('gives the last versions in any order, with any line doubled', async () => {
    const lines = events.trim().split('\n');
    const settings = readSettings(fixture('default.ini'), 'aiqyn');
    const last = await computed(events, 'default.ini', 'aiqyn');
    expect(lines.length).toBe(2_700);
    await fc.assert(
      fc.asyncProperty(fc.infiniteStream(fc.nat()), async (random) => {
        const dice = random[Symbol.iterator]();
        const mixed = [...lines, ...lines.slice(0, 300)]
          .map((line) => [dice.next().value as number, line] as const)
          .sort(([a], [b]) => a - b)
          .map(([, line]) => line)
          .join('\n');
        const { portfolio } = await compute(Readable.from([Buffer.from(mixed)]), settings);
        const ours = JSON.parse(
          JSON.stringify(cardinalShape(portfolio.judge(), portfolio.contributions, settings, { map: false })),
        ) as Json;
        expect(differences(ours, last)).toEqual([]);
      }),
      { numRuns: 3 },
    );
  }, 60_000);

  it('agrees with Cardinal on the latest versions, where the corrections do not meet', async () => {
    const ours = await computed(events, 'default.ini', 'aiqyn');
    const theirs = await computed(
      lastOf(events, (e) => new Date(e.date).toISOString()),
      'default.ini',
      'cardinal-0.0.8',
    );
    // The corrections are about these: numbers of bidders from the bids, processes instead of bids, fences and their currency.
    const touched = /R018|R038|R024|R025|R058|R048/;
    expect(differences(results(ours), results(theirs)).filter((d) => !touched.test(d))).toEqual([]);
  });
});

/** One line a process: the one with the greatest value, the later line of equals. */
function lastOf(text: string, by: (release: { date: string }, line: number) => string): string {
  const last = new Map<string, { value: string; line: string }>();
  for (const [i, line] of text.trim().split('\n').entries()) {
    const release = JSON.parse(line) as { ocid: string; date: string };
    const value = by(release, i);
    if (value >= (last.get(release.ocid)?.value ?? '')) last.set(release.ocid, { value, line });
  }
  return [...last.values()].map((one) => one.line).join('\n');
}

const rounded = (_: string, value: unknown): unknown =>
  typeof value === 'number' ? Math.round(value * 1e9) / 1e9 : value;

/** A contribution field by field, whatever keeps it. */
function shown(c: Contribution): Contribution {
  const { ocid, outcomes, noGap, won, lost, buyer, entity, submitted, disqualified, bids, supplies, issues } = c;
  const gaps = c.gaps.map(({ ratio, winners, runnersUp }) => ({ ratio, winners, runnersUp }));
  return { ocid, outcomes, gaps, noGap, won, lost, buyer, entity, submitted, disqualified, bids, supplies, issues };
}

describe('a portfolio', () => {
  it('keeps no trace of what was taken out', () => {
    const settings = defaultSettings('aiqyn');
    const all = releases
      .trim()
      .split('\n')
      .slice(0, 300)
      .map((line) => contributionOf(JSON.parse(line), settings))
      .filter((c) => c !== undefined);
    const some = new Portfolio(settings);
    const both = new Portfolio(settings);
    for (const [i, one] of all.entries()) {
      if (i % 3 === 0) some.replace(one);
      both.replace(one);
    }
    for (const [i, one] of all.entries()) if (i % 3 !== 0) both.remove(one.ocid);
    expect(both.judge().results).toEqual(some.judge().results);
    expect(both.judge().meta).toEqual(some.judge().meta);
    expect([...both.contributions].map(shown)).toEqual([...some.contributions].map(shown));
  });

  it('gives back what it was given, from the numbers that it keeps', () => {
    for (const set of ['aiqyn', 'cardinal-0.0.8'] as const) {
      const settings = defaultSettings(set);
      const portfolio = new Portfolio(settings);
      const given = releases
        .trim()
        .split('\n')
        .slice(0, 300)
        .map((line) => contributionOf(JSON.parse(line), { ...settings, currency: 'KZT' }))
        .filter((c) => c !== undefined);
      for (const one of given) portfolio.replace(one);
      for (const one of given) expect(shown(portfolio.contributions.get(one.ocid)!)).toEqual(shown(one));
    }
  });

  it('never holds a value that is no number', () => {
    const settings = defaultSettings('aiqyn');
    const amount = fc.oneof(fc.constantFrom(0, -1, 0.1, 1e308), fc.double());
    const bid = fc.record({
      status: fc.constantFrom('valid', 'disqualified', 'withdrawn', 'x'),
      tenderers: fc.array(fc.record({ id: fc.constantFrom('a', 'b', 'c') }), { maxLength: 2 }),
      value: fc.record({ amount, currency: fc.constantFrom('KZT', 'USD') }),
    });
    const award = fc.record({
      status: fc.constantFrom('active', 'cancelled', 'pending'),
      suppliers: fc.constantFrom([{ id: 'a' }], [{ id: 'b' }], []),
    });
    fc.assert(
      fc.property(fc.array(fc.record({ details: fc.array(bid), awards: fc.array(award) })), (made) => {
        const portfolio = new Portfolio({ ...settings, R024: { threshold: 0.5 }, R058: { threshold: 0.1 } });
        for (const [i, { details, awards }] of made.entries())
          portfolio.replace(contributionOf({ ocid: `o${i}`, bids: { details }, awards }, settings)!);
        const { results: judged } = portfolio.judge();
        for (const group of Object.values(judged))
          for (const codes of group.values())
            for (const value of Object.values(codes)) expect(Number.isFinite(value)).toBe(true);
      }),
    );
  });
});
