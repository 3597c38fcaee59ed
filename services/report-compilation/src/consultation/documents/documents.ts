import { Injectable } from '@nestjs/common';
import { InjectConnection, InjectModel } from '@nestjs/mongoose';
import type { Connection, Model } from 'mongoose';
import { RuleError } from '@aiqyn/contracts';
import { type Caller, load, NotFound, type Tx } from '@aiqyn/platform';
import { NATIONAL_REPORTS } from '../../national-report/editions/national-report.schema.js';
import { DocumentVersion, POLICY_DOCUMENTS, PolicyDocument } from './document.schema.js';
import type { Unit } from './units.rules.js';

export const versionKey = (documentId: string, documentVersion: number): string => `${documentId}/${documentVersion}`;

/** Documents and what their versions say. */
@Injectable()
export class Documents {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    @InjectModel(PolicyDocument.name) private readonly documents: Model<PolicyDocument>,
    @InjectModel(DocumentVersion.name) private readonly versions: Model<DocumentVersion>,
  ) {}

  /** One that is changed; throws NotFound, ConcurrentChange. */
  changed(tx: Tx, id: string, caller?: Pick<Caller, 'ifMatch'>): Promise<PolicyDocument> {
    return load<PolicyDocument>(tx, this.connection, POLICY_DOCUMENTS, id, caller?.ifMatch);
  }

  /** Throws RuleError `no_such_report` for an id that no edition of the National Report has. */
  async assertReport(tx: Tx, nationalReportId: string): Promise<void> {
    const found = await this.connection
      .db!.collection<{ _id: string }>(NATIONAL_REPORTS)
      .findOne({ _id: nationalReportId }, { session: tx.session, projection: { _id: 1 } });
    if (!found)
      throw new RuleError('no_such_report', 'there is no such edition of the National Report', {
        field: 'nationalReportId',
      });
  }

  /** Throws NotFound. */
  async of(id: string): Promise<PolicyDocument> {
    const found = await this.documents.findOne({ _id: { $eq: id } }).lean<PolicyDocument>();
    if (!found) throw new NotFound();
    return found;
  }

  /** The units of a version; throws NotFound. Versions never change, so that they may be read outside a transaction. */
  async units(documentId: string, documentVersion: number): Promise<Unit[]> {
    const _id = versionKey(documentId, documentVersion);
    const found = await this.versions.findOne({ _id: { $eq: _id } }).lean<DocumentVersion>();
    if (!found) throw new NotFound();
    return found.units;
  }
}
