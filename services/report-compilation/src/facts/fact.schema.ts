import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';

export const FACTS = 'facts';

/** One event as the National Report reads it. Nothing else is counted, so a figure can name every event behind it. */
@Schema({ collection: FACTS, strict: 'throw', versionKey: false, _id: false })
export class Fact {
  /** `<service>/<event id>`. */
  @Prop({ type: String, required: true }) _id: string;
  @Prop({ type: String, required: true }) type: string;
  /** The business day of the fact. */
  @Prop({ type: String, required: true }) day: string;
  @Prop({ type: String, required: true }) key: string;
  @Prop({ type: Number, required: true }) sequence: number;
  @Prop({ type: Object, required: true }) data: Record<string, unknown>;
  @Prop({ type: Number, required: true }) partition: number;
  @Prop({ type: Number, required: true }) offset: number;
}

export const FactSchema = SchemaFactory.createForClass(Fact).index({ type: 1, day: 1 });
