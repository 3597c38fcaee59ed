import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { addDays, CaseMovedV1 } from '@aiqyn/contracts';
import { type Left, Timers, type Tx } from '@aiqyn/platform';
import { APPEALS } from '../appeal-outcome/appeal.schema.js';
import { Uploads } from '../attach-file/uploads.js';
import { CaseKeys } from '../case-keys/case-keys.js';
import { type Case, CASES } from '../cases/case.schema.js';
import { move } from '../cases/case-states.rules.js';
import { HANDOVERS } from '../hand-over/handover.schema.js';
import { Policies } from '../policies/policies.js';
import { COMPLAINTS } from '../protect-reporter/complaint.schema.js';
import { MESSAGES } from '../talk-to-reporter/message.schema.js';
import { obstacles } from './retention.rules.js';

const RETENTION = 'retention';
/** Cases in one transaction; each brings its messages and what was merged into it. */
const AT_ONCE = 20;

/**
 * What a tombstone lacks. It keeps what statistics (day, region, category, mode, state, deadlines), transparency log (leaf),
 * ledger (reward) and the table of states need, and who must not know of it.
 */
const GONE: readonly (keyof Case)[] = [
  ...(['key', 'narrative', 'contact', 'organisationBin', 'allegedAmount', 'replyKey', 'dialogue'] as const),
  ...(['askedFrom', 'watch', 'overdue', 'extension', 'assignees', 'identityRequests', 'proposal'] as const),
  ...([
    'suspension',
    'attachments',
    'outcomeBy',
    'appeal',
    'withdrawn',
    'withdrawnDay',
    'legalHold',
    'purgeDay',
  ] as const),
];

/**
 * Purges closed cases whose retention is over and that nothing holds back: their keys are destroyed, so that copies of what
 * was sealed open no more, and what was sealed is removed. A row is its own timer (`purgeDay`); one stored timer looks each
 * day, whichever replica finds it.
 */
@Injectable()
export class PurgeCases {
  constructor(
    timers: Timers,
    @InjectConnection() private readonly connection: Connection,
    private readonly policies: Policies,
    private readonly keys: CaseKeys,
    private readonly uploads: Uploads,
  ) {
    timers.daily(RETENTION, (tx, today) => this.look(tx, today));
  }

  private async look(tx: Tx, today: string): Promise<Left> {
    const cases = this.connection.db!.collection<Case>(CASES);
    const due = await cases
      .find({ purgeDay: { $lte: today } }, { session: tx.session })
      .sort({ purgeDay: 1 })
      .limit(AT_ONCE)
      .toArray();
    for (const file of due) {
      const ids = (file.mergedFrom ?? []).map((one) => one.caseId);
      const merged = await cases.find({ _id: { $in: ids } }, { session: tx.session }).toArray();
      const [obstacle] = obstacles(file, merged, today);
      if (obstacle) this.leave(tx, file, obstacle, today);
      else await this.purge(tx, file, merged, today);
    }
    return due.length === AT_ONCE ? 'more' : 'done';
  }

  /** Looked at again later, so that what is held for years does not keep others waiting. */
  private leave(tx: Tx, { _id, version }: Case, reason: string, today: string): void {
    const purgeDay = addDays(today, this.policies.retention.lookAgainDays);
    tx.update(CASES, { _id, version }, { $set: { purgeDay } }, { mustMatch: true });
    tx.audit({ actor: RETENTION, action: 'case:purge', resource: _id, outcome: 'refused', reason });
  }

  private async purge(tx: Tx, file: Case, merged: readonly Case[], today: string): Promise<void> {
    const state = move(file.state, 'purged');
    const facts = { caseId: file._id, day: today, from: file.state, to: state, reason: 'retention-over' };
    const events = file.events + 1;
    tx.publish(Object.assign(new CaseMovedV1(), facts), events);
    await this.shred(tx, file, { state, events, purgedDay: today });
    // A merged report has no end of its own: its receipt tells the state of the lead case.
    for (const one of merged) await this.shred(tx, one, { purgedDay: today });
  }

  private async shred(tx: Tx, file: Case, set: Partial<Case>): Promise<void> {
    const db = this.connection.db!;
    const { _id, version, key } = file;
    const idsIn = async (collection: string): Promise<string[]> => {
      const found = db.collection<{ _id: string }>(collection);
      const rows = await found
        .find({ caseId: _id } as object, { session: tx.session, projection: { _id: 1 } })
        .toArray();
      return rows.map((row) => row._id);
    };
    for (const collection of [MESSAGES, APPEALS, HANDOVERS])
      for (const id of await idsIn(collection)) tx.remove(collection, { _id: id });
    // A complaint is a flow of its own, whose facts stay.
    for (const id of await idsIn(COMPLAINTS)) tx.update(COMPLAINTS, { _id: id }, { $unset: { account: true } });
    await this.uploads.forget(tx, _id);
    if (key) this.keys.forget(tx, key);
    const $unset = Object.fromEntries(GONE.map((field) => [field, true]));
    tx.update(CASES, { _id, version }, { $set: { ...set, version: version + 1 }, $unset }, { mustMatch: true });
    tx.audit({ actor: RETENTION, action: 'case:purge', resource: _id, outcome: 'done' });
  }
}
