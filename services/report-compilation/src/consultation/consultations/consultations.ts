import { Injectable } from '@nestjs/common';
import { InjectConnection, InjectModel } from '@nestjs/mongoose';
import type { Connection, Model } from 'mongoose';
import { addDays, ConsultationMovedV1, dayStartUtc } from '@aiqyn/contracts';
import {
  change,
  Clock,
  type Doc,
  load,
  NotFound,
  type Page,
  pageById,
  type PageQuery,
  Timers,
  type Tx,
} from '@aiqyn/platform';
import { POLICY_DOCUMENTS } from '../documents/document.schema.js';
import { Documents } from '../documents/documents.js';
import { type ConsultationState, moveConsultation } from './consultation-states.rules.js';
import { Consultation, CONSULTATIONS } from './consultation.schema.js';

const OPENS = 'consultation-opens';
const ENDS = 'consultation-ends';
export const CLUSTERS = 'consultation-clusters';

/** What is said of a consultation each time that it moves. */
export const movedEvent = (
  { _id, documentId, documentVersion, firstDay, lastDay, comments }: Omit<Consultation, 'version' | 'events'>,
  to: ConsultationState,
  day: string,
  from?: ConsultationState,
): object =>
  Object.assign(new ConsultationMovedV1(), {
    ...{ consultationId: _id, documentId, documentVersion, firstDay, lastDay, comments, day, to },
    ...(from ? { from } : {}),
  });

/** The one way in which a consultation goes on: state, event, audit entry; and its two stored timers. */
@Injectable()
export class Consultations {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    @InjectModel(Consultation.name) private readonly rows: Model<Consultation>,
    private readonly documents: Documents,
    private readonly clock: Clock,
    timers: Timers,
  ) {
    timers.on(OPENS, async ({ consultationId }, { tx }) => {
      const row = await this.changed(tx, String(consultationId));
      this.move(tx, row, 'open', OPENS, OPENS);
      this.watchEnd(tx, row);
    });
    timers.on(ENDS, async ({ consultationId }, { tx }) => {
      const row = await this.changed(tx, String(consultationId));
      this.move(tx, row, 'answering', ENDS, ENDS);
      const document = await this.documents.changed(tx, row.documentId);
      change(tx, POLICY_DOCUMENTS, document, {
        consultation: { consultationId: row._id, receiving: false },
      });
      tx.schedule(CLUSTERS, row._id, this.clock.now(), { consultationId: row._id });
    });
  }

  /** One that is changed; throws NotFound, ConcurrentChange. */
  changed(tx: Tx, id: string, ifMatch?: number): Promise<Consultation> {
    return load<Consultation>(tx, this.connection, CONSULTATIONS, id, ifMatch);
  }

  /** Throws NotFound. */
  async of(id: string): Promise<Consultation> {
    const found = await this.rows.findOne({ _id: { $eq: id } }).lean<Consultation>();
    if (!found) throw new NotFound();
    return found;
  }

  /** Those that take comments now, the one that ends first at the head. */
  open(): Promise<Consultation[]> {
    return this.rows.find({ state: 'open' }).sort({ lastDay: 1, _id: 1 }).limit(50).lean<Consultation[]>();
  }

  async page(query: PageQuery): Promise<Page<Consultation>> {
    return (await pageById(this.rows, query)) as Page<Consultation>;
  }

  watch(tx: Tx, row: Pick<Consultation, '_id' | 'firstDay' | 'lastDay' | 'state'>): void {
    if (row.state === 'announced') tx.schedule(OPENS, row._id, dayStartUtc(row.firstDay), { consultationId: row._id });
    else this.watchEnd(tx, row);
  }

  /**
   * Holds the consultation in its state until the transaction ends: a step of a comment and the end of reception, or the closing,
   * that happen at once conflict, and the later one looks again.
   */
  hold(tx: Tx, { _id, state }: Pick<Consultation, '_id' | 'state'>, comments = 0): void {
    tx.update(CONSULTATIONS, { _id, state }, { $inc: { steps: 1, comments } }, { mustMatch: true });
  }

  /** Throws RuleError `illegal_transition`. */
  move(tx: Tx, row: Consultation, to: ConsultationState, actor: string, action: string, set: Doc = {}): number {
    moveConsultation(row.state, to);
    tx.audit({ actor, action, resource: row._id, outcome: 'done', reason: to });
    const event = movedEvent(row, to, this.clock.today(), row.state);
    // The counts are of the row as it was read; a step in between conflicts with this one.
    return change(tx, CONSULTATIONS, row, { ...set, state: to }, event);
  }

  private watchEnd(tx: Tx, { _id, lastDay }: Pick<Consultation, '_id' | 'lastDay'>): void {
    tx.schedule(ENDS, _id, dayStartUtc(addDays(lastDay, 1)), { consultationId: _id });
  }
}
