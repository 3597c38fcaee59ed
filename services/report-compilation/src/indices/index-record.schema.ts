import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { Aggregate } from '@aiqyn/platform';

export const INDEX_RECORDS = 'index_records';

/** One edition of an index for the country, as its producer published it; a new edition never overwrites another. */
@Schema({ collection: INDEX_RECORDS, strict: 'throw', versionKey: false, _id: false })
export class IndexRecord implements Aggregate {
  /** `<series>:<country>:<year>:<vintage>`. */
  @Prop({ type: String, required: true }) _id: string;
  @Prop({ type: Number, required: true }) version: number;
  @Prop({ type: Number, required: true }) events: number;
  @Prop({ type: String, required: true }) series: string;
  @Prop({ type: String, required: true }) country: string;
  @Prop({ type: Number, required: true }) year: number;
  @Prop({ type: String, required: true }) vintage: string;
  @Prop({ type: Number }) score?: number;
  @Prop({ type: Number }) standardError?: number;
  @Prop({ type: Number }) rank?: number;
  @Prop({ type: Number }) countries?: number;
  @Prop({ type: String }) source?: string;
  @Prop({ type: String }) licence?: string;
}

export const IndexRecordSchema = SchemaFactory.createForClass(IndexRecord);
