import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { FlagClearedV1, FlagRaisedV1, type ReleaseOrigin, ReleaseRecordedV1 } from '@aiqyn/contracts';
import { type Caller, change, Clock, create, Transactions, type Tx } from '@aiqyn/platform';
import { type Flag, FLAGS } from '../indicators/flag.schema.js';
import { isOfProcess, settingsOn } from '../indicators/definition.rules.js';
import { Deals } from '../deals/deals.js';
import { contributionOf } from '../judge-portfolio/contribution.rules.js';
import { CONTRIBUTIONS, contributionRow } from '../tell-outliers/outlier.schema.js';
import { type Evidence, judge } from '../indicators/evidence.rules.js';
import type { Outcome, State } from '../judge-process/outcome.rules.js';
import { Policies } from '../policies/policies.js';
import { project, type Projection } from './release.rules.js';
import { type Release, RELEASES } from './release.schema.js';

/** One release of what was handed in, or why there is none. */
export interface Entry {
  /** Counted from 1. */
  readonly line: number;
  readonly release?: unknown;
  readonly refusal?: string;
}

export interface ImportReport {
  readonly recorded: number;
  /** The same version as stored, or an older one. */
  readonly unchanged: number;
  /** The first of them, at most a thousand. */
  readonly refused: { readonly line: number; readonly code: string; readonly path: string }[];
  readonly refusedInAll: number;
  /** The last line that was read. */
  readonly lastLine: number;
}

/** Refusals that are named. */
const NAMED = 1_000;

interface Candidate {
  readonly projection: Projection;
  readonly release: unknown;
  readonly hash: string;
}

/** Releases in one transaction: large enough to share its price, small enough to stay far from the server's limits. */
const CHUNK = 100;

/** Records releases and what the indicators say of them; idempotent and free of order per process. */
@Injectable()
export class ReleaseImport {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly transactions: Transactions,
    private readonly policies: Policies,
    private readonly clock: Clock,
    private readonly deals: Deals,
  ) {}

  /** Takes a stream in, chunk by chunk: memory is that of one, and what was stored stays when the rest never comes. */
  async run(
    batches: AsyncIterable<Entry[]> | Iterable<Entry[]>,
    origin: ReleaseOrigin,
    caller: Caller,
  ): Promise<ImportReport> {
    const refused: ImportReport['refused'] = [];
    const report = { recorded: 0, unchanged: 0, refusedInAll: 0, lastLine: 0 };
    const refuse = (line: number, code: string, path: string): void => {
      report.refusedInAll += 1;
      if (refused.length < NAMED) refused.push({ line, code, path });
    };
    let candidates: Candidate[] = [];
    const store = async (): Promise<void> => {
      const chunk = candidates;
      candidates = [];
      const recorded = await this.transactions.run(async (tx) => {
        const count = await this.record(tx, chunk, origin);
        if (count > 0)
          tx.audit({ actor: caller.id, action: 'release:import', resource: `${count} releases`, outcome: 'done' });
        return count;
      });
      report.recorded += recorded;
      report.unchanged += chunk.length - recorded;
    };
    for await (const entries of batches)
      for (const { line, release, refusal } of entries) {
        report.lastLine = line;
        const result = refusal
          ? { code: refusal, path: '' }
          : project(release, { origin, areaOf: this.policies.areaOf });
        if ('code' in result) {
          refuse(line, result.code, result.path);
          continue;
        }
        const hash = createHash('sha256').update(JSON.stringify(release)).digest('base64url');
        if (candidates.push({ projection: result, release, hash }) === CHUNK) await store();
      }
    if (candidates.length > 0) await store();
    return { ...report, refused };
  }

  /** One chunk; a process that stands in it twice is folded to its newest version first. */
  private async record(tx: Tx, chunk: Candidate[], origin: ReleaseOrigin): Promise<number> {
    const newest = new Map<string, Candidate>();
    for (const one of chunk) {
      const other = newest.get(one.projection.ocid);
      if (!other || other.projection.date < one.projection.date) newest.set(one.projection.ocid, one);
    }
    const ocids = [...newest.keys()];
    const db = this.connection.db!;
    const options = { session: tx.session };
    const stored = new Map(
      (
        await db
          .collection<Release>(RELEASES)
          .find({ _id: { $in: ocids } }, options)
          .toArray()
      ).map((r) => [r._id, r]),
    );
    const flags = new Map(
      (
        await db
          .collection<Flag>(FLAGS)
          .find({ ocid: { $in: ocids } }, options)
          .toArray()
      ).map((f) => [f._id, f]),
    );
    let recorded = 0;
    for (const candidate of newest.values()) {
      const { projection, hash } = candidate;
      const before = stored.get(projection.ocid);
      if (before && (before.hash === hash || before.projection.date >= projection.date)) continue;
      this.store(tx, before, projection, hash, origin);
      this.judge(tx, flags, candidate, origin);
      this.contribute(tx, candidate);
      this.deals.record(tx, projection.ocid, projection.areaCode, candidate.release);
      recorded += 1;
    }
    return recorded;
  }

  private store(
    tx: Tx,
    before: Release | undefined,
    projection: Projection,
    hash: string,
    origin: ReleaseOrigin,
  ): void {
    const { ocid, areaCode } = projection;
    const event = Object.assign(new ReleaseRecordedV1(), {
      ocid,
      day: this.clock.today(),
      origin,
      areaCode,
      ...(projection.method ? { method: projection.method } : {}),
      ...(projection.tenderers !== undefined ? { tenderers: projection.tenderers } : {}),
      ...(projection.amount !== undefined ? { amount: projection.amount } : {}),
      ...(projection.currency ? { currency: projection.currency } : {}),
    });
    const row = { areaCode, origin, hash, projection };
    if (before) change(tx, RELEASES, before, row, event);
    else create(tx, RELEASES, { _id: ocid, ...row }, event);
  }

  /** What the process adds to the knowledge of all; nothing, once its tender is cancelled. */
  private contribute(tx: Tx, { projection, release }: Candidate): void {
    const { ocid: _id } = projection;
    const contribution = contributionOf(release, settingsOn(this.policies.indicators, this.clock.today()));
    if (contribution) tx.update(CONTRIBUTIONS, { _id }, { $set: contributionRow(contribution) }, { upsert: true });
    else tx.remove(CONTRIBUTIONS, { _id });
  }

  /** A signal is written when it changes, and published when it is raised or cleared by a later version. */
  private judge(
    tx: Tx,
    flags: ReadonlyMap<string, Flag>,
    { projection, release }: Candidate,
    origin: ReleaseOrigin,
  ): void {
    const { ocid, areaCode } = projection;
    const day = this.clock.today();
    for (const definition of this.policies.indicators.filter(isOfProcess)) {
      const { outcome, evidence } = judge(definition, release, day);
      const { code: indicator, version: indicatorVersion } = definition;
      const _id = `${ocid}:${indicator}`;
      const before = flags.get(_id);
      const row = { ocid, indicator, indicatorVersion, areaCode, origin, ...said(outcome), evidence: kept(evidence) };
      if (before && sameSignal(before, row)) continue;
      const was = before?.outcome === 'triggered';
      const is = outcome.state === 'triggered';
      const common = { flagId: _id, ocid, day, indicator };
      const event =
        is && !was
          ? Object.assign(new FlagRaisedV1(), { ...common, indicatorVersion, areaCode, origin })
          : was && !is
            ? Object.assign(new FlagClearedV1(), common)
            : undefined;
      if (!before) create(tx, FLAGS, { _id, ...row, since: day }, event);
      else change(tx, FLAGS, before, { ...row, ...changed(before, outcome.state, day) }, ...(event ? [event] : []));
    }
  }
}

const said = ({
  state,
  value,
  reason,
  tenderers,
}: Outcome): Pick<Flag, 'outcome' | 'value' | 'reason' | 'tenderers'> => ({
  outcome: state,
  value: value ?? null,
  reason: reason ?? null,
  tenderers: tenderers ? [...tenderers] : null,
});

/** Inputs over this many characters are kept as their hash: a document holds 16 MB, and a release may have a hundred thousand bids. */
const LARGEST = 262_144;

function kept(evidence: Evidence): Evidence {
  const text = JSON.stringify(evidence.inputs);
  if (text.length <= LARGEST) return evidence;
  return { ...evidence, inputs: { tooLarge: createHash('sha256').update(text).digest('base64url') } };
}

const sameSignal = (before: Flag, row: Pick<Flag, 'outcome' | 'indicatorVersion' | 'evidence' | 'areaCode'>): boolean =>
  before.outcome === row.outcome &&
  before.indicatorVersion === row.indicatorVersion &&
  before.areaCode === row.areaCode &&
  JSON.stringify(before.evidence.inputs) === JSON.stringify(row.evidence.inputs);

/** What is stored of the time: a state that stays keeps its first day. */
function changed(before: Flag, outcome: State, day: string): Partial<Flag> {
  if (before.outcome === outcome) return {};
  const over = { outcome: before.outcome, from: before.since, to: day };
  return { since: day, earlier: [...(before.earlier ?? []), over] };
}
