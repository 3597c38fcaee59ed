import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { Aggregate } from '@aiqyn/platform';
import type { GiftState } from './gift.rules.js';

export const GIFTS = 'gifts';

/** A declared gift from receipt to hand-over. Who gave it and what it is come with issue D, sealed. */
@Schema({ collection: GIFTS, strict: 'throw', versionKey: false, _id: false })
export class Gift implements Aggregate {
  @Prop({ type: String, required: true }) _id: string;
  @Prop({ type: Number, required: true }) version: number;
  @Prop({ type: Number, required: true }) events: number;
  @Prop({ type: String, required: true, index: true }) state: GiftState;
  @Prop({ type: String, required: true }) declaredDay: string;
  @Prop({ type: String, required: true }) receivedDay: string;
  @Prop({ type: String, required: true }) knownDay: string;
  @Prop({ type: String, required: true }) handOverBy: string;
  @Prop({ type: String, required: true }) policy: string;
  @Prop({ type: Number }) estimatedValue?: number;
  @Prop({ type: String }) handedOverDay?: string;
  @Prop({ type: String }) actNumber?: string;
}

export const GiftSchema = SchemaFactory.createForClass(Gift);
