import { timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { addDays, dayStartUtc } from '@aiqyn/contracts';
import { change, Clock, CONFIG, load, NotFound, Timers, type Tx } from '@aiqyn/platform';
import { type Case, CASES } from '../cases/case.schema.js';
import type { ReportingConfig } from '../config.js';
import { keyed, type Peppers, peppersOf } from '../receipt/pepper.rules.js';
import { dropped, NOTHING_TAKEN } from './attachment.rules.js';
import { type Attachment, ATTACHMENTS, CHUNKS, FILES } from './attachment.schema.js';

const LAPSE = 'attachment-lapse';
const REMOVAL = 'attachment-removal';

type Upload = Pick<Attachment, '_id' | 'caseId' | 'completeBy'>;

/** Uploads under way: who may go on with one, and what becomes of one that nobody completes. */
@Injectable()
export class Uploads {
  private readonly peppers: Peppers;

  constructor(
    @Inject(CONFIG) config: ReportingConfig,
    @InjectConnection() private readonly connection: Connection,
    private readonly clock: Clock,
    timers: Timers,
  ) {
    this.peppers = peppersOf(config);
    timers.on(LAPSE, (data, { tx }) => this.lapse(tx, String(data['attachmentId'])));
    timers.on(REMOVAL, async (data, { tx }) => {
      const row = await this.find(tx, String(data['attachmentId']));
      if (row) removeAttachment(tx, row);
    });
  }

  /** What stands for the receipt while chunks are sent, so that it is sent once; good for one upload until its last day. */
  tokenOf({ _id, caseId, completeBy }: Upload, pepper = this.peppers.present): string {
    return keyed(pepper, `upload\n${caseId}\n${_id}\n${completeBy}`);
  }

  /** The upload that a token is for; throws NotFound, alike for an unknown id, a wrong token and one whose day is over. */
  async held(tx: Tx, id: string, token: string | undefined): Promise<Attachment> {
    const row = await this.find(tx, id);
    const given = Buffer.from(token ?? '');
    const isRight = this.peppers.all.map((pepper) => {
      const right = Buffer.from(this.tokenOf(row ?? { _id: id, caseId: '', completeBy: '' }, pepper));
      return given.length === right.length && timingSafeEqual(given, right);
    });
    if (!isRight.includes(true)) throw new NotFound();
    if (!row || row.completeBy < this.clock.today()) throw new NotFound();
    return row;
  }

  /** The upload with that id, inside the transaction. */
  find(tx: Tx, id: string): Promise<Attachment | null> {
    const rows = this.connection.db!.collection<Attachment>(ATTACHMENTS);
    return rows.findOne({ _id: { $eq: id } }, { session: tx.session });
  }

  /** Drops the upload when it is not whole after its last day. */
  scheduleLapse(tx: Tx, { _id, completeBy }: Upload): void {
    tx.schedule(LAPSE, _id, dayStartUtc(addDays(completeBy, 1)), { attachmentId: _id });
  }

  cancelLapse(tx: Tx, id: string): void {
    tx.cancel(LAPSE, id);
  }

  /**
   * Destroys the header of each file of a case, and so its key, in this transaction; the chunks, which may be thousands and open
   * no more, go in one of their own.
   */
  async forget(tx: Tx, caseId: string): Promise<void> {
    const rows = this.connection.db!.collection<Attachment>(ATTACHMENTS).find({ caseId }, { session: tx.session });
    for (const { _id } of await rows.toArray()) {
      tx.update(ATTACHMENTS, { _id }, { $unset: { header: true } });
      tx.cancel(LAPSE, _id);
      tx.schedule(REMOVAL, _id, this.clock.now(), { attachmentId: _id });
    }
  }

  private async lapse(tx: Tx, id: string): Promise<void> {
    const row = await this.find(tx, id);
    if (row?.state !== 'open') return;
    const file = await load<Case>(tx, this.connection, CASES, row.caseId);
    change(tx, CASES, file, { attachments: dropped(file.attachments ?? NOTHING_TAKEN, row.chunks) });
    removeAttachment(tx, row);
    tx.audit({ actor: LAPSE, action: 'attachment:drop', resource: id, outcome: 'done' });
  }
}

/** Removes a file with its chunks, whole or not. */
export function removeAttachment(tx: Tx, { _id, next }: Attachment): void {
  for (let no = 0; no < next; no += 1) tx.remove(CHUNKS, { _id: `${_id}/${no}` });
  tx.remove(FILES, { _id });
  tx.remove(ATTACHMENTS, { _id, next }, { mustMatch: true });
}
