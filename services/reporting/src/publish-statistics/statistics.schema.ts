import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { Aggregate } from '@aiqyn/platform';
import type { Table } from './disclosure.rules.js';

export const STATISTICS = 'statistics';

/** The published statistics of a year, frozen: a second publication would tell what became of single cases between the two. */
@Schema({ collection: STATISTICS, strict: 'throw', versionKey: false, _id: false })
export class Statistics implements Aggregate {
  /** The year, as text. */
  @Prop({ type: String, required: true }) _id: string;
  @Prop({ type: Number, required: true }) version: number;
  @Prop({ type: Number, required: true }) events: number;
  @Prop({ type: String, required: true }) publishedDay: string;
  @Prop({ type: String, required: true }) policy: string;
  /** By dimension: month, region, category, mode, state, acknowledgement, feedback. */
  @Prop({ type: Object, required: true }) tables: Record<string, Table>;
}

export const StatisticsSchema = SchemaFactory.createForClass(Statistics);
