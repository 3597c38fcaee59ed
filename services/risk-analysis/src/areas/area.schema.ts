import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';

export const AREA_SIGNALS = 'area_signals';

/** What arrived about an area from elsewhere, summed as events come; order does not matter. */
@Schema({ collection: AREA_SIGNALS, strict: 'throw', versionKey: false, _id: false })
export class AreaSignals {
  /** The area's code. */
  @Prop({ type: String, required: true }) _id: string;
  @Prop({ type: Number }) reports?: number;
  @Prop({ type: Number }) decidedLiable?: number;
}

export const AreaSignalsSchema = SchemaFactory.createForClass(AreaSignals);
