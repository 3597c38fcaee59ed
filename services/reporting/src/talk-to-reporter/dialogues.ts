import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { MessageSentV1 } from '@aiqyn/contracts';
import { Clock, type Doc, type Tx } from '@aiqyn/platform';
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
}

/** Messages between a reporting person and the office, each sealed to who reads it. */
@Injectable()
export class Dialogues {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly clock: Clock,
  ) {}

  /** Gathers the message in the transaction; what must change on the case, and the event of it. */
  write(tx: Tx, file: Case, from: Side, message: NewMessage): { set: Doc; event: MessageSentV1; no: number } {
    assertMayWrite(from, file.state);
    const day = this.clock.today();
    const dialogue = written(file.dialogue ?? NO_DIALOGUE, from);
    const { messageId, sealed, copy } = message;
    const row = { _id: messageId, caseId: file._id, no: dialogue.messages, from, day, sealed };
    tx.insert(MESSAGES, { ...row, ...(copy ? { copy } : {}) });
    const event = Object.assign(new MessageSentV1(), { caseId: file._id, day, from });
    return { set: { dialogue }, event, no: dialogue.messages };
  }

  /** The messages of a case in their order: the other side's as they were sealed, the reader's own as copies. */
  async read(caseId: string, by: Side): Promise<ShownMessage[]> {
    const rows = await this.connection.db!.collection<Message>(MESSAGES).find({ caseId }).sort({ no: 1 }).toArray();
    return rows.map(({ _id: messageId, no, from, day, sealed, copy }) => {
      const readable = from === by ? copy : sealed;
      return { messageId, no, from, day, ...(readable ? { sealed: readable } : {}) };
    });
  }
}
