import { randomInt, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CommentReceivedV1 } from '@aiqyn/contracts';
import { type Caller, Clock, Commands, create } from '@aiqyn/platform';
import { COMMENTS } from '../comments/comment.schema.js';
import { receiptNumber } from '../comments/receipt-number.rules.js';
import { mayComment } from '../consultations/consultation-states.rules.js';
import { Consultations } from '../consultations/consultations.js';
import { Documents } from '../documents/documents.js';
import { ConsultationPolicies } from '../policies/consultation-policies.js';
import { placed } from './place.rules.js';
import type { SubmitComment } from './submit-comment.dto.js';

/** Sixteen digits that nobody can guess. */
const digits16 = (): string => [0, 0].map(() => String(randomInt(10 ** 8)).padStart(8, '0')).join('');

export interface CommentReceipt {
  readonly receiptNumber: string;
  readonly receivedDay: string;
}

/** Anybody comments, without a login; neither an address nor the hour is kept. */
@Injectable()
export class TakeComments {
  constructor(
    private readonly commands: Commands,
    private readonly consultations: Consultations,
    private readonly documents: Documents,
    private readonly policies: ConsultationPolicies,
    private readonly clock: Clock,
  ) {}

  async take(id: string, body: SubmitComment, caller: Caller): Promise<CommentReceipt> {
    // Its document and version never change; whether comments still come in is asked inside.
    const { documentId, documentVersion } = await this.consultations.of(id);
    const units = await this.documents.units(documentId, documentVersion);
    const commentId = randomUUID();
    const receipt = receiptNumber(digits16());
    // Those that arrive together share one transaction: they would otherwise conflict on the row that holds the consultation open.
    return this.commands.together(caller, async (tx) => {
      const row = await this.consultations.changed(tx, id);
      const day = this.clock.today();
      mayComment(row, day);
      const { text, anchor } = placed(body, documentVersion, units, this.policies.of(row));
      const { kind, region, language, unitId } = body;
      create(
        tx,
        COMMENTS,
        {
          ...{ _id: commentId, consultationId: id, documentId, receiptNumber: receipt, state: 'received' },
          ...{ receivedDay: day, kind, region, language, text },
          ...{ anchors: [anchor], anchoredIn: documentVersion, answers: [], moderation: [] },
        },
        Object.assign(new CommentReceivedV1(), { commentId, consultationId: id, day, unitId, language }),
      );
      this.consultations.hold(tx, row, 1);
      tx.audit({ actor: caller.id, action: 'comment:submit', resource: commentId, outcome: 'done' });
      return { receiptNumber: receipt, receivedDay: day };
    });
  }
}
