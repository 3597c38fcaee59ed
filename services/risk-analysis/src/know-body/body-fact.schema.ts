import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { BodyFactKind } from './body-facts.rules.js';

export const BODY_FACTS = 'body_facts';

/** One event, by its id: counted once, in whatever order they come. */
@Schema({ collection: BODY_FACTS, strict: 'throw', versionKey: false, _id: false })
export class BodyFact {
  /** `<service>/<event id>`. */
  @Prop({ type: String, required: true }) _id: string;
  @Prop({ type: String, required: true }) bin: string;
  @Prop({ type: String, required: true }) kind: BodyFactKind;
  @Prop({ type: String, required: true }) day: string;
  /** The gift, finding, act or organisation. */
  @Prop({ type: String, required: true }) subjectId: string;
  /** A reason, a factor or a grade; not there of one who lost the grade. */
  @Prop({ type: String }) code?: string;
}

export const BodyFactSchema = SchemaFactory.createForClass(BodyFact).index({ bin: 1, day: 1 });
