import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';

export const AREA_FACTS = 'area_facts';

/** What other services say that an area's dossier is made of. */
export const AREA_FACT_KINDS = ['report', 'case-opened', 'case-decided', 'goal-set', 'goal-status'] as const;
export type AreaFactKind = (typeof AREA_FACT_KINDS)[number];

/** One event, by its id: whoever counts them counts each once, and the order in which they came does not matter. */
@Schema({ collection: AREA_FACTS, strict: 'throw', versionKey: false, _id: false })
export class AreaFact {
  /** `<service>/<event id>`. */
  @Prop({ type: String, required: true }) _id: string;
  @Prop({ type: String, required: true }) kind: AreaFactKind;
  /** Not of what is about something that has an area elsewhere: the status of a goal. */
  @Prop({ type: String }) areaCode?: string;
  /** Of a report or a case; not there in what was kept before regions were. */
  @Prop({ type: String }) region?: string;
  @Prop({ type: String, required: true }) day: string;
  /** The report, case or goal. */
  @Prop({ type: String, required: true, index: true }) subjectId: string;
  /** An outcome, a status, a category; of a goal the indicator that it is about. */
  @Prop({ type: String }) code?: string;
  /** Tiyn of damage, or the measured share of a goal. */
  @Prop({ type: Number }) value?: number;
  /** Of a goal: the recommendation that it came from, and until when. */
  @Prop({ type: String }) recommendationId?: string;
  @Prop({ type: String }) dueDay?: string;
}

export const AreaFactSchema = SchemaFactory.createForClass(AreaFact).index({ areaCode: 1, kind: 1, day: 1 });
