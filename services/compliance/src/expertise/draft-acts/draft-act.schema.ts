import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { ActType } from '@aiqyn/contracts';
import type { Aggregate } from '@aiqyn/platform';
import type { Language } from '../read-act/act-text.rules.js';
import type { ActState } from './act-states.rules.js';
import type { Finding } from './findings.rules.js';

export const DRAFT_ACTS = 'draft-acts';
export const ACT_TEXTS = 'act-texts';

/** The papers that come with a draft act. */
export const DOSSIER_PARTS = [
  'note',
  'comparative-table',
  'financial-basis',
  'impact-analysis',
  'consultation',
] as const;
export type DossierPart = (typeof DOSSIER_PARTS)[number];
export type DossierState = 'present' | 'absent' | 'insufficient';

export interface TextVersion {
  readonly textVersion: number;
  readonly day: string;
  readonly texts: readonly { readonly language: Language; readonly sha256: string; readonly characters: number }[];
}
interface Step {
  readonly day: string;
  readonly by: string;
}

/** A draft act with its expertise. Who works on it is a user id of the identity provider; the act itself is public. */
@Schema({ collection: DRAFT_ACTS, strict: 'throw', versionKey: false, _id: false })
export class DraftAct implements Aggregate {
  @Prop({ type: String, required: true }) _id: string;
  @Prop({ type: Number, required: true }) version: number;
  @Prop({ type: Number, required: true }) events: number;
  @Prop({ type: String, required: true, index: true }) state: ActState;
  @Prop({ type: String, required: true }) authorityBin: string;
  @Prop({ type: String, required: true }) actType: ActType;
  @Prop({ type: Object, required: true }) titles: Partial<Record<Language, string>>;
  @Prop({ type: String }) areaCode?: string;
  @Prop({ type: Number, required: true }) pages: number;
  @Prop({ type: Object, required: true }) dossier: Record<DossierPart, DossierState>;
  @Prop({ type: Array, required: true }) versions: TextVersion[];
  @Prop({ type: Object, required: true }) registered: Step;
  @Prop({ type: String, required: true }) policy: string;

  @Prop({ type: Object }) triage?: Step & { decision: string; reason: string };
  /** Version of the catalogue that the current round was screened with. */
  @Prop({ type: String }) catalogue?: string;
  @Prop({ type: String }) expert?: string;
  @Prop({ type: Array, required: true }) findings: Finding[];
  @Prop({ type: Object }) submitted?: Step;
  /** What the second person said last. */
  @Prop({ type: Object }) review?: Step & { verdict: string; reason: string };
  /** Published up to and with the round over that text. */
  @Prop({ type: Object }) opinion?: Step & { opinionNumber: string; publishedDay?: string; textVersion?: number };
  @Prop({ type: Object }) adopted?: Step & { textVersion: number };
  @Prop({ type: Object }) withdrawal?: Step & { reason: string };
  @Prop({ type: String }) closedDay?: string;

  /** The last day of the office or authority at which it waits. */
  @Prop({ type: String }) dueDay?: string;
  @Prop({ type: Number }) daysLeft?: number;
  @Prop({ type: String }) pausedFrom?: ActState;
  @Prop({ type: Object }) dossierReturn?: Step & { reason: string };
  @Prop({ type: Object }) extension?: Step & { ground: string };
}

export const DraftActSchema = SchemaFactory.createForClass(DraftAct)
  .index({ authorityBin: 1, state: 1 })
  .index({ 'opinion.opinionNumber': 1 }, { unique: true, sparse: true });

/** One text of an act; never changed. */
@Schema({ collection: ACT_TEXTS, strict: 'throw', versionKey: false, _id: false })
export class StoredText {
  /** `<actId>/<text version>/<language>`. */
  @Prop({ type: String, required: true }) _id: string;
  @Prop({ type: String, required: true }) text: string;
  @Prop({ type: String, required: true }) sha256: string;
}

export const StoredTextSchema = SchemaFactory.createForClass(StoredText);
