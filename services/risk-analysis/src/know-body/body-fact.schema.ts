import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';

export const BODY_FACTS = 'body_facts';

/** What compliance says of a body. */
export const BODY_FACT_KINDS = ['gift-breach', 'finding-kept', 'response-overdue'] as const;
export type BodyFactKind = (typeof BODY_FACT_KINDS)[number];

/** One event, by its id: counted once, in whatever order they come. */
@Schema({ collection: BODY_FACTS, strict: 'throw', versionKey: false, _id: false })
export class BodyFact {
  /** `<service>/<event id>`. */
  @Prop({ type: String, required: true }) _id: string;
  @Prop({ type: String, required: true }) bin: string;
  @Prop({ type: String, required: true }) kind: BodyFactKind;
  @Prop({ type: String, required: true }) day: string;
  /** The gift, finding or act. */
  @Prop({ type: String, required: true }) subjectId: string;
  /** A reason, a factor or an outcome. */
  @Prop({ type: String }) code?: string;
}

export const BodyFactSchema = SchemaFactory.createForClass(BodyFact).index({ bin: 1, day: 1 });
