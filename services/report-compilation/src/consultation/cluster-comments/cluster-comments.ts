import { setImmediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { Clock, Timers } from '@aiqyn/platform';
import { type Comment, COMMENTS } from '../comments/comment.schema.js';
import { CONSULTATIONS } from '../consultations/consultation.schema.js';
import { CLUSTERS, Consultations } from '../consultations/consultations.js';
import { ConsultationPolicies } from '../policies/consultation-policies.js';
import { clustersOf, type DuplicateMeasure, type Looked, lookedAt } from './near-duplicates.rules.js';

/** Comments that are looked at before other work of the service gets its turn. */
const AT_ONCE = 50;

/** When comments no longer come in, those that say almost the same are put together, once. */
@Injectable()
export class ClusterComments {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly consultations: Consultations,
    private readonly policies: ConsultationPolicies,
    private readonly clock: Clock,
    timers: Timers,
  ) {
    timers.on(CLUSTERS, async (data, { tx }) => {
      const consultationId = String(data['consultationId']);
      const { duplicates } = this.policies.of(await this.consultations.of(consultationId));
      const clusters = await this.look(consultationId, duplicates);
      for (const [_id, cluster] of clusters)
        tx.update(COMMENTS, { _id, consultationId }, { $set: { cluster } }, { mustMatch: true });
      tx.update(
        CONSULTATIONS,
        { _id: consultationId },
        { $set: { clusteredDay: this.clock.today() } },
        { mustMatch: true },
      );
      tx.audit({ actor: CLUSTERS, action: 'comment:cluster', resource: consultationId, outcome: 'done' });
    });
  }

  /** Texts never change, and none comes in any more: they need not be read in the transaction. */
  private async look(consultationId: string, duplicates: DuplicateMeasure): Promise<ReadonlyMap<string, string>> {
    const looked: Looked[] = [];
    const rows = this.connection
      .db!.collection<Comment>(COMMENTS)
      .find({ consultationId }, { projection: { text: 1 } });
    for await (const { _id, text } of rows) {
      looked.push(lookedAt({ id: _id, text }, duplicates));
      if (looked.length % AT_ONCE === 0) await setImmediate();
    }
    return clustersOf(looked, duplicates);
  }
}
