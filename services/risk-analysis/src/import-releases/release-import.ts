import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { FlagClearedV1, FlagRaisedV1, type ReleaseOrigin, ReleaseRecordedV1 } from '@aiqyn/contracts';
import { type Caller, change, Clock, create, Transactions, type Tx } from '@aiqyn/platform';
import { type Flag, FLAGS } from '../indicators/flag.schema.js';
import { evaluateSingleBid, type Evaluation } from '../indicators/single-bid.rules.js';
import { Policies } from '../policies/policies.js';
import { project, type Projection } from './release.rules.js';
import { type Release, RELEASES } from './release.schema.js';

/** One release of what was handed in; without it where the line was not JSON. */
export interface Entry {
  /** Counted from 1. */
  readonly line: number;
  readonly release?: unknown;
}

export interface ImportReport {
  readonly recorded: number;
  /** The same version as stored, or an older one. */
  readonly unchanged: number;
  readonly refused: { readonly line: number; readonly code: string; readonly path: string }[];
}

interface Candidate {
  readonly projection: Projection;
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
  ) {}

  async run(entries: Entry[], origin: ReleaseOrigin, caller: Caller): Promise<ImportReport> {
    const refused: ImportReport['refused'] = [];
    const candidates: Candidate[] = [];
    for (const { line, release } of entries) {
      if (release === undefined) {
        refused.push({ line, code: 'not_json', path: '' });
        continue;
      }
      const result = project(release, { origin, areaOf: this.policies.areaOf });
      if ('code' in result) refused.push({ line, code: result.code, path: result.path });
      else
        candidates.push({
          projection: result,
          hash: createHash('sha256').update(JSON.stringify(release)).digest('base64url'),
        });
    }
    let recorded = 0;
    for (let i = 0; i < candidates.length; i += CHUNK) {
      const chunk = candidates.slice(i, i + CHUNK);
      recorded += await this.transactions.run(async (tx) => {
        const count = await this.record(tx, chunk, origin);
        if (count > 0) {
          tx.audit({ actor: caller.id, action: 'release:import', resource: `${count} releases`, outcome: 'done' });
        }
        return count;
      });
    }
    return { recorded, unchanged: candidates.length - recorded, refused };
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
    for (const { projection, hash } of newest.values()) {
      const before = stored.get(projection.ocid);
      if (before && (before.hash === hash || before.projection.date >= projection.date)) continue;
      this.store(tx, before, projection, hash, origin);
      this.judge(tx, flags.get(`${projection.ocid}:${this.policies.singleBid.code}`), projection, origin);
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

  /** A signal is published only when it changes: raised, or cleared by a later version. */
  private judge(tx: Tx, before: Flag | undefined, projection: Projection, origin: ReleaseOrigin): void {
    const definition = this.policies.singleBid;
    const evaluation: Evaluation = evaluateSingleBid(definition, projection);
    const { ocid, areaCode } = projection;
    const _id = `${ocid}:${definition.code}`;
    const common = { flagId: _id, ocid, day: this.clock.today(), indicator: definition.code };
    const was = before?.outcome === 'triggered';
    const is = evaluation.outcome === 'triggered';
    const event =
      is && !was
        ? Object.assign(new FlagRaisedV1(), { ...common, indicatorVersion: definition.version, areaCode, origin })
        : was && !is
          ? Object.assign(new FlagClearedV1(), common)
          : undefined;
    const row = {
      ocid,
      indicator: definition.code,
      indicatorVersion: definition.version,
      areaCode,
      origin,
      outcome: evaluation.outcome,
      evidence: evaluation.evidence,
    };
    if (!before) create(tx, FLAGS, { _id, ...row }, event);
    else change(tx, FLAGS, before, row, ...(event ? [event] : []));
  }
}
