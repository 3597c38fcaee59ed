import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { Aggregate } from '@aiqyn/platform';
import type { MatchState } from './match-states.rules.js';
import type { Explained } from './score.rules.js';

export const MATCHES = 'matches';

/** Two entities that may be one, why, and what a person said of it; only a confirmed pair acts as one. */
@Schema({ collection: MATCHES, strict: 'throw', versionKey: false, _id: false })
export class Match implements Aggregate {
  @Prop({ type: String, required: true }) _id: string;
  @Prop({ type: Number, required: true }) version: number;
  @Prop({ type: Number, required: true }) events: number;
  @Prop({ type: String, required: true }) one: string;
  @Prop({ type: String, required: true }) other: string;
  @Prop({ type: String, required: true }) state: MatchState;
  @Prop({ type: Number, required: true }) score: number;
  @Prop({ type: [Object], required: true }) fields: Explained[];
  @Prop({ type: String, required: true }) policy: string;
  @Prop({ type: [Object], required: true }) decisions: { to: MatchState; by: string; day: string }[];
}
export const MatchSchema = SchemaFactory.createForClass(Match).index({ state: 1, _id: 1 });
