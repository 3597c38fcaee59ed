import { randomUUID } from 'node:crypto';
import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { CaseMovedV1, RuleError } from '@aiqyn/contracts';
import { type Caller, change, Clock, Commands, CONFIG, From, load, Public } from '@aiqyn/platform';
import { type Case, CASES } from '../cases/case.schema.js';
import type { ReportingConfig } from '../config.js';
import { assertNotPurged } from '../purge-cases/retention.rules.js';
import { ReceiptHolders } from '../receipt/receipt-holders.js';
import { seal, type Sealed } from '../sealing/sealing.js';
import { ReceiptQuestion } from '../track-report/track-report.dto.js';
import { NO_DIALOGUE, seen, stateBefore } from './dialogue.rules.js';
import { Dialogues, type NewMessage, type ShownMessage } from './dialogues.js';
import { underChosenId } from '../cases/chosen-id.js';
import { MESSAGES } from './message.schema.js';
import { ReplyKey, ReporterMessage } from './talk.dto.js';

/** The reporting person's side of the dialogue, by the receipt, also when they are anonymous. */
@Public()
@Controller('v1/reports')
export class ReporterMessagesController {
  constructor(
    @Inject(CONFIG) private readonly config: ReportingConfig,
    @InjectConnection() private readonly connection: Connection,
    private readonly commands: Commands,
    private readonly holders: ReceiptHolders,
    private readonly dialogues: Dialogues,
    private readonly clock: Clock,
  ) {}

  /** The key that replies are sealed to; once, since a second one would let somebody else read on. */
  @Post('reply-key')
  @HttpCode(200)
  async replyKey(@Body() { receiptCode, publicKey }: ReplyKey, @From() caller: Caller): Promise<{ replyKey: string }> {
    const { _id } = await this.holders.caseOf(receiptCode);
    return this.commands.run(caller, async (tx) => {
      const file = await load<Case>(tx, this.connection, CASES, _id);
      assertNotPurged(file);
      if (file.replyKey === publicKey) return { replyKey: publicKey };
      if (file.replyKey) throw new RuleError('already_done', 'the key for replies is set', { field: 'publicKey' });
      change(tx, CASES, file, { replyKey: publicKey });
      tx.audit({ actor: caller.id, action: 'report:reply-key', resource: _id, outcome: 'done' });
      return { replyKey: publicKey };
    });
  }

  /** An answer to an open question takes the case back to where it was asked. */
  @Post('messages')
  async write(@Body() body: ReporterMessage, @From() caller: Caller): Promise<{ messageId: string; no: number }> {
    const { _id, replyKey } = await this.holders.caseOf(body.receiptCode);
    const message = await this.sealed(_id, replyKey, body);
    const stored = this.commands.run(caller, async (tx) => {
      const file = await load<Case>(tx, this.connection, CASES, _id);
      const { set, event, no } = await this.dialogues.write(tx, file, 'reporter', message);
      if (file.state === 'needs-information') {
        const to = stateBefore(file.state, file.askedFrom);
        const day = this.clock.today();
        const back = Object.assign(new CaseMovedV1(), { caseId: _id, day, from: file.state, to, reason: 'answered' });
        change(tx, CASES, file, { ...set, state: to, askedFrom: null }, event, back);
      } else change(tx, CASES, file, set, event);
      tx.audit({ actor: caller.id, action: 'message:write', resource: _id, outcome: 'done' });
      return { messageId: message.messageId, no };
    });
    return underChosenId(MESSAGES, 'messageId', stored);
  }

  /** POST, not GET: the receipt code must not stand in an address. What is listed counts as seen. */
  @Post('messages/list')
  @HttpCode(200)
  async list(@Body() { receiptCode }: ReceiptQuestion, @From() caller: Caller): Promise<{ items: ShownMessage[] }> {
    const own = await this.holders.caseOf(receiptCode);
    const { _id } = own;
    await this.commands.run(caller, async (tx) => {
      const file = await load<Case>(tx, this.connection, CASES, _id);
      const dialogue = file.dialogue ?? NO_DIALOGUE;
      if (dialogue.unread.reporter > 0) change(tx, CASES, file, { dialogue: seen(dialogue, 'reporter') });
    });
    return { items: await this.dialogues.read(own, 'reporter') };
  }

  private async sealed(caseId: string, replyKey: string | undefined, body: ReporterMessage): Promise<NewMessage> {
    const messageId = body.messageId ?? randomUUID();
    const byClient = (one: { enc: string; ciphertext: string }): Sealed => ({ ...one, by: 'client' });
    if (body.sealed)
      return { messageId, sealed: byClient(body.sealed), ...(body.copy ? { copy: byClient(body.copy) } : {}) };
    const place = { caseId, field: `message/${messageId}` };
    const text = body.text!;
    return {
      messageId,
      sealed: await seal(this.config.CHANNEL_PUBLIC_KEY, place, text, 'service'),
      ...(replyKey ? { copy: await seal(replyKey, place, text, 'service') } : {}),
    };
  }
}
