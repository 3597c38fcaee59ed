import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { type ReleaseOrigin, ReleaseRecordedV1 } from '@aiqyn/contracts';
import { again, type Caller, Clock, put, Transactions, type Tx } from '@aiqyn/platform';
import { Definitions } from '../indicators/definitions.js';
import { isOfProcess, settingsOn } from '../indicators/definition.rules.js';
import { Deals } from '../deals/deals.js';
import { Groups } from '../judge-groups/groups.js';
import { contributionOf } from '../judge-portfolio/contribution.rules.js';
import { type ContributionChange, type Method, Outliers } from '../tell-outliers/outliers.js';
import type { Outcomes } from '../indicators/signal.rules.js';
import { Policies } from '../policies/policies.js';
import { type Entries, type ImportReport, takeStream } from '../read-release/take-stream.js';
import { hashOf, isLater, project, type Projection, type Refusal } from './release.rules.js';
import { StoreSignals } from './store-signals.js';
import { documentRow, DOCUMENTS, type Release, RELEASES } from './release.schema.js';
import { StoredProcesses } from './stored-processes.js';

interface Candidate {
  readonly projection: Projection;
  readonly release: unknown;
  readonly hash: string;
}

const versionOf = ({ projection: { date }, hash }: Pick<Candidate, 'projection' | 'hash'>) => ({ date, hash });

/** What a chunk changed. */
interface Recorded {
  /** Processes recorded. */
  readonly count: number;
  /** Groups of purchases of which something else may be said. */
  readonly groups: number;
  /** Processes that the knowledge of all has more, or fewer. */
  readonly moved: number;
}
const NOTHING: Recorded = { count: 0, groups: 0, moved: 0 };
const both = (a: Recorded, b: Recorded): Recorded => ({
  ...{ count: a.count + b.count, groups: a.groups + b.groups, moved: a.moved + b.moved },
});

/** Records releases and what the indicators say of them; idempotent and free of order per process. */
@Injectable()
export class ReleaseImport {
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly transactions: Transactions,
    private readonly policies: Policies,
    private readonly clock: Clock,
    private readonly deals: Deals,
    private readonly processes: StoredProcesses,
    private readonly outliers: Outliers,
    private readonly definitions: Definitions,
    private readonly signals: StoreSignals,
    private readonly groups: Groups,
  ) {}

  /** Takes releases in; whoever they touch together is judged afterwards, also when the stream broke off. */
  async run(entries: Entries, origin: ReleaseOrigin, caller: Caller): Promise<ImportReport> {
    let recorded = NOTHING;
    let asked = false;
    const store = async (chunk: readonly Candidate[], last: boolean): Promise<number> => {
      const enter = async (tx: Tx): Promise<Recorded> => {
        const now = await this.enter(tx, chunk, origin, caller);
        // In the transaction of the last ones: one of its own would cost as much as recording a release.
        if (last && recorded.groups + now.groups > 0) this.groups.judgeSoon(tx);
        return now;
      };
      const now = await this.inTurn(() => again(() => this.transactions.run(enter), 10));
      recorded = both(recorded, now);
      asked = last;
      return now.count;
    };
    try {
      return await takeStream(entries, (release) => this.read(release, origin), store);
    } finally {
      if (recorded.groups > 0 && !asked) await this.groups.ask();
      if (recorded.moved > 0) await this.outliers.askForLook();
    }
  }

  private read(release: unknown, origin: ReleaseOrigin): { thing: Candidate; characters: number } | Refusal {
    const projection = project(release, { origin, areaOf: this.policies.areaOf, regionOf: this.policies.regionOf });
    if ('code' in projection) return projection;
    const text = JSON.stringify(release);
    return { thing: { projection, release, hash: hashOf(text) }, characters: text.length };
  }

  private async enter(tx: Tx, chunk: readonly Candidate[], origin: ReleaseOrigin, caller: Caller): Promise<Recorded> {
    const recorded = await this.record(tx, chunk, origin);
    const { count } = recorded;
    if (count > 0)
      tx.audit({ actor: caller.id, action: 'release:import', resource: `${count} releases`, outcome: 'done' });
    return recorded;
  }

  /**
   * One chunk at a time in this process: all of them touch the sums of the same buyers, and side by side each would undo the
   * others (forty at once took in 13 releases a second, measured).
   */
  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.last.then(work);
    this.last = mine.catch(() => undefined);
    return mine;
  }

  /** One chunk; a process that stands in it twice is folded to its newest version first. */
  private async record(tx: Tx, chunk: readonly Candidate[], origin: ReleaseOrigin): Promise<Recorded> {
    const newest = new Map<string, Candidate>();
    for (const one of chunk) {
      const other = newest.get(one.projection.ocid);
      if (!other || isLater(versionOf(one), versionOf(other))) newest.set(one.projection.ocid, one);
    }
    const stored = await this.processes.read(tx, [...newest.keys()]);
    const later = [...newest.values()].filter((one) => {
      const before = stored.get(one.projection.ocid)?.release;
      return !before || isLater(versionOf(one), versionOf(before));
    });
    if (later.length === 0) return NOTHING;
    const [method, flags] = await Promise.all([this.method(), this.signals.stored(tx, [...stored.keys()])]);
    const { definitions } = method;
    const day = this.clock.today();
    const processes = later.map(({ projection: { ocid, areaCode }, release }) => {
      return { ocid, areaCode, origin, release, day, before: stored.get(ocid)?.purchase };
    });
    const outcomes = this.signals.judge(tx, definitions.filter(isOfProcess), processes, flags);
    // What a process adds to the knowledge of all; nothing, once its tender is cancelled.
    const settings = settingsOn(definitions, day);
    const contributions: ContributionChange[] = [];
    for (const candidate of later) {
      const { ocid, areaCode } = candidate.projection;
      const { release, contribution } = stored.get(ocid) ?? {};
      const deal = this.deals.record(tx, ocid, areaCode, candidate.release, release?.deal);
      this.store(tx, release, { ...candidate, outcomes: outcomes.get(ocid)!, deal }, origin);
      contributions.push({ ocid, before: contribution, after: contributionOf(candidate.release, settings) });
    }
    await this.outliers.take(tx, contributions, method);
    const groups = this.groups.take(tx, processes);
    const moved = contributions.filter(({ before, after }) => !before !== !after).length;
    return { count: contributions.length, groups, moved };
  }

  /**
   * By what is judged. Not of the transaction, so that it is read beside what is; but once that has begun, so that it is never older:
   * fences that were applied to everybody between the two would be missed. A definition that comes into force afterwards is missed
   * either way, and its replay waits for imports that are under way.
   */
  private async method(): Promise<Method> {
    const [definitions, fences] = await Promise.all([this.definitions.inForce(), this.outliers.newest()]);
    return { definitions, fences };
  }

  private store(
    tx: Tx,
    before: Release | undefined,
    { projection, hash, outcomes, deal, release }: Candidate & { outcomes: Outcomes; deal: string },
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
    const row = { areaCode, origin, hash, projection, outcomes, deal };
    tx.replace(DOCUMENTS, { ...documentRow(ocid, release) });
    put(tx, RELEASES, before, { _id: ocid, ...row }, event);
  }
}
