import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { Aggregate } from '@aiqyn/platform';
import type { RecordedValue } from './index-value.rules.js';

export const INDEX_RECORDS = 'index_records';

/** What one vintage of an index says of a country in a year; written once, never changed, so that every earlier reading can be had again. */
@Schema({ collection: INDEX_RECORDS, strict: 'throw', versionKey: false, _id: false })
export class IndexRecord implements Aggregate, RecordedValue {
  /** `<series>:<country>:<year>:<vintage>`. */
  @Prop({ type: String, required: true }) _id: string;
  @Prop({ type: Number, required: true }) version: number;
  @Prop({ type: Number, required: true }) events: number;
  @Prop({ type: String, required: true }) series: string;
  @Prop({ type: String, required: true }) country: string;
  @Prop({ type: Number, required: true }) year: number;
  @Prop({ type: String, required: true }) vintage: string;
  @Prop({ type: String, required: true }) recordedDay: string;
  @Prop({ type: Number }) score?: number;
  @Prop({ type: Number }) standardError?: number;
  @Prop({ type: Number }) sources?: number;
  @Prop({ type: Number }) rank?: number;
  @Prop({ type: Number }) countries?: number;
  @Prop({ type: String }) rankBasis?: 'published' | 'derived';
  @Prop({ type: Number }) percentile?: number;
  @Prop({ type: Number }) percentileLow?: number;
  @Prop({ type: Number }) percentileHigh?: number;
  @Prop({ type: String, required: true }) source: string;
  @Prop({ type: String, required: true }) licence: string;
}

export const IndexRecordSchema = SchemaFactory.createForClass(IndexRecord).index({ series: 1, year: 1 });
