import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection, mongo } from 'mongoose';
import { OutlierClearedV1, OutlierRaisedV1 } from '@aiqyn/contracts';
import { again, Clock, type Left, put, Timers, Transactions, type Tx } from '@aiqyn/platform';
import { Definitions } from '../indicators/definitions.js';
import { type IndicatorDefinition, settingsOn } from '../indicators/definition.rules.js';
import { since, turned } from '../indicators/lived.rules.js';
import { type Contribution, OUTLIER_CODES } from '../judge-portfolio/contribution.rules.js';
import { fencesOf, type Knowledge, type Share, type ShareGroup } from '../judge-portfolio/fences.rules.js';
import { added, realChanges, type Sum, SumChanges } from '../judge-portfolio/sums.rules.js';
import type { IndicatorSettings } from '../judge-process/indicator-settings.rules.js';
import type { Outcome } from '../judge-process/outcome.rules.js';
import {
  CONTRIBUTIONS,
  contributionOfRow,
  contributionRow,
  type FenceSnapshot,
  type Outlier,
  OUTLIERS,
  SNAPSHOTS,
  type StoredContribution,
  type StoredSum,
  SUMS,
} from './outlier.schema.js';
import { outlierId, type Verdict, verdictOfSum, verdictsOfGaps } from './verdict.rules.js';

/** Subjects that are judged in one transaction when a snapshot is applied. */
const AT_ONCE = 500;
/** A snapshot is taken anew when the number of processes changed by this share, or by so many while there are few. */
const [GROWTH, FEW] = [0.01, 8];
const LOOK = 'look-at-fences';
const APPLY = 'apply-fences';
/** Whoever took a snapshot applies it at once; the timer goes on where they did not get to the end. */
const NET_MS = 60_000;

/** By what is judged: the definitions, and the fences, if there are any yet. */
export interface Method {
  readonly definitions: readonly IndicatorDefinition[];
  readonly fences: FenceSnapshot | null;
}

/** The settings of a day, and the versions of the definitions that they are of. */
interface Day {
  readonly settings: IndicatorSettings;
  readonly versions: ReadonlyMap<string, number>;
  readonly day: string;
}

/** What a process added before, and what it adds now. */
export interface ContributionChange {
  readonly ocid: string;
  readonly before: StoredContribution | undefined;
  readonly after: Contribution | undefined;
}

/**
 * Who stands out among all. Sums are kept up as contributions come and go; a snapshot of the fences is taken when there is
 * enough new; whoever a change touches is judged by the newest snapshot in the same transaction, everybody when there is a new one.
 */
@Injectable()
export class Outliers {
  constructor(
    timers: Timers,
    @InjectConnection() private readonly connection: Connection,
    private readonly transactions: Transactions,
    private readonly definitions: Definitions,
    private readonly clock: Clock,
  ) {
    timers.daily('fences', async (tx) => {
      await this.look(tx);
      return 'done';
    });
    timers.on(LOOK, (_, { tx }) => this.look(tx));
    timers.on(APPLY, ({ snapshot }, { tx }) => this.applyNext(tx, snapshot as string));
  }

  private dayOf(definitions: readonly IndicatorDefinition[]): Day {
    const day = this.clock.today();
    const versions = new Map(definitions.map(({ code, version }): [string, number] => [code, version]));
    return { settings: settingsOn(definitions, day), versions, day };
  }

  private rows<T extends mongo.Document>(name: string): mongo.Collection<T> {
    return this.connection.db!.collection<T>(name);
  }

  /** The snapshot that is in force. */
  newest(session?: mongo.ClientSession): Promise<FenceSnapshot | null> {
    return this.rows<FenceSnapshot>(SNAPSHOTS).findOne({}, { sort: { no: -1 }, ...(session ? { session } : {}) });
  }

  /** Takes contributions in, in place of the earlier ones of the same processes, and judges whoever that touches. */
  async take(tx: Tx, changes: readonly ContributionChange[], { definitions, fences }: Method): Promise<void> {
    const { session } = tx;
    const deltas = new SumChanges();
    const others = changes.filter(({ ocid, before, after }) => {
      const row = after && contributionRow(ocid, after);
      if (isDeepStrictEqual(row, before)) return false;
      if (before) deltas.add(contributionOfRow(before), -1);
      if (after) deltas.add(after, 1);
      if (row) tx.replace(CONTRIBUTIONS, { ...row });
      else tx.remove(CONTRIBUTIONS, { _id: ocid });
      return true;
    });
    if (others.length === 0) return;
    const real = realChanges(deltas);
    const sums = new Map(
      (
        await this.rows<StoredSum>(SUMS)
          .find({ _id: { $in: [...real.keys()] } }, { session })
          .toArray()
      ).map(({ _id, ...sum }) => [_id, sum as Sum]),
    );
    const day = this.dayOf(definitions);
    const { settings } = day;
    const verdicts: Verdict[] = [];
    for (const [_id, delta] of real) {
      const sum = added(sums.get(_id), delta);
      if (sum) tx.update(SUMS, { _id }, { $set: sum }, { upsert: true });
      else tx.remove(SUMS, { _id });
      const verdict = fences ? verdictOfSum(delta, sum, fences.limits, settings) : undefined;
      if (verdict) verdicts.push(verdict);
    }
    if (!fences) return;
    for (const { ocid, after } of others)
      verdicts.push(...verdictsOfGaps(ocid, after?.gaps ?? [], fences.limits, settings));
    await this.write(tx, verdicts, fences._id, day);
  }

  /** Asks for a new snapshot, if there is enough new for one. */
  async askForLook(): Promise<void> {
    if (await this.isTimeForOne()) await this.transactions.run((tx) => this.lookSoon(tx));
  }

  /** Looks, after this transaction, whether there is enough new. */
  lookSoon(tx: Tx): void {
    tx.schedule(LOOK, 'due', this.clock.now());
  }

  private async isTimeForOne(): Promise<boolean> {
    const [newest, processes, versions] = await Promise.all([
      this.newest(),
      this.rows(CONTRIBUTIONS).estimatedDocumentCount(),
      this.versions(),
    ]);
    if (!newest) return processes >= FEW;
    if (newest.definitions.join() !== versions.join()) return true;
    return Math.abs(processes - newest.processes) >= Math.max(FEW, GROWTH * newest.processes);
  }

  private async versions(): Promise<string[]> {
    const all = (await this.definitions.inForce()).filter((d) => (OUTLIER_CODES as readonly string[]).includes(d.code));
    return all.map((d) => `${d.code}/${d.version}`).sort();
  }

  private async look(tx: Tx): Promise<void> {
    if (await this.isTimeForOne()) await this.takeSnapshot(tx, this.clock.now());
  }

  /** Takes a snapshot of the fences; what was there before is judged by it from `applyAt` on, some at a time. */
  async takeSnapshot(tx: Tx, applyAt: Date): Promise<FenceSnapshot> {
    const { settings } = this.dayOf(await this.definitions.inForce());
    const known = await this.known();
    const { limits, meta, noSpread } = fencesOf(known, settings);
    const snapshot: FenceSnapshot = {
      ...{ _id: randomUUID(), no: ((await this.newest())?.no ?? 0) + 1, day: this.clock.today() },
      ...{ processes: known.processes, method: 'HF8', fences: finite(meta), limits, noSpread: [...noSpread] },
      ...{ definitions: await this.versions(), next: 'sums', after: '' },
    };
    tx.insert(SNAPSHOTS, { ...snapshot });
    tx.schedule(APPLY, snapshot._id, applyAt, { snapshot: snapshot._id });
    return snapshot;
  }

  /** Takes one now and judges everybody by it, or by the one that a timer took meanwhile; returns how many stand out. */
  async tell(actor: string): Promise<{ snapshot: string; processes: number; outliers: number }> {
    // The timers may take or apply one at the same moment.
    const run = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => again(() => this.transactions.run(work));
    let inForce = await run((tx) => {
      tx.audit({ actor, action: 'outlier:tell', resource: 'fences', outcome: 'done' });
      return this.takeSnapshot(tx, new Date(this.clock.now().getTime() + NET_MS));
    });
    for (; inForce.next !== 'done'; inForce = (await this.newest())!) {
      const { _id } = inForce;
      while ((await run((tx) => this.applyNext(tx, _id))) === 'more');
    }
    const { _id: snapshot, processes } = inForce;
    return { snapshot, processes, outliers: await this.rows(OUTLIERS).countDocuments({ outcome: 'triggered' }) };
  }

  /** Judges the next ones by a snapshot; done as well when there is a newer one, which is applied instead. */
  private async applyNext(tx: Tx, _id: string): Promise<Left> {
    const { session } = tx;
    const snapshot = await this.newest(session);
    if (snapshot?._id !== _id || snapshot.next === 'done') return 'done';
    const method = this.dayOf(await this.definitions.inForce(session));
    const { settings } = method;
    const { next, after, limits } = snapshot;
    const page = { _id: { $gt: after } };
    const order = { sort: { _id: 1 }, limit: AT_ONCE, session } as const;
    const all: { readonly _id: string; readonly verdicts: readonly Verdict[] }[] = [];
    if (next === 'sums')
      for (const { _id: id, ...sum } of await this.rows<StoredSum>(SUMS).find(page, order).toArray()) {
        const verdict = verdictOfSum(sum, sum, limits, settings);
        all.push({ _id: id, verdicts: verdict ? [verdict] : [] });
      }
    else
      for (const row of await this.rows<StoredContribution>(CONTRIBUTIONS)
        .find({ ...page, 'gaps.0': { $exists: true } }, order)
        .toArray())
        all.push({ _id: row._id, verdicts: verdictsOfGaps(row._id, row.gaps, limits, settings) });
    const verdicts = all.flatMap((one) => one.verdicts);
    await this.write(tx, verdicts, _id, method);
    const step =
      all.length === AT_ONCE
        ? { after: all.at(-1)!._id }
        : { next: next === 'sums' ? ('gaps' as const) : ('done' as const), after: '' };
    tx.update(SNAPSHOTS, { _id, next, after }, { $set: step }, { mustMatch: true });
    return 'next' in step && step.next === 'done' ? 'done' : 'more';
  }

  /** Writes the signals that changed, and publishes those that are raised or cleared. */
  private async write(tx: Tx, verdicts: readonly Verdict[], snapshot: string, { versions, day }: Day): Promise<void> {
    const ids = verdicts.map(({ _id }) => _id);
    const stored = new Map(
      (
        await this.rows<Outlier>(OUTLIERS)
          .find({ _id: { $in: ids } }, { session: tx.session })
          .toArray()
      ).map((row) => [row._id, row]),
    );
    for (const { _id, group, subjectId, indicator, outcome, inputs } of verdicts) {
      const before = stored.get(_id);
      if (!before && outcome.state !== 'triggered') continue;
      if (before && isSame(before, outcome)) continue;
      const { state, value, reason, tenderers } = outcome;
      const row = {
        ...{
          group,
          subjectId,
          indicator,
          indicatorVersion: versions.get(indicator)!,
          day,
          outcome: state,
          snapshot,
          inputs,
          ...since(before, state, day),
        },
        ...{ value, reason, tenderers: tenderers && [...tenderers] },
      };
      const turn = turned(before, state);
      const common = { outlierId: outlierId(_id), day, indicator, snapshotId: snapshot };
      const event =
        turn === 'raised'
          ? Object.assign(new OutlierRaisedV1(), { ...common, group })
          : turn && Object.assign(new OutlierClearedV1(), common);
      put(tx, OUTLIERS, before, { _id, ...row }, event);
    }
  }

  /** Everything that the fences are computed of; some hundred bytes a subject and eight a gap are in memory at once. */
  private async known(): Promise<Knowledge & { readonly processes: number }> {
    const [wins, supplies, gaps]: [Share[], { processes: number; classes: number }[], number[]] = [[], [], []];
    const disqualified: Record<ShareGroup, Share[]> = { Buyer: [], ProcuringEntity: [], Tenderer: [] };
    const of = { wins, buyer: disqualified.Buyer, entity: disqualified.ProcuringEntity, bidder: disqualified.Tenderer };
    for await (const sum of this.rows<StoredSum>(SUMS).find({}, { projection: { _id: 0, id: 0 } }))
      if (sum.kind === 'supplier')
        supplies.push({ processes: sum.processes, classes: Object.keys(sum.classes).length });
      else of[sum.kind].push(sum);
    const withGaps = this.rows<StoredContribution>(CONTRIBUTIONS).find(
      { 'gaps.0': { $exists: true } },
      { projection: { 'gaps.ratio': 1 } },
    );
    for await (const row of withGaps) for (const { ratio } of row.gaps) gaps.push(ratio);
    const processes = await this.rows(CONTRIBUTIONS).countDocuments();
    return { gaps, wins, supplies, disqualified, processes };
  }
}

const isSame = (before: Outlier, { state, value, reason, tenderers }: Outcome): boolean =>
  before.outcome === state &&
  before.value === value &&
  before.reason === reason &&
  JSON.stringify(before.tenderers) === JSON.stringify(tenderers);

/** A fence of too few values is no number; it is left out. */
const finite = (meta: FenceSnapshot['fences']): FenceSnapshot['fences'] =>
  Object.fromEntries(
    Object.entries(meta).map(([code, values]) => [
      code,
      Object.fromEntries(Object.entries(values).filter(([, v]) => Number.isFinite(v))),
    ]),
  );
