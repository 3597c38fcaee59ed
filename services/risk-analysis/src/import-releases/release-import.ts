import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { type ReleaseOrigin, ReleaseRecordedV1 } from '@aiqyn/contracts';
import {
  type Caller,
  change,
  Clock,
  ConcurrentChange,
  create,
  isDuplicate,
  Transactions,
  type Tx,
} from '@aiqyn/platform';
import { Definitions } from '../indicators/definitions.js';
import { isOfProcess, settingsOn } from '../indicators/definition.rules.js';
import { Deals } from '../deals/deals.js';
import { Groups } from '../judge-groups/groups.js';
import { contributionOf } from '../judge-portfolio/contribution.rules.js';
import { type ContributionChange, Outliers } from '../tell-outliers/outliers.js';
import type { Outcomes } from '../indicators/signal.rules.js';
import { Policies } from '../policies/policies.js';
import { hashOf, isLater, project, type Projection } from './release.rules.js';
import { StoreSignals } from './store-signals.js';
import { documentRow, DOCUMENTS, type Release, RELEASES } from './release.schema.js';

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

const versionOf = ({ projection: { date }, hash }: Pick<Candidate, 'projection' | 'hash'>) => ({ date, hash });

/** Releases in one transaction: large enough to share its price, small enough to stay far from the server's limits. */
const CHUNK = 100;
/** Characters in one transaction, give or take one release: memory is bounded whatever their size. */
const LARGEST_CHUNK = 8 * 1024 * 1024;

/** Records releases and what the indicators say of them; idempotent and free of order per process. */
@Injectable()
export class ReleaseImport {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly transactions: Transactions,
    private readonly policies: Policies,
    private readonly clock: Clock,
    private readonly deals: Deals,
    private readonly outliers: Outliers,
    private readonly definitions: Definitions,
    private readonly signals: StoreSignals,
    private readonly groups: Groups,
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
    let characters = 0;
    const store = async (): Promise<void> => {
      const chunk = candidates;
      [candidates, characters] = [[], 0];
      const recorded = await this.again(async (tx) => {
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
        const text = JSON.stringify(release);
        characters += text.length;
        const full = candidates.push({ projection: result, release, hash: hashOf(text) }) === CHUNK;
        if (full || characters > LARGEST_CHUNK) await store();
      }
    if (candidates.length > 0) await store();
    if (report.recorded > 0) await this.outliers.askForLook();
    if (report.recorded > 0) await this.groups.ask();
    return { ...report, refused };
  }

  /** Two imports that bring the same process, or a sum that is new to both, at once: the one that loses looks again. */
  private async again<T>(work: (tx: Tx) => Promise<T>, attempts = 10): Promise<T> {
    try {
      return await this.transactions.run(work);
    } catch (error) {
      if (attempts > 1 && (isDuplicate(error) || error instanceof ConcurrentChange))
        return this.again(work, attempts - 1);
      throw error;
    }
  }

  /** One chunk; a process that stands in it twice is folded to its newest version first. */
  private async record(tx: Tx, chunk: Candidate[], origin: ReleaseOrigin): Promise<number> {
    const newest = new Map<string, Candidate>();
    for (const one of chunk) {
      const other = newest.get(one.projection.ocid);
      if (!other || isLater(versionOf(one), versionOf(other))) newest.set(one.projection.ocid, one);
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
    const later = [...newest.values()].filter((one) => {
      const before = stored.get(one.projection.ocid);
      return !before || isLater(versionOf(one), versionOf(before));
    });
    const definitions = await this.definitions.inForce(tx.session);
    const day = this.clock.today();
    const processes = later.map(({ projection: { ocid, areaCode }, release }) => {
      return { ocid, areaCode, origin, release, day };
    });
    const outcomes = await this.signals.judge(tx, definitions.filter(isOfProcess), processes);
    // What a process adds to the knowledge of all; nothing, once its tender is cancelled.
    const settings = settingsOn(definitions, day);
    const contributions: ContributionChange[] = [];
    for (const candidate of later) {
      const { ocid } = candidate.projection;
      this.store(tx, stored.get(ocid), { ...candidate, outcomes: outcomes.get(ocid)! }, origin);
      this.deals.record(tx, ocid, candidate.projection.areaCode, candidate.release);
      contributions.push({ ocid, after: contributionOf(candidate.release, settings) });
    }
    await this.outliers.take(tx, contributions);
    await this.groups.take(tx, processes);
    return contributions.length;
  }

  private store(
    tx: Tx,
    before: Release | undefined,
    { projection, hash, outcomes, release }: Candidate & { outcomes: Outcomes },
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
    const row = { areaCode, origin, hash, projection, outcomes };
    if (before) tx.remove(DOCUMENTS, { _id: ocid });
    tx.insert(DOCUMENTS, { ...documentRow(ocid, release) });
    if (before) change(tx, RELEASES, before, row, event);
    else create(tx, RELEASES, { _id: ocid, ...row }, event);
  }
}
