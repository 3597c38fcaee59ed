import { Controller, Get, Param, ParseUUIDPipe, StreamableFile } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { type Connection, mongo } from 'mongoose';
import { type Caller, Can, Commands, From, NotFound, Sends, type Tx } from '@aiqyn/platform';
import { type Case, CASES } from '../cases/case.schema.js';
import { CaseKeys } from '../case-keys/case-keys.js';
import { loadCase } from '../cases/case-access.js';
import { SEALED_CHUNK } from '../sealing/padding.rules.js';
import type { Sealed } from '../sealing/sealing.js';
import { type Attachment, ATTACHMENTS, BUCKET, FILES, type StoredFile } from './attachment.schema.js';

interface ShownAttachment {
  readonly attachmentId: string;
  /** The report that it came with: what is sealed is bound to it. */
  readonly caseId: string;
  readonly day: string | undefined;
  /** Of the padded ciphertext: what the download takes. */
  readonly bytes: number;
  /** `damaged` instead when it was changed in the database. */
  readonly header?: Sealed;
  readonly damaged?: true;
}

const renamed = (shown: { sealed: Sealed } | { damaged: true }): { header: Sealed } | { damaged: true } =>
  'sealed' in shown ? { header: shown.sealed } : shown;

/** The files of a case as they were sealed; they are opened on the office's own machine. Each look is audited. */
@Controller('v1/cases')
export class OfficeAttachmentsController {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly commands: Commands,
    private readonly keys: CaseKeys,
  ) {}

  @Get(':id/attachments')
  @Can('message:read')
  list(
    @Param('id', ParseUUIDPipe) id: string,
    @From() caller: Caller,
  ): Promise<{ caseId: string; items: ShownAttachment[] }> {
    return this.commands.run(caller, async (tx) => {
      const { rows, reports } = await this.wholeFilesOf(tx, id, caller);
      tx.audit({ actor: caller.id, action: 'attachment:list', resource: id, outcome: 'done' });
      const items: ShownAttachment[] = [];
      for (const { _id: attachmentId, caseId, day, chunks, header } of rows) {
        if (!header) continue;
        const key = await this.keys.of(reports.find((one) => one._id === caseId)!);
        const shown = key.shown(`attachment/${attachmentId}`, header);
        items.push({ attachmentId, caseId, day, bytes: chunks * SEALED_CHUNK, ...renamed(shown) });
      }
      return { caseId: id, items };
    });
  }

  @Get(':id/attachments/:attachmentId')
  @Sends(['application/octet-stream'])
  @Can('message:read')
  async read(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('attachmentId', ParseUUIDPipe) attachmentId: string,
    @From() caller: Caller,
  ): Promise<StreamableFile> {
    const length = await this.commands.run(caller, async (tx) => {
      const { rows } = await this.wholeFilesOf(tx, id, caller);
      const files = this.connection.db!.collection<StoredFile>(FILES);
      const file = await files.findOne({ _id: { $eq: attachmentId } }, { session: tx.session });
      if (!file || rows.every((row) => row._id !== attachmentId)) throw new NotFound();
      tx.audit({ actor: caller.id, action: 'attachment:read', resource: attachmentId, outcome: 'done' });
      return file.length;
    });
    const bucket = new mongo.GridFSBucket(this.connection.db!, { bucketName: BUCKET });
    // The driver's types know only its own ids; its documentation allows any.
    const stream = bucket.openDownloadStream(attachmentId as unknown as mongo.ObjectId);
    return new StreamableFile(stream, { type: 'application/octet-stream', length });
  }

  /** Of the case and of the reports merged into it, but for those in which the caller is named or stepped back. */
  private async wholeFilesOf(
    tx: Tx,
    id: string,
    caller: Caller,
  ): Promise<{ rows: Attachment[]; reports: Pick<Case, '_id' | 'key' | 'purgedDay'>[] }> {
    const lead = await loadCase(tx, this.connection, id, caller);
    const { mergedFrom } = lead;
    const { session } = tx;
    const merged = await this.connection
      .db!.collection<Case>(CASES)
      .find({ _id: { $in: (mergedFrom ?? []).map((m) => m.caseId) }, excluded: { $ne: caller.id } }, { session })
      .project<Pick<Case, '_id' | 'key' | 'purgedDay'>>({ key: 1, purgedDay: 1 })
      .toArray();
    const reports = [lead, ...merged];
    const rows = await this.connection
      .db!.collection<Attachment>(ATTACHMENTS)
      .find({ caseId: { $in: reports.map((c) => c._id) }, state: 'complete' }, { session })
      .sort({ day: 1, _id: 1 })
      .toArray();
    return { rows, reports };
  }
}
