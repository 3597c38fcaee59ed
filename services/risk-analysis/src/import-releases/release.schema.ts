import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { ReleaseOrigin } from '@aiqyn/contracts';
import type { Aggregate } from '@aiqyn/platform';
import type { Projection } from './release.rules.js';

export const RELEASES = 'releases';

/** The newest version of one procurement process that was imported, as the projection the indicators read. */
@Schema({ collection: RELEASES, strict: 'throw', versionKey: false, _id: false })
export class Release implements Aggregate {
  /** The ocid. */
  @Prop({ type: String, required: true }) _id: string;
  @Prop({ type: Number, required: true }) version: number;
  @Prop({ type: Number, required: true }) events: number;
  @Prop({ type: String, required: true, index: true }) areaCode: string;
  @Prop({ type: String, required: true }) origin: ReleaseOrigin;
  /** Hash of the document as imported: the same document again changes nothing. */
  @Prop({ type: String, required: true }) hash: string;
  @Prop({ type: Object, required: true }) projection: Projection;
}

export const ReleaseSchema = SchemaFactory.createForClass(Release);
