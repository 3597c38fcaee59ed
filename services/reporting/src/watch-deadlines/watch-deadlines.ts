import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { DeadlineMissedV1, DeadlineNearV1 } from '@aiqyn/contracts';
import { change, type Left, Timers, type Tx } from '@aiqyn/platform';
import { CASES, type ReportedCase } from '../cases/case.schema.js';
import { Policies } from '../policies/policies.js';
import { cameAbout, overdueAfter } from './deadlines.rules.js';

const DEADLINES = 'deadlines';
/** Cases in one transaction. */
const AT_ONCE = 100;

/**
 * Looks each day at what has become due. A case is its own timer (`watch`), so that a report costs no second row; one
 * stored timer for all of them fires once a day, whichever replica finds it, also when the service was down meanwhile.
 */
@Injectable()
export class WatchDeadlines {
  constructor(
    timers: Timers,
    @InjectConnection() private readonly connection: Connection,
    private readonly policies: Policies,
  ) {
    timers.daily(DEADLINES, (tx, today) => this.look(tx, today));
  }

  private async look(tx: Tx, today: string): Promise<Left> {
    const due = await this.connection
      .db!.collection<ReportedCase>(CASES)
      .find({ 'watch.day': { $lte: today } }, { session: tx.session })
      .sort({ 'watch.day': 1 })
      .limit(AT_ONCE)
      .toArray();
    for (const file of due) this.note(tx, file, today);
    return due.length === AT_ONCE ? 'more' : 'done';
  }

  private note(tx: Tx, file: ReportedCase, today: string): void {
    const { _id: caseId, acknowledgeBy, feedbackBy } = file;
    const { happened, next } = cameAbout(this.policies.deadlines, file, today);
    const events = happened.map(({ day, deadline, kind }) =>
      Object.assign(kind === 'missed' ? new DeadlineMissedV1() : new DeadlineNearV1(), {
        ...{ caseId, day, deadline },
        dueDay: deadline === 'acknowledgement' ? acknowledgeBy : feedbackBy,
      }),
    );
    const missed = happened.filter((w) => w.kind === 'missed').map((w) => w.deadline);
    change(tx, CASES, file, { watch: next ?? null, overdue: overdueAfter(file.overdue, { missed }) }, ...events);
    for (const { deadline, kind } of happened)
      tx.audit({ actor: DEADLINES, action: `deadline:${kind}`, resource: caseId, outcome: 'done', reason: deadline });
  }
}
