import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { SchemeClearedV1, SchemeDetectedV1 } from '@aiqyn/contracts';
import { Clock, orConcurrent, put, Timers, Transactions, type Tx } from '@aiqyn/platform';
import { binOf } from '../entities/entity-id.rules.js';
import { since, turned } from '../indicators/lived.rules.js';
import type { State } from '../judge-process/outcome.rules.js';
import { Policies } from '../policies/policies.js';
import { detect, type Detected, type Facts, type Scheme, type SchemeEvidence } from './match.rules.js';
import type { SchemePattern } from './pattern.rules.js';
import { SCHEME_RUNS, type SchemeRow, type SchemeRun, SCHEMES } from './scheme.schema.js';
import { SchemeFacts } from './scheme-facts.js';

/** Schemes in one transaction. */
const AT_ONCE = 100;
/** Evidence over this many characters is kept as its hash: a document holds 16 MB. */
const LARGEST = 1_048_576;

type Said = Pick<
  SchemeRow,
  'code' | 'patternVersion' | 'outcome' | 'reason' | 'nodes' | 'processes' | 'areaCode' | 'evidence'
>;

/** Looks for all schemes and writes what changed; given again on the same inputs, it changes nothing and has the same hash. */
@Injectable()
export class SchemeDetection {
  constructor(
    timers: Timers,
    @InjectConnection() private readonly connection: Connection,
    private readonly transactions: Transactions,
    private readonly facts: SchemeFacts,
    private readonly policies: Policies,
    private readonly clock: Clock,
  ) {
    // Not at each start of a day on which they were looked for: it takes the thread of the service for some seconds.
    timers.daily('schemes', async (_tx, today) => {
      if (!(await this.ranOn(today))) await this.run('schemes');
      return 'done';
    });
  }

  /** Whether they were looked for on that day, to the end. */
  private async ranOn(day: string): Promise<boolean> {
    const runs = this.connection.db!.collection<SchemeRun>(SCHEME_RUNS);
    return (await runs.findOne({ day, $expr: { $eq: ['$written', '$changed'] } })) !== null;
  }

  /** @param actor who asked for it, as the audit log names them */
  async run(actor: string): Promise<SchemeRun> {
    const day = this.clock.today();
    const facts = await this.facts.read();
    const patterns = this.policies.schemes;
    const inputs = hashOf(day, patterns, facts);
    const detected: (Detected & { pattern: SchemePattern })[] = [];
    for (const pattern of patterns) {
      detected.push({ pattern, ...detect(pattern, facts, day) });
      // Others are answered between two patterns.
      await new Promise((resolve) => setImmediate(resolve));
    }
    const stored = await this.connection.db!.collection<SchemeRow>(SCHEMES).find().toArray();
    const before = new Map(stored.map((row) => [row._id, row]));
    const changes = [...detected.flatMap((one) => changesOf(one, before)), ...retired(stored, patterns)];
    const run: SchemeRun = {
      ...{ _id: inputs, day, result: hash(detected.map(({ outcome, schemes }) => ({ outcome, schemes }))) },
      counts: { deals: facts.deals.length, links: facts.links.length },
      patterns: detected.map(({ pattern: { code, version }, outcome, schemes }) => {
        return {
          code,
          version,
          outcome: outcome.state,
          ...(outcome.reason ? { reason: outcome.reason } : {}),
          schemes: schemes.length,
        };
      }),
      ...{ written: 0, changed: changes.length },
    };
    await this.transactions.run((tx) => {
      const { _id, ...row } = run;
      tx.update(SCHEME_RUNS, { _id }, { $set: row }, { upsert: true });
      tx.audit({ actor, action: 'scheme:detect', resource: _id, outcome: 'done' });
    });
    for (let i = 0; i < changes.length; i += AT_ONCE) {
      const chunk = changes.slice(i, i + AT_ONCE);
      const writing = this.transactions.run((tx) => {
        for (const { id, said } of chunk) write(tx, id, before.get(id), said, day);
        tx.update(SCHEME_RUNS, { _id: inputs }, { $set: { written: i + chunk.length } });
      });
      await orConcurrent(SCHEMES, writing);
    }
    return { ...run, written: changes.length };
  }
}

const hash = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex');

/** Row by row: all of them in one text would be too long for one. */
function hashOf(day: string, patterns: readonly SchemePattern[], { deals, links, ...more }: Facts): string {
  const all = createHash('sha256').update(JSON.stringify([day, patterns, more]));
  for (const row of [...deals, ...links]) all.update(JSON.stringify(row));
  return all.digest('hex');
}

/** The schemes of a pattern that are not as they are stored: what is found, and what stands no longer. */
function changesOf(
  { pattern, outcome, schemes }: Detected & { pattern: SchemePattern },
  before: ReadonlyMap<string, SchemeRow>,
): { id: string; said: Said }[] {
  // Nothing is known then, so that nothing changes.
  if (outcome.state === 'error') return [];
  const found = schemes
    .map((scheme) => ({ id: scheme.id, said: saidOf(pattern, scheme) }))
    .filter(({ id, said }) => !isSame(before.get(id), said));
  const ids = new Set(schemes.map((s) => s.id));
  // A pattern that is triggered by others says nothing of these.
  const state: State = outcome.state === 'triggered' ? 'not-triggered' : outcome.state;
  const over = [...before.values()]
    .filter((row) => row.code === pattern.code && !ids.has(row._id) && row.outcome !== state)
    .map((row) => ({ id: row._id, said: { ...row, outcome: state, reason: outcome.reason } }));
  return [...found, ...over];
}

/** Schemes of which there is no pattern any more. */
function retired(stored: readonly SchemeRow[], patterns: readonly SchemePattern[]): { id: string; said: Said }[] {
  const codes = new Set(patterns.map((p) => p.code));
  return stored
    .filter((row) => !codes.has(row.code) && row.outcome !== 'not-applicable')
    .map((row) => ({ id: row._id, said: { ...row, outcome: 'not-applicable', reason: 'not-in-force' } }));
}

function saidOf({ code, version }: SchemePattern, { nodes, outcome, processes, areaCode, evidence }: Scheme): Said {
  const text = JSON.stringify(evidence);
  return {
    ...{ code, patternVersion: version, outcome: outcome.state, reason: outcome.reason },
    ...{ nodes, processes: [...processes], areaCode },
    evidence: text.length > LARGEST ? { tooLarge: hash({ ...evidence, day: '' }) } : evidence,
  };
}

/** The day on which it was looked at does not make another scheme of it. */
const isSame = (before: SchemeRow | undefined, said: Said): boolean =>
  before !== undefined &&
  before.outcome === said.outcome &&
  before.patternVersion === said.patternVersion &&
  before.areaCode === said.areaCode &&
  hash(dayless(before.evidence)) === hash(dayless(said.evidence));
const dayless = (evidence: SchemeRow['evidence']): object =>
  'tooLarge' in evidence ? evidence : ({ ...evidence, day: '' } satisfies SchemeEvidence);

function write(tx: Tx, id: string, before: SchemeRow | undefined, said: Said, day: string): void {
  const { code, patternVersion, outcome, reason, nodes, processes, areaCode, evidence } = said;
  const row = { code, patternVersion, outcome, reason, nodes, processes, areaCode, evidence };
  const organisationBin = binOf(nodes['buyer'] ?? '');
  const turn = turned(before, outcome);
  const common = { schemeId: id, code, day };
  const event =
    turn === 'raised'
      ? Object.assign(new SchemeDetectedV1(), { ...common, areaCode, ...(organisationBin ? { organisationBin } : {}) })
      : turn && Object.assign(new SchemeClearedV1(), common);
  put(tx, SCHEMES, before, { _id: id, ...row, ...since(before, outcome, day) }, event);
}
