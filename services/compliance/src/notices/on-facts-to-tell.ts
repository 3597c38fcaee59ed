import { createHash } from 'node:crypto';
import { Controller } from '@nestjs/common';
import { NoticeIssuedV1 } from '@aiqyn/contracts';
import { create, type EventContext, On } from '@aiqyn/platform';
import { DeliverNotices } from './deliver-notices.js';
import { NOTICED, noticeOf } from './notice-kinds.rules.js';
import { NOTICES } from './notice.schema.js';

/** What somebody must be told becomes a notice: stored, published, and sent where there is a mail server. */
@Controller()
export class OnFactsToTell {
  constructor(private readonly deliver: DeliverNotices) {}

  @On(...NOTICED)
  tell(event: object, { tx, envelope }: EventContext): void {
    const told = noticeOf(envelope.type, event);
    if (!told) return;
    // The same event is always the same notice, however often it comes.
    const noticeId = `notice-${createHash('sha256').update(envelope.id).digest('hex').slice(0, 32)}`;
    const row = { _id: noticeId, ...told, delivery: this.deliver.initial, attempts: 0 };
    create(tx, NOTICES, row, Object.assign(new NoticeIssuedV1(), { noticeId, ...told }));
    this.deliver.begin(tx, noticeId);
    tx.audit({
      actor: 'on-facts-to-tell',
      action: 'notice:issue',
      resource: noticeId,
      outcome: 'done',
      reason: told.kind,
    });
  }
}
