import { Controller, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { type Caller, Can, change, Clock, Commands, From } from '@aiqyn/platform';
import { type Comment, COMMENTS } from '../comments/comment.schema.js';
import { mayWorkOn } from '../consultations/consultation-states.rules.js';
import { Consultations } from '../consultations/consultations.js';
import { POLICY_DOCUMENTS } from '../documents/document.schema.js';
import { Documents } from '../documents/documents.js';
import { ConsultationPolicies } from '../policies/consultation-policies.js';
import { mayClose } from './closing.rules.js';

/** A second person closes a consultation once each comment has its answer. */
@Controller('v1/consultations')
export class CloseConsultationController {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly commands: Commands,
    private readonly consultations: Consultations,
    private readonly documents: Documents,
    private readonly policies: ConsultationPolicies,
    private readonly clock: Clock,
  ) {}

  @Post(':id/closure')
  @HttpCode(200)
  @Can('consultation:close')
  close(@Param('id', ParseUUIDPipe) id: string, @From() caller: Caller): Promise<object> {
    return this.commands.run(caller, async (tx) => {
      const row = await this.consultations.changed(tx, id, caller.ifMatch);
      mayWorkOn(row.state, ['answering']);
      const rows = await this.connection
        .db!.collection<Comment>(COMMENTS)
        .find({ consultationId: id }, { session: tx.session, projection: { text: 0, anchors: 0 } })
        .toArray();
      const day = this.clock.today();
      const facts = rows.map(({ receiptNumber, state, hiddenDay, answers }) => ({
        ...{ receiptNumber, state, answeredBy: answers.map(({ by }) => by) },
        ...(hiddenDay === undefined ? {} : { hiddenDay }),
      }));
      mayClose(facts, caller.id, this.policies.of(row).appealDays, day);
      const closed = { day, by: caller.id };
      const version = this.consultations.move(tx, row, 'closed', caller.id, 'consultation:close', { closed });
      const document = await this.documents.changed(tx, row.documentId);
      change(tx, POLICY_DOCUMENTS, document, { consultation: undefined });
      return { consultationId: id, state: 'closed', comments: rows.length, version };
    });
  }
}
