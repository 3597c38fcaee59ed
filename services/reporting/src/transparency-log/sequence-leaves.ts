import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { TreeHeadSignedV1 } from '@aiqyn/contracts';
import { change, create, type Doc, type Left, Timers, type Tx } from '@aiqyn/platform';
import { type Case, CASES } from '../cases/case.schema.js';
import { LOG, LOG_ENTRIES, LOG_ID, type Log, TREE_HEADS } from './log.schema.js';
import { LogKey } from './log-key.js';
import { append } from './merkle.rules.js';

const SEQUENCING = 'transparency-log';
/**
 * Leaves in one transaction, and under one head. The least of all that are due are looked for each time, in no index, since each report
 * would write to a random place of it: 0.14 s with 100,000 due.
 */
const AT_ONCE = 500;

/**
 * Puts the leaves of a day into the tree when the day is over, in the order of their hashes, which is that of chance: a
 * place in the log would else tell when within the day a report came. One stored timer does it; its row is removed in the
 * transaction of its effect, so that of two replicas only one sequences.
 */
@Injectable()
export class SequenceLeaves {
  constructor(
    timers: Timers,
    @InjectConnection() private readonly connection: Connection,
    private readonly key: LogKey,
  ) {
    timers.daily(SEQUENCING, (tx, today) => this.sequence(tx, today));
  }

  private async sequence(tx: Tx, today: string): Promise<Left> {
    const db = this.connection.db!;
    const due = await db
      .collection<Case>(CASES)
      .find({ sequenceFrom: { $lte: today } }, { session: tx.session, projection: { leaf: 1, receivedDay: 1 } })
      .sort({ sequenceFrom: 1, leaf: 1 })
      .limit(AT_ONCE)
      .toArray();
    if (due.length === 0) return 'done';
    const log = await db.collection<Log>(LOG).findOne({ _id: LOG_ID }, { session: tx.session });
    const { entries, frontier } = append(
      log?.size ?? 0,
      log?.frontier ?? [],
      due.map((file) => file.leaf!),
    );
    for (const { index, leaf, nodes, root } of entries) tx.insert(LOG_ENTRIES, { _id: index, leaf, nodes, root });
    // Not a change of the case: its version stays, and nobody's If-Match is spoilt.
    for (const { _id } of due) tx.update(CASES, { _id }, { $unset: { sequenceFrom: true } });
    const { index, root } = entries.at(-1)!;
    const size = index + 1;
    // A leaf that was committed after midnight comes late; the day of the heads never goes back.
    const day = [log?.day ?? '', ...due.map((file) => file.receivedDay)].sort().at(-1)!;
    const number = (log?.events ?? 0) + 1;
    tx.insert(TREE_HEADS, { _id: size, number, day, root, checkpoint: this.key.checkpoint(size, root) });
    const head = { logId: LOG_ID, day, treeSize: size, rootHash: root, keyId: this.key.id };
    const event = Object.assign(new TreeHeadSignedV1(), head);
    const state: Doc = { size, day, frontier };
    if (log) change(tx, LOG, log, state, event);
    else create(tx, LOG, { _id: LOG_ID, ...state }, event);
    tx.audit({ actor: SEQUENCING, action: 'tree-head:sign', resource: LOG_ID, outcome: 'done' });
    return due.length === AT_ONCE ? 'more' : 'done';
  }
}
