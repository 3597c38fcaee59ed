import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { MessageSentV1 } from '@aiqyn/contracts';
import { Clock, type Doc, type Tx } from '@aiqyn/platform';
import { CaseKeys } from '../case-keys/case-keys.js';
import type { Case } from '../cases/case.schema.js';
import type { Sealed } from '../sealing/sealing.js';
import { assertMayWrite, NO_DIALOGUE, type Side, written } from './dialogue.rules.js';
import { type Message, MESSAGES } from './message.schema.js';

export interface NewMessage {
  readonly messageId: string;
  readonly sealed: Sealed;
  readonly copy?: Sealed;
}

/** What a reader gets of a message: what is sealed to them. */
export interface ShownMessage {
  readonly messageId: string;
  readonly no: number;
  readonly from: Side;
  readonly day: string;
  readonly sealed?: Sealed;
  /** What is stored was changed or moved, and does not open. */
  readonly damaged?: true;
}

const placeOf = (messageId: string, part: 'sealed' | 'copy'): string => `message/${messageId}/${part}`;

/** Messages between a reporting person and the office, each sealed to who reads it. */
@Injectable()
export class Dialogues {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly keys: CaseKeys,
    private readonly clock: Clock,
  ) {}

  /** Gathers the message in the transaction; what must change on the case, and the event of it. */
  async write(
    tx: Tx,
    file: Case,
    from: Side,
    message: NewMessage,
  ): Promise<{ set: Doc; event: MessageSentV1; no: number }> {
    assertMayWrite(from, file.state);
    const key = await this.keys.of(file);
    const day = this.clock.today();
    const dialogue = written(file.dialogue ?? NO_DIALOGUE, from);
    const { messageId, sealed, copy } = message;
    const row = { _id: messageId, caseId: file._id, no: dialogue.messages, from, day };
    tx.insert(MESSAGES, {
      ...{ ...row, sealed: key.lock(placeOf(messageId, 'sealed'), sealed) },
      ...(copy ? { copy: key.lock(placeOf(messageId, 'copy'), copy) } : {}),
    });
    const event = Object.assign(new MessageSentV1(), { caseId: file._id, day, from });
    return { set: { dialogue }, event, no: dialogue.messages };
  }

  /** The messages of a case in their order: the other side's as they were sealed, the reader's own as copies. */
  async read(file: Case, by: Side): Promise<ShownMessage[]> {
    const messages = this.connection.db!.collection<Message>(MESSAGES);
    const rows = await messages.find({ caseId: file._id }).sort({ no: 1 }).toArray();
    if (rows.length === 0) return [];
    const key = await this.keys.of(file);
    return rows.map((row) => {
      const { _id: messageId, no, from, day } = row;
      const part = from === by ? 'copy' : 'sealed';
      const kept = row[part];
      return { messageId, no, from, day, ...(kept ? key.shown(placeOf(messageId, part), kept) : {}) };
    });
  }
}
