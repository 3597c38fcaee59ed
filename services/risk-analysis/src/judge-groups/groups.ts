import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection, mongo } from 'mongoose';
import { PatternClearedV1, PatternRaisedV1 } from '@aiqyn/contracts';
import { Clock, type Left, put, Timers, Transactions, type Tx } from '@aiqyn/platform';
import { isOfGroup, parametersOn } from '../indicators/definition.rules.js';
import { Definitions } from '../indicators/definitions.js';
import { since, turned } from '../indicators/lived.rules.js';
import { notApplicable } from '../judge-process/outcome.rules.js';
import { Policies } from '../policies/policies.js';
import { type GroupCode, type GroupVerdict, judgeGroup } from './group-indicators.rules.js';
import { type GroupPurchase, groupPurchaseOf, groupsChanged, groupsOf, kindOf } from './group-purchase.rules.js';
import { DUE_GROUPS, type DueGroup, type Pattern, PATTERNS, PURCHASES, type StoredPurchase } from './group.schema.js';

/** Groups that are judged in one transaction. */
const AT_ONCE = 200;
const JUDGE = 'judge-groups';
/** A verdict and the version that gave it. */
type Versioned = GroupVerdict & { readonly indicatorVersion: number };

/** A release, and the purchase that is stored of its process. */
export interface PurchaseChange {
  readonly ocid: string;
  readonly release: unknown;
  readonly before: StoredPurchase | undefined;
}

/**
 * Indicators over many purchases: a buyer's year, an item's quarter, a pair of bidders. A release only notes which groups it
 * changed; they are judged afterwards from what is stored, each once however many releases changed it, so that neither order
 * nor repetition matters. A stored timer does it, and goes on after a crash.
 */
@Injectable()
export class Groups {
  constructor(
    timers: Timers,
    @InjectConnection() private readonly connection: Connection,
    private readonly transactions: Transactions,
    private readonly definitions: Definitions,
    private readonly policies: Policies,
    private readonly clock: Clock,
  ) {
    timers.on(JUDGE, (_, { tx }) => this.judgeNext(tx));
    timers.daily('groups-left', (tx) => this.judgeNext(tx));
  }

  private rows<T extends mongo.Document>(name: string): mongo.Collection<T> {
    return this.connection.db!.collection<T>(name);
  }

  /**
   * Takes releases in, in place of the earlier ones of the same processes; returns of how many groups something else may be said.
   * @param anew all their groups are judged, also those that a release changes nothing of: the indicators did
   */
  take(tx: Tx, releases: readonly PurchaseChange[], anew = false): number {
    const touched = new Set<string>();
    for (const { ocid, release, before } of releases) {
      const purchase = groupPurchaseOf(ocid, release);
      const changed = groupsChanged(before?.purchase, purchase);
      const groups = purchase ? groupsOf(purchase) : [];
      for (const group of changed) touched.add(group);
      if (anew) for (const group of groups) touched.add(group);
      // Also what no group reads: the row is what the newest version says.
      if (purchase && !isDeepStrictEqual(purchase, before?.purchase))
        tx.replace(PURCHASES, { _id: ocid, groups, purchase });
      else if (!purchase && before) tx.remove(PURCHASES, { _id: ocid });
    }
    for (const _id of touched) tx.update(DUE_GROUPS, { _id }, { $inc: { changes: 1 } }, { upsert: true });
    return touched.size;
  }

  /** Asks for what is due to be judged. */
  ask(): Promise<void> {
    return this.transactions.run((tx) => this.judgeSoon(tx));
  }

  /** The same, after this transaction. */
  judgeSoon(tx: Tx): void {
    tx.schedule(JUDGE, 'due', this.clock.now());
  }

  private async judgeNext(tx: Tx): Promise<Left> {
    const { session } = tx;
    const due = await this.rows<DueGroup>(DUE_GROUPS).find({}, { limit: AT_ONCE, session }).toArray();
    const definitions = (await this.definitions.inForce(session)).filter(isOfGroup);
    const day = this.clock.today();
    const keys = due.map(({ _id }) => _id);
    const rows = await this.rows<StoredPurchase>(PURCHASES)
      .find({ groups: { $in: keys } }, { session })
      .toArray();
    const patterns = await this.rows<Pattern>(PATTERNS)
      .find({ group: { $in: keys } }, { session })
      .toArray();
    const members = new Map<string, GroupPurchase[]>(keys.map((key) => [key, []]));
    for (const { groups, purchase } of rows) for (const group of groups) members.get(group)?.push(purchase);
    for (const { _id, changes } of due) {
      const purchases = members.get(_id)!;
      const verdicts = definitions.flatMap((definition): Versioned[] => {
        const values = parametersOn(definition, day);
        if (!values) return [];
        const said = judgeGroup(definition.code, _id, purchases, values, this.policies.mci);
        return said.map((verdict) => ({ ...verdict, indicatorVersion: definition.version }));
      });
      const stored = patterns.filter(({ group }) => group === _id);
      this.write(tx, _id, stored, verdicts, day);
      tx.remove(DUE_GROUPS, { _id, changes }, { mustMatch: true });
    }
    return due.length === AT_ONCE ? 'more' : 'done';
  }

  /** Writes the patterns of a group that changed, and publishes those that are raised or cleared. */
  private write(tx: Tx, group: string, stored: readonly Pattern[], verdicts: readonly Versioned[], day: string): void {
    const before = new Map(stored.map((row) => [row._id, row]));
    const now = new Map(verdicts.map((one) => [idOf(group, one.code, one.subjectId), one]));
    // What nobody says anything of any more: its purchases are gone.
    for (const [_id, row] of before)
      if (!now.has(_id)) {
        const { indicator, subjectId, indicatorVersion } = row;
        const gone = { code: indicator as GroupCode, subjectId, indicatorVersion, inputs: {} };
        now.set(_id, { ...gone, outcome: notApplicable('no-purchases') });
      }
    for (const [_id, { code: indicator, subjectId, outcome, inputs, indicatorVersion }] of now) {
      const earlier = before.get(_id);
      const { state, value, reason } = outcome;
      if (!earlier && state !== 'triggered') continue;
      if (
        earlier?.outcome === state &&
        earlier.indicatorVersion === indicatorVersion &&
        JSON.stringify(earlier.inputs) === JSON.stringify(inputs)
      )
        continue;
      const said = { indicator, indicatorVersion, day, outcome: state, value, reason, inputs };
      const row = { group, subjectId, ...said, ...since(earlier, state, day) };
      const turn = turned(earlier, state);
      const common = { patternId: _id, day, indicator };
      const event =
        turn === 'raised'
          ? Object.assign(new PatternRaisedV1(), { ...common, kind: kindOf(group) })
          : turn && Object.assign(new PatternClearedV1(), common);
      put(tx, PATTERNS, earlier, { _id, ...row }, event);
    }
  }
}

/** Tells nobody whom it is about: a bidder may be a person. */
const idOf = (group: string, code: string, subjectId: string): string =>
  createHash('sha256')
    .update(JSON.stringify([group, code, subjectId]))
    .digest('hex')
    .slice(0, 32);
