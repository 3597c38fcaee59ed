import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { Aggregate } from '@aiqyn/platform';

export const LOG = 'transparency_log';
export const LOG_ENTRIES = 'transparency_entries';
export const TREE_HEADS = 'tree_heads';
/** The id of the one log of this service. */
export const LOG_ID = 'reporting';

/** The log as it stands: what the next entry is appended to. */
@Schema({ collection: LOG, strict: 'throw', versionKey: false, _id: false })
export class Log implements Aggregate {
  @Prop({ type: String, required: true }) _id: string;
  @Prop({ type: Number, required: true }) version: number;
  @Prop({ type: Number, required: true }) events: number;
  @Prop({ type: Number, required: true }) size: number;
  /** The last day of a report that is in it. */
  @Prop({ type: String, required: true }) day: string;
  /** Its perfect subtrees, largest first. */
  @Prop({ type: [String], required: true }) frontier: string[];
}
export const LogSchema = SchemaFactory.createForClass(Log);

/** An entry, never changed; one row holds whatever it completes, so that a proof reads a few rows and not the log. */
@Schema({ collection: LOG_ENTRIES, strict: 'throw', versionKey: false, _id: false })
export class LogEntry {
  /** Its index, from 0. */
  @Prop({ type: Number, required: true }) _id: number;
  @Prop({ type: String, required: true, unique: true }) leaf: string;
  @Prop({ type: [String], required: true }) nodes: string[];
  @Prop({ type: String, required: true }) root: string;
}
export const LogEntrySchema = SchemaFactory.createForClass(LogEntry);

/** A signed tree head, never changed. */
@Schema({ collection: TREE_HEADS, strict: 'throw', versionKey: false, _id: false })
export class TreeHead {
  /** The size of the tree. */
  @Prop({ type: Number, required: true }) _id: number;
  /** 1 for the first head. */
  @Prop({ type: Number, required: true }) number: number;
  @Prop({ type: String, required: true }) day: string;
  @Prop({ type: String, required: true }) root: string;
  @Prop({ type: String, required: true }) checkpoint: string;
}
export const TreeHeadSchema = SchemaFactory.createForClass(TreeHead);
