import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { change, Clock, Timers, type Tx } from '@aiqyn/platform';
import { addressOf, afterTry, type Tried } from './delivery.rules.js';
import { Mail } from './mail.js';
import { NoticePolicies } from './notice-policies.js';
import { type Notice, NOTICES } from './notice.schema.js';

const DELIVER = 'notice-delivery';
/** Notices that this process sent and whose row may not say so yet. */
const REMEMBERED = 10_000;

/** Hands stored notices to the mail server, again after a pause when that fails. */
@Injectable()
export class DeliverNotices {
  private readonly sentHere = new Set<string>();

  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly clock: Clock,
    private readonly mail: Mail,
    private readonly policies: NoticePolicies,
    timers: Timers,
  ) {
    timers.on(DELIVER, (data, { tx }) => this.deliver(tx, String(data['noticeId'])));
  }

  /** Where a new notice stands before its first try. */
  get initial(): 'pending' | 'off' {
    return this.mail.on ? 'pending' : 'off';
  }

  /** Has a notice sent as soon as it is stored. */
  begin(tx: Tx, noticeId: string): void {
    if (this.mail.on) tx.schedule(DELIVER, noticeId, this.clock.now(), { noticeId });
  }

  /**
   * The mail goes out before the row says so, as the two cannot be one: when the process dies in between it goes out again, under
   * the same Message-ID. What this process knows it sent, it does not send again.
   */
  private async deliver(tx: Tx, noticeId: string): Promise<void> {
    // Outside of the transaction, which would otherwise stay open as long as the mail server takes.
    const notice = await this.connection.db!.collection<Notice>(NOTICES).findOne({ _id: noticeId });
    if (!notice || notice.delivery !== 'pending') return;
    // No try, so none is counted.
    if (this.mail.rests) return this.later(tx, noticeId, 1);
    const next = afterTry(this.policies.delivery, notice.attempts, await this.attempt(notice));
    const { again, ...set } = next;
    change(tx, NOTICES, notice, { ...set, reason: next.reason });
    if (again !== undefined) this.later(tx, noticeId, again);
    tx.audit({ actor: DELIVER, action: 'notice:deliver', resource: noticeId, outcome: 'done', reason: next.delivery });
  }

  private later(tx: Tx, noticeId: string, minutes: number): void {
    tx.schedule(DELIVER, noticeId, new Date(this.clock.now().getTime() + minutes * 60_000), { noticeId });
  }

  private async attempt({ _id, kind, aboutId, day, toPosition, organisationBin }: Notice): Promise<Tried> {
    if (this.sentHere.has(_id)) return { sent: true };
    const to = addressOf(this.policies.addresses, toPosition, organisationBin);
    if (!to) return { sent: false, reason: 'no-address', forGood: true };
    const { kk, ru, en } = this.policies.texts[kind];
    const text = [kk, ru, en, '', `${kind} ${aboutId} ${day}`, ''].join('\n');
    const tried = await this.mail.send(_id, to, `Aiqyn: ${kind} ${day}`, text);
    if (tried.sent) {
      if (this.sentHere.size >= REMEMBERED) this.sentHere.clear();
      this.sentHere.add(_id);
    }
    return tried;
  }
}
