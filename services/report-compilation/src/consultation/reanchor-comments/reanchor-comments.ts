import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { Clock, Timers, type Tx } from '@aiqyn/platform';
import { type Comment, COMMENTS } from '../comments/comment.schema.js';
import { Documents } from '../documents/documents.js';
import { ConsultationPolicies } from '../policies/consultation-policies.js';
import { reanchored } from './anchor.rules.js';

const REANCHORS = 'comments-reanchor';
/** Comments in one transaction; the rest come in the next. */
const AT_ONCE = 250;

/** Finds each comment on a document again in the version that was published, some at a time, also when the service stops meanwhile. */
@Injectable()
export class ReanchorComments {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly documents: Documents,
    private readonly policies: ConsultationPolicies,
    private readonly clock: Clock,
    timers: Timers,
  ) {
    timers.on(REANCHORS, async (data, { tx }) => {
      const [documentId, documentVersion] = [String(data['documentId']), Number(data['documentVersion'])];
      // By the rules of the day: comments of several consultations may stand on one document.
      const { anchors: measure } = this.policies.on(this.clock.today());
      const units = await this.documents.units(documentId, documentVersion);
      const rows = await this.connection
        .db!.collection<Comment>(COMMENTS)
        .find({ documentId, anchoredIn: { $lt: documentVersion } }, { session: tx.session })
        .limit(AT_ONCE)
        .toArray();
      for (const { _id, anchors, anchoredIn } of rows) {
        const next = reanchored(anchors, documentVersion, units, measure);
        // What an office does with the comment meanwhile is left as it is: only the place is written.
        tx.update(
          COMMENTS,
          { _id, anchoredIn },
          { $push: { anchors: next }, $set: { anchoredIn: documentVersion } },
          { mustMatch: true },
        );
      }
      tx.audit({ actor: REANCHORS, action: 'comment:reanchor', resource: documentId, outcome: 'done' });
      return rows.length === AT_ONCE ? 'more' : 'done';
    });
  }

  begin(tx: Tx, documentId: string, documentVersion: number): void {
    tx.schedule(REANCHORS, documentId, this.clock.now(), { documentId, documentVersion });
  }
}
