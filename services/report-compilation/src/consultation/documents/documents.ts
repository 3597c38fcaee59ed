import { Injectable } from '@nestjs/common';
import { InjectConnection, InjectModel } from '@nestjs/mongoose';
import type { Connection, Model } from 'mongoose';
import { type Caller, load, NotFound, type Tx } from '@aiqyn/platform';
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
