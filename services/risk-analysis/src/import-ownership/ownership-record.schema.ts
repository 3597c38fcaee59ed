import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { Statement } from './statement.rules.js';

export const OWNERSHIP_RECORDS = 'ownership_records';

/** All statements of one BODS record of one source, as far as they are kept: links follow from them, in whatever order they came. */
@Schema({ collection: OWNERSHIP_RECORDS, strict: 'throw', versionKey: false, _id: false })
export class OwnershipRecord {
  /** Keyed id of source and record; or `source <code>`, the row that imports of one source wait for. */
  @Prop({ type: String, required: true }) _id: string;
  @Prop({ type: String, required: true }) source: string;
  @Prop({ type: [Object], required: true }) statements: Statement[];
  /** The records that its relationships name. */
  @Prop({ type: [String], required: true, index: true }) refs: string[];
  @Prop({ type: Number }) chunks?: number;
}
export const OwnershipRecordSchema = SchemaFactory.createForClass(OwnershipRecord);
