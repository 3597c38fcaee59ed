import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { mongo } from 'mongoose';
import type { Kept } from '../case-keys/case-keys.js';

export const ATTACHMENTS = 'attachments';
/** The bucket of the files, and its two collections as GridFS names them. */
export const BUCKET = 'attachments';
export const FILES = `${BUCKET}.files`;
export const CHUNKS = `${BUCKET}.chunks`;

/** A file that a reporting person attached, or is attaching. What it is called, what it is and its key are in the header. */
@Schema({ collection: ATTACHMENTS, strict: 'throw', versionKey: false, _id: false })
export class Attachment {
  /** A random UUID that the client chose: what is sealed is bound to it. */
  @Prop({ type: String, required: true }) _id: string;
  /** The report that it came with, also when that is merged into another case. */
  @Prop({ type: String, required: true, index: true }) caseId: string;
  /** FileHeader, sealed to the channel as `attachment/<id>`, under the key of its case; gone when that is purged. */
  @Prop({ type: Object }) header?: Kept;
  @Prop({ type: Number, required: true }) chunks: number;
  /** The number of the chunk that is wanted. */
  @Prop({ type: Number, required: true }) next: number;
  @Prop({ type: String, required: true }) state: 'open' | 'complete';
  /** The last day to complete it. */
  @Prop({ type: String, required: true }) completeBy: string;
  /** The day on which it was whole. */
  @Prop({ type: String }) day?: string;
}
export const AttachmentSchema = SchemaFactory.createForClass(Attachment);

/**
 * A file of GridFS as its specification has it, written by us and read by the driver's bucket: the bucket's own writer begins
 * anew after an interruption, and tells the second of a citizen's act in ids and dates.
 */
@Schema({ collection: FILES, strict: 'throw', versionKey: false, _id: false })
export class StoredFile {
  @Prop({ type: String, required: true }) _id: string;
  @Prop({ type: Number, required: true }) length: number;
  @Prop({ type: Number, required: true }) chunkSize: number;
  /** Midnight of the day. */
  @Prop({ type: Date, required: true }) uploadDate: Date;
  @Prop({ type: String, required: true }) filename: string;
}
export const StoredFileSchema = SchemaFactory.createForClass(StoredFile);

@Schema({ collection: CHUNKS, strict: 'throw', versionKey: false, _id: false })
export class StoredChunk {
  /** `<file>/<number>`. */
  @Prop({ type: String, required: true }) _id: string;
  @Prop({ type: String, required: true }) files_id: string;
  @Prop({ type: Number, required: true }) n: number;
  @Prop({ type: Buffer, required: true }) data: mongo.Binary;
}
export const StoredChunkSchema = SchemaFactory.createForClass(StoredChunk);
StoredChunkSchema.index({ files_id: 1, n: 1 }, { unique: true });
