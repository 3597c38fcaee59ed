import { randomUUID } from 'node:crypto';
import { Body, Controller, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { RuleError } from '@aiqyn/contracts';
import { type Caller, Can, change, Clock, Commands, create, From, type Tx } from '@aiqyn/platform';
import { DOCUMENT_VERSIONS, POLICY_DOCUMENTS } from '../documents/document.schema.js';
import type { VersionHead } from '../documents/document-order.rules.js';
import { Documents, versionKey } from '../documents/documents.js';
import { plainText } from '../documents/plain-text.rules.js';
import { hashOf, type Unit, unitsOf } from '../documents/units.rules.js';
import { DraftDocument, DraftVersion } from './draft-document.dto.js';

/** A document is drafted, version by version; each is a draft until another person publishes it. */
@Controller('v1/policy-documents')
export class DraftDocumentController {
  constructor(
    private readonly commands: Commands,
    private readonly documents: Documents,
    private readonly clock: Clock,
  ) {}

  @Post()
  @Can('policy:draft')
  draft(
    @Body() { kind, titles: told, units: all, nationalReportId }: DraftDocument,
    @From() caller: Caller,
  ): Promise<object> {
    const units = unitsOf(all);
    const titles = { kk: plainText(told.kk), ru: plainText(told.ru), en: plainText(told.en) };
    const documentId = randomUUID();
    if (nationalReportId !== undefined && kind !== 'national-report')
      throw new RuleError('not_a_report', 'only a draft of the National Report names the edition that it is of', {
        field: 'nationalReportId',
      });
    return this.commands.run(caller, async (tx) => {
      if (nationalReportId !== undefined) await this.documents.assertReport(tx, nationalReportId);
      const head = this.store(tx, documentId, 1, units, caller.id);
      const of = nationalReportId === undefined ? {} : { nationalReportId };
      create(tx, POLICY_DOCUMENTS, { _id: documentId, kind, titles, ...of, versions: [head] });
      tx.audit({ actor: caller.id, action: 'policy:draft', resource: documentId, outcome: 'done' });
      return { documentId, documentVersion: 1, sha256: head.sha256, version: 1 };
    });
  }

  @Post(':id/versions')
  @Can('policy:draft')
  next(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { units: all }: DraftVersion,
    @From() caller: Caller,
  ): Promise<object> {
    const units = unitsOf(all);
    return this.commands.run(caller, async (tx) => {
      const document = await this.documents.changed(tx, id, caller);
      const documentVersion = document.versions.length + 1;
      const head = this.store(tx, id, documentVersion, units, caller.id);
      const version = change(tx, POLICY_DOCUMENTS, document, { versions: [...document.versions, head] });
      tx.audit({ actor: caller.id, action: 'policy:draft', resource: id, outcome: 'done' });
      return { documentId: id, documentVersion, sha256: head.sha256, version };
    });
  }

  private store(tx: Tx, documentId: string, documentVersion: number, units: Unit[], by: string): VersionHead {
    const sha256 = hashOf(units);
    tx.insert(DOCUMENT_VERSIONS, { _id: versionKey(documentId, documentVersion), sha256, units });
    return { documentVersion, day: this.clock.today(), by, sha256, units: units.length };
  }
}
