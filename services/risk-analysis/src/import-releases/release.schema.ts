import { gunzipSync, gzipSync } from 'node:zlib';
import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { mongo } from 'mongoose';
import type { ReleaseOrigin } from '@aiqyn/contracts';
import type { Aggregate } from '@aiqyn/platform';
import type { Outcomes } from '../indicators/signal.rules.js';
import { keptOf } from './kept-release.rules.js';
import type { Projection } from './release.rules.js';

export const RELEASES = 'releases';

/** The newest version of one procurement process that was imported, as the projection the indicators read. */
@Schema({ collection: RELEASES, strict: 'throw', versionKey: false, _id: false })
export class Release implements Aggregate {
  /** The ocid. */
  @Prop({ type: String, required: true }) _id: string;
  @Prop({ type: Number, required: true }) version: number;
  @Prop({ type: Number, required: true }) events: number;
  @Prop({ type: String, required: true }) areaCode: string;
  @Prop({ type: String, required: true }) origin: ReleaseOrigin;
  /** Hash of the document as imported: the same document again changes nothing. */
  @Prop({ type: String, required: true }) hash: string;
  @Prop({ type: Object, required: true }) projection: Projection;
  /** What each indicator says of it, so that "no signal" can be told from "nobody could say". */
  @Prop({ type: Object, required: true }) outcomes: Outcomes;
  /** Hash of what it says of who dealt with whom, or that it says nothing; not there of one that was stored before this was kept. */
  @Prop({ type: String }) deal?: string;
}

/**
 * The indicator whose share among the processes of an area its assessment weighs; `assessment.rules.spec.ts` holds it against the
 * policy. Under this index an assessment reads keys only: of 200,000 processes a third of the time.
 */
export const WEIGHED_INDICATOR = 'R018';
export const ReleaseSchema = SchemaFactory.createForClass(Release).index({
  areaCode: 1,
  [`outcomes.${WEIGHED_INDICATOR}`]: 1,
});

export const DOCUMENTS = 'documents';

/** What a document of MongoDB holds, less what else stands in the row. */
const LARGEST = 12 * 1024 * 1024;

/** The release itself, packed, without names: what a new definition reads of it is not known today. */
@Schema({ collection: DOCUMENTS, strict: 'throw', versionKey: false, _id: false })
export class ReleaseDocument {
  /** The ocid. */
  @Prop({ type: String, required: true }) _id: string;
  /** JSON in gzip; not there of one that is too large to be kept. */
  @Prop({ type: Buffer }) gzip?: Buffer;
}
export const ReleaseDocumentSchema = SchemaFactory.createForClass(ReleaseDocument);

export function documentRow(_id: string, release: unknown): ReleaseDocument {
  const gzip = gzipSync(JSON.stringify(keptOf(release)), { level: 1 });
  return gzip.length <= LARGEST ? { _id, gzip } : { _id };
}

/** A document as the driver gives it. */
export interface PackedRelease {
  readonly _id: string;
  readonly gzip?: mongo.Binary;
}

/** The release of a document; undefined of one that was too large. */
export const releaseOf = ({ gzip }: PackedRelease): unknown =>
  gzip ? (JSON.parse(gunzipSync(gzip.buffer).toString()) as unknown) : undefined;
