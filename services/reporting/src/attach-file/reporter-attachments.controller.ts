import { Body, Controller, Headers, HttpCode, Param, ParseUUIDPipe, Post, Put } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { type Connection, mongo } from 'mongoose';
import { addDays, AttachmentAddedV1, dayStartUtc, RuleError } from '@aiqyn/contracts';
import { type Caller, change, Clock, Commands, From, load, Public, Takes } from '@aiqyn/platform';
import { type Case, CASES } from '../cases/case.schema.js';
import { underChosenId } from '../cases/chosen-id.js';
import { CaseKeys } from '../case-keys/case-keys.js';
import { Policies } from '../policies/policies.js';
import { ReceiptHolders } from '../receipt/receipt-holders.js';
import { SEALED_CHUNK } from '../sealing/padding.rules.js';
import { assertMayWrite } from '../talk-to-reporter/dialogue.rules.js';
import { BeginAttachment, ChunkPlace, CompleteAttachment } from './attach-file.dto.js';
import { added, assertWhole, NOTHING_TAKEN, placeOf } from './attachment.rules.js';
import { type Attachment, ATTACHMENTS, CHUNKS, FILES, type StoredChunk } from './attachment.schema.js';
import { Uploads } from './uploads.js';

interface Progress {
  readonly attachmentId: string;
  readonly state: Attachment['state'];
  readonly chunks: number;
  /** The chunk that is wanted. */
  readonly next: number;
  readonly completeBy: string;
}

const progressOf = ({ _id, state, chunks, next, completeBy }: Attachment): Progress => ({
  attachmentId: _id,
  ...{ state, chunks, next, completeBy },
});

/** A reporting person attaches a file that their client sealed, chunk by chunk, and goes on after an interruption. */
@Public()
@Controller('v1/reports/attachments')
export class ReporterAttachmentsController {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly commands: Commands,
    private readonly holders: ReceiptHolders,
    private readonly uploads: Uploads,
    private readonly keys: CaseKeys,
    private readonly policies: Policies,
    private readonly clock: Clock,
  ) {}

  /** Begins an upload or, with the same id, goes on with it: the answer says which chunk is wanted. */
  @Post()
  async begin(@Body() body: BeginAttachment, @From() caller: Caller): Promise<Progress & { uploadToken: string }> {
    const { _id: caseId } = await this.holders.caseOf(body.receiptCode);
    const { attachmentId: _id, header, chunks } = body;
    // Not remembered under an Idempotency-Key: the id makes it repeatable, and an answer of then would name a chunk of then.
    const work = this.commands.run({ ...caller, idempotencyKey: undefined }, async (tx) => {
      const before = await this.uploads.find(tx, _id);
      if (before && (before.caseId !== caseId || before.chunks !== chunks))
        throw new RuleError('already_done', 'this id is taken: choose another', { field: 'attachmentId' });
      if (before) return before;
      const file = await load<Case>(tx, this.connection, CASES, caseId);
      assertMayWrite('reporter', file.state);
      const pack = this.policies.attachments;
      const completeBy = addDays(this.clock.today(), pack.daysToComplete);
      const sealed = { enc: header.enc, ciphertext: header.ciphertext, by: 'client' as const };
      const kept = (await this.keys.of(file)).lock(`attachment/${_id}`, sealed);
      const row: Attachment = { _id, caseId, header: kept, chunks, next: 0, state: 'open', completeBy };
      tx.insert(ATTACHMENTS, { ...row });
      change(tx, CASES, file, { attachments: added(pack, file.attachments ?? NOTHING_TAKEN, chunks) });
      this.uploads.scheduleLapse(tx, row);
      tx.audit({ actor: caller.id, action: 'attachment:begin', resource: _id, outcome: 'done' });
      return row;
    });
    const row = await underChosenId(ATTACHMENTS, 'attachmentId', work);
    return { ...progressOf(row), uploadToken: this.uploads.tokenOf(row) };
  }

  /** The same chunk again changes nothing; another content under its number is refused. */
  @Put(':id/chunks/:no')
  @Takes({ 'application/octet-stream': { type: 'string', format: 'binary' } })
  @HttpCode(204)
  async store(
    @Param() { id, no }: ChunkPlace,
    @Headers('x-upload-token') token: string | undefined,
    @Body() body: unknown,
    @From() caller: Caller,
  ): Promise<void> {
    if (!Buffer.isBuffer(body) || body.length !== SEALED_CHUNK)
      throw new RuleError('bad_chunk', `a chunk has exactly ${SEALED_CHUNK} bytes, as application/octet-stream`);
    await this.commands.run({ ...caller, idempotencyKey: undefined }, async (tx) => {
      const row = await this.uploads.held(tx, id, token);
      if (placeOf(row, no) === 'stored') return this.assertSame(id, no, body);
      tx.update(ATTACHMENTS, { _id: id, next: no }, { $set: { next: no + 1 } }, { mustMatch: true });
      tx.insert(CHUNKS, { _id: `${id}/${no}`, files_id: id, n: no, data: new mongo.Binary(body) });
    });
  }

  /** With its last chunk here the file is one of the case. */
  @Post(':id/completion')
  @HttpCode(200)
  complete(
    @Param('id', ParseUUIDPipe) id: string,
    @Headers('x-upload-token') token: string | undefined,
    @Body() { chunks }: CompleteAttachment,
    @From() caller: Caller,
  ): Promise<Progress> {
    return this.commands.run({ ...caller, idempotencyKey: undefined }, async (tx) => {
      const row = await this.uploads.held(tx, id, token);
      assertWhole(row, chunks);
      if (row.state === 'complete') return progressOf(row);
      const file = await load<Case>(tx, this.connection, CASES, row.caseId);
      assertMayWrite('reporter', file.state);
      const day = this.clock.today();
      const done = { state: 'complete' as const, day };
      tx.update(ATTACHMENTS, { _id: id, state: 'open', next: chunks }, { $set: done }, { mustMatch: true });
      const stored = { length: chunks * SEALED_CHUNK, chunkSize: SEALED_CHUNK, filename: id };
      tx.insert(FILES, { _id: id, ...stored, uploadDate: dayStartUtc(day) });
      change(tx, CASES, file, {}, Object.assign(new AttachmentAddedV1(), { caseId: row.caseId, day }));
      this.uploads.cancelLapse(tx, id);
      tx.audit({ actor: caller.id, action: 'attachment:complete', resource: id, outcome: 'done' });
      return progressOf({ ...row, ...done });
    });
  }

  private async assertSame(id: string, no: number, body: Buffer): Promise<void> {
    const chunks = this.connection.db!.collection<StoredChunk>(CHUNKS);
    const stored = await chunks.findOne({ _id: { $eq: `${id}/${no}` } });
    if (!stored || !body.equals(stored.data.value()))
      throw new RuleError('already_done', 'another content is stored under this number', { field: 'no' });
  }
}
