import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { Aggregate } from '@aiqyn/platform';
import type { Localised } from '../../report-model/report-model.rules.js';
import type { Step, VersionHead } from './document-order.rules.js';
import type { Unit } from './units.rules.js';

export const POLICY_DOCUMENTS = 'policy_documents';
export const DOCUMENT_VERSIONS = 'document_versions';

export const DOCUMENT_KINDS = ['concept', 'action-plan', 'national-report', 'strategy'] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];

/** A policy document or a draft of the National Report, with its versions. */
@Schema({ collection: POLICY_DOCUMENTS, strict: 'throw', versionKey: false, _id: false })
export class PolicyDocument implements Aggregate {
  @Prop({ type: String, required: true }) _id: string;
  @Prop({ type: Number, required: true }) version: number;
  @Prop({ type: Number, required: true }) events: number;
  @Prop({ type: String, required: true }) kind: DocumentKind;
  @Prop({ type: Object, required: true }) titles: Localised;
  /** Of a draft of the National Report: the edition that it is a draft of. */
  @Prop({ type: String, index: true }) nationalReportId?: string;
  @Prop({ type: [Object], required: true }) versions: VersionHead[];
  /** The last published version; a later one is a draft. */
  @Prop({ type: Number, index: true }) published?: number;
  /** The consultation that is not closed yet, and whether comments still come in. */
  @Prop({ type: Object }) consultation?: { readonly consultationId: string; readonly receiving: boolean };
  @Prop({ type: Object }) adopted?: Step & { readonly documentVersion: number };
}

export const PolicyDocumentSchema = SchemaFactory.createForClass(PolicyDocument);

/** What one version says; never changed. */
@Schema({ collection: DOCUMENT_VERSIONS, strict: 'throw', versionKey: false, _id: false })
export class DocumentVersion {
  /** `<document id>/<version>`. */
  @Prop({ type: String, required: true }) _id: string;
  @Prop({ type: String, required: true }) sha256: string;
  @Prop({ type: [Object], required: true }) units: Unit[];
}

export const DocumentVersionSchema = SchemaFactory.createForClass(DocumentVersion);
