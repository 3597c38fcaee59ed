import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isIin, type UnitTable, unitTable, withBinCheckDigit } from '@aiqyn/contracts';
import { ROOT } from '@aiqyn/local';
import { eventually } from './harness/eventually.js';
import { type Answer, startPlatform, type TestPlatform } from './harness/platform.js';

interface Definition {
  readonly code: string;
  readonly version: number;
  readonly parameters: readonly { readonly validFrom: string; readonly values: Record<string, unknown> }[];
}
interface Outcome {
  readonly state: string;
  readonly value?: number;
  readonly reason?: string;
  readonly tenderers?: readonly string[];
}
/** What a signal of any kind says, and by which version. */
interface Said {
  readonly _id: string;
  readonly indicator: string;
  readonly indicatorVersion: number;
  readonly outcome: string;
  readonly value?: number;
  readonly reason?: string;
  readonly tenderers?: readonly string[];
}
interface Flag extends Said {
  readonly evidence: { readonly inputs: object };
}
interface Outlier extends Said {
  readonly group: string;
  readonly subjectId: string;
  readonly snapshot: string;
  readonly day: string;
  readonly inputs?: { readonly kind: string; readonly id: string } | readonly object[];
}
interface Pattern extends Said {
  readonly group: string;
  readonly subjectId: string;
  readonly day: string;
  readonly inputs: object;
}
interface Verdict extends Omit<Pattern, 'outcome' | '_id'> {
  readonly code: string;
  readonly outcome: Outcome;
}

/** The rules of the service, as it is built: what it says is computed again by the same code, from what it stored. */
interface Rules {
  recompute(definition: Definition, evidence: object, unit: UnitTable): Outcome;
  settingsOn(definitions: readonly Definition[], day: string): object;
  parametersOn(definition: Definition, day: string): object;
  verdictOfSum(of: object, sum: object | undefined, limits: object, settings: object): Verdict;
  verdictsOfGaps(id: string, gaps: readonly object[], limits: object, settings: object): Verdict[];
  judgeGroup(code: string, key: string, purchases: readonly object[], values: object, unit: UnitTable): Verdict[];
}

async function rulesOf(...files: string[]): Promise<Rules> {
  const dist = join(ROOT, 'services/risk-analysis/dist');
  const all = await Promise.all(files.map((f) => import(pathToFileURL(join(dist, f)).href) as Promise<object>));
  return Object.assign({}, ...all) as Rules;
}

/** Paths of what is no value: null, NaN and the infinities. */
function noValues(value: unknown, path: string): string[] {
  if (value === null || value === undefined || (typeof value === 'number' && !Number.isFinite(value))) return [path];
  if (Array.isArray(value)) return value.flatMap((one) => noValues(one, `${path}[]`));
  if (typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype) return [];
  return Object.entries(value).flatMap(([key, one]) => noValues(one, `${path}.${key}`));
}

const iin = ['85010130001', '85010130002', '85010130003'].map(withBinCheckDigit).find((one) => one && isIin(one))!;
const said = ({ outcome: state, value, reason, tenderers }: Said): Outcome => ({ state, value, reason, tenderers });
const told = ({ state, value, reason, tenderers }: Outcome): Outcome => ({ state, value, reason, tenderers });

describe('whatever is stored', () => {
  let platform: TestPlatform;
  let rules: Rules;
  let definitions: ReadonlyMap<string, Definition>;
  const mci = createRequire(import.meta.url).resolve('@aiqyn/contracts/data/mci-kz.json');
  const unit = unitTable(JSON.parse(readFileSync(mci, 'utf8')));
  const db = () => platform.environment.database('risk-analysis');
  const all = <T extends object>(name: string): Promise<T[]> =>
    db().collection<T>(name).find().toArray() as Promise<T[]>;
  const call = async (as: string, path: string, body?: object): Promise<Answer> => {
    const answer = await platform.call('risk-analysis', `/v1/${path}`, { as, ...(body ? { body } : {}) });
    expect([path, answer.status < 300]).toEqual([path, true]);
    return answer;
  };
  const load = (lines: readonly string[]): Promise<Answer> =>
    platform.call('risk-analysis', '/v1/procurement/releases?origin=generated', {
      ...{ as: 'registry', method: 'POST', raw: { type: 'application/x-ndjson', text: lines.join('\n') } },
    });
  const definitionOf = ({ indicator, indicatorVersion }: Said): Definition =>
    definitions.get(`${indicator}/${indicatorVersion}`)!;
  /** Another version of an indicator comes into force; what is stored keeps the one that it was judged by until it is replayed. */
  const change = async (code: string, values: object): Promise<void> => {
    const inForce = (await call('analyst', 'indicators')).body.items as (Definition & Record<string, unknown>)[];
    const { version: _v, status: _s, author: _a, approver: _p, ...asked } = inForce.find((d) => d.code === code)!;
    const parameters = [{ validFrom: '2015-01-01', values: { ...asked.parameters.at(-1)!.values, ...values } }];
    const { body } = await call('analyst', 'indicators', { ...asked, parameters });
    await call('method-approver', `indicators/${code}/versions/${body.version as number}/approval`, {});
  };

  beforeAll(async () => {
    rules = await rulesOf(
      ...['indicators/evidence.rules.js', 'indicators/definition.rules.js', 'tell-outliers/verdict.rules.js'],
      'judge-groups/group-indicators.rules.js',
    );
    platform = await startPlatform('recompute', ['risk-analysis']);
    const out = join(platform.dir, 'events.jsonl');
    const generator = join(ROOT, 'deploy/local/data/generate-releases.mjs');
    const args = [generator, '--count', '600', '--seed', '21', '--updates', '0.35', '--traps', '0.2', '--out', out];
    expect(spawnSync(process.execPath, args).status).toBe(0);
    const lines = readFileSync(out, 'utf8').trim().split('\n');
    // A publisher writes null for what it took away, anywhere.
    const nulled = lines.map((line, i) => {
      const field = ['amount', 'status', 'currency', 'quantity', 'endDate', 'numberOfTenderers', 'details'][i % 14];
      return field === undefined
        ? line
        : line.replaceAll(new RegExp(`"${field}":("[^"]*"|[\\d.]+)`, 'g'), `"${field}":null`);
    });
    const shipped = (await call('analyst', 'indicators')).body.items as Definition[];
    const half = nulled.length / 2;
    expect((await load(nulled.slice(0, half))).body.recorded).toBeGreaterThan(100);
    await call('analyst', 'outliers', {});
    await change('R003', { threshold: 40 });
    await change('R038', { minimumBids: 2, minimumProcesses: 2 });
    await change('R013', { threshold: 0.2 });
    expect((await load(nulled.slice(half))).body.recorded).toBeGreaterThan(100);
    const cleared = (date: string, numberOfTenderers: number): string =>
      JSON.stringify({ ocid: 'cleared', date, tender: { procurementMethod: 'open', numberOfTenderers } });
    for (const line of [cleared('2026-01-01T00:00:00Z', 1), cleared('2026-01-02T00:00:00Z', 2)]) await load([line]);
    await call('analyst', 'outliers', {});
    await eventually(async () => expect(await db().collection('due_groups').countDocuments()).toBe(0), 60_000);
    const made = (await call('analyst', 'indicators')).body.items as Definition[];
    definitions = new Map([...shipped, ...made].map((d) => [`${d.code}/${d.version}`, d]));
    expect(definitions.size).toBe(shipped.length + 3);
  }, 150_000);
  afterAll(() => platform?.stop());

  it('as a signal of a process says what its evidence gives by the version that it names', async () => {
    const flags = await all<Flag>('flags');
    expect(flags.length).toBeGreaterThan(300);
    for (const flag of flags) {
      const { _id } = flag;
      expect({ _id, ...told(rules.recompute(definitionOf(flag), flag.evidence, unit)) }).toEqual({
        _id,
        ...said(flag),
      });
    }
    expect(new Set(flags.map(({ outcome }) => outcome)).size).toBe(4);
    expect(new Set(flags.filter((f) => f.indicator === 'R003').map((f) => f.indicatorVersion))).toEqual(
      new Set([1, 2]),
    );
  });

  it('as an outlier says what its numbers give by the fences and the version that it names', async () => {
    const snapshots = new Map((await all<{ _id: string; limits: object }>('fence_snapshots')).map((s) => [s._id, s]));
    const outliers = await all<Outlier>('outliers');
    expect(outliers.length).toBeGreaterThan(5);
    for (const outlier of outliers) {
      const { _id, snapshot, subjectId, day, inputs, reason } = outlier;
      const settings = rules.settingsOn([definitionOf(outlier)], day);
      const { limits } = snapshots.get(snapshot)!;
      // Who is in no sum any more has no numbers.
      if (inputs === undefined) {
        expect([_id, reason]).toEqual([_id, 'no-process']);
        continue;
      }
      const verdicts = Array.isArray(inputs)
        ? rules.verdictsOfGaps(subjectId, inputs as object[], limits, settings)
        : [rules.verdictOfSum(inputs, inputs, limits, settings)];
      const again = verdicts.find((one) => one.indicator === outlier.indicator)!;
      expect({ _id, ...told(again.outcome) }).toEqual({ _id, ...said(outlier) });
    }
    expect(new Set(outliers.map(({ group }) => group)).size).toBeGreaterThan(2);
  });

  it('as a pattern says what the purchases of its group give, in any order', async () => {
    const purchases = await all<{ groups: string[]; purchase: object }>('purchases');
    const patterns = await all<Pattern>('patterns');
    expect(patterns.length).toBeGreaterThan(20);
    for (const pattern of patterns) {
      const { _id, group, subjectId, day, reason, indicator } = pattern;
      const own = purchases.filter(({ groups }) => groups.includes(group)).map(({ purchase }) => purchase);
      const values = rules.parametersOn(definitionOf(pattern), day);
      for (const some of [own, [...own].reverse()]) {
        const again = rules
          .judgeGroup(indicator, group, some, values, unit)
          .find((verdict) => verdict.subjectId === subjectId);
        if (again)
          expect({ _id, ...told(again.outcome), inputs: again.inputs }).toEqual({
            ...{ _id, ...said(pattern), inputs: pattern.inputs },
          });
        else expect([_id, reason]).toEqual([_id, 'no-purchases']);
      }
    }
    expect(new Set(patterns.map(({ indicator }) => indicator)).size).toBeGreaterThan(2);
  });

  it('holds no null, no NaN and no infinity, in any collection', async () => {
    const about = { version: 1, currency: 'KZT', bodyBin: '050540000016', areaCode: 'roads', region: 'KZ-75' };
    const nothing = {
      ...{ assets: [], liabilities: [], incomes: [], expenses: null, received: [] },
      ...{ loansReceived: [{ loanId: 'l1', amount: 5 }], loansRepaid: [], disposals: [] },
    };
    const declare = (year: number, sections: object): Promise<Answer> =>
      call('declaration-registry', 'declarations', { ...about, iin, year, household: [], sections });
    const home = { assetId: '20:315:012:345', kind: 'real-estate', cost: 5_000_000_000, source: null };
    // Nothing is known of the year before, of a section, of the price of an asset, of the source of its money.
    await declare(2024, nothing);
    await declare(2025, { ...nothing, expenses: [], assets: [home] });
    const inquiry = await db().collection('enrichment_inquiries').findOne({});
    const asked = `enrichment-inquiries/${String(inquiry!._id)}`;
    await call('enrichment-officer', `${asked}/notice`, {});
    const sources = [{ sourceId: 'e1', kind: 'gift', amount: 1 }];
    await call('enrichment-officer', `${asked}/explanation`, { sources });
    await call('enrichment-officer', `${asked}/recheck`, { proven: [] });
    const analysis = { kind: 'external', objectBin: '050540000016', areaCode: 'roads', subject: 'land', group: ['a'] };
    const { body } = await call('analyst', 'analyses', analysis);
    await call('agency-head', `analyses/${String(body.analysisId)}/decision`, {});
    await call('analyst', `analyses/${String(body.analysisId)}/withdrawal`, {});
    await call('analyst', 'areas/roads/assessments', {});
    const found = new Set<string>();
    const walked = new Set<string>();
    for (const { name } of await db().listCollections().toArray())
      for await (const row of db().collection(name).find()) {
        walked.add(name);
        for (const path of noValues(row, name)) found.add(path);
      }
    expect([...found].sort()).toEqual([]);
    const full = ['flags', 'outliers', 'patterns', 'purchases', 'contributions', 'sums', 'fence_snapshots', 'analyses'];
    for (const name of [...full, 'enrichment_reviews', 'enrichment_inquiries', 'declarations', 'assessments'])
      expect([name, walked.has(name)]).toEqual([name, true]);
  });
});
