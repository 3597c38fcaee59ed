import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { Aggregate } from '@aiqyn/platform';
import type { AnalysisKind, AnalysisState } from './analysis-states.rules.js';
import type { Recommended, Signature, WeighedRisk } from './certificate.rules.js';

export const ANALYSES = 'analyses';

/** The analytical certificate: what was looked at and what was found, with the norm or step of each risk. */
export interface Certificate {
  readonly from: string;
  readonly to: string;
  readonly sources: readonly string[];
  readonly risks: readonly WeighedRisk[];
}

/** A procedure of corruption-risk analysis or monitoring, from its proposal to the last measure. */
@Schema({ collection: ANALYSES, strict: 'throw', versionKey: false, _id: false })
export class Analysis implements Aggregate {
  @Prop({ type: String, required: true }) _id: string;
  @Prop({ type: Number, required: true }) version: number;
  @Prop({ type: Number, required: true }) events: number;
  @Prop({ type: String, required: true }) kind: AnalysisKind;
  @Prop({ type: String, required: true }) state: AnalysisState;
  /** BIN of the body that is analysed. */
  @Prop({ type: String, required: true }) objectBin: string;
  @Prop({ type: String, required: true }) areaCode: string;
  @Prop({ type: String, required: true }) startDay: string;
  @Prop({ type: String, required: true }) policy: string;
  /** Subjects of tokens. */
  @Prop({ type: [String], required: true }) group: string[];
  /** Who agreed to the analysis, and who signed its certificate. */
  @Prop({ type: [Object], default: undefined }) decision?: Signature[];
  @Prop({ type: [Object], default: undefined }) signatures?: Signature[];
  @Prop({ type: Object }) certificate?: Certificate;
  @Prop({ type: [Object], default: undefined }) recommendations?: Recommended[];
  /** The last day of what runs now. */
  @Prop({ type: String }) dueDay?: string | null;
  @Prop({ type: String }) extension?: string | null;
}

export const AnalysisSchema = SchemaFactory.createForClass(Analysis);
