import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { Aggregate } from '@aiqyn/platform';
import type { Known } from './entity.rules.js';
import type { EntityType, LinkKind, Share } from './link.rules.js';

export const ENTITIES = 'entities';
export const LINKS = 'links';

/** A person (by a keyed id, without a name), a company or a public body. */
@Schema({ collection: ENTITIES, strict: 'throw', versionKey: false, _id: false })
export class Entity implements Aggregate, Known {
  @Prop({ type: String, required: true }) _id: string;
  @Prop({ type: Number, required: true }) version: number;
  @Prop({ type: Number, required: true }) events: number;
  @Prop({ type: String, required: true }) type: EntityType;
  @Prop({ type: [String], required: true }) names: string[];
  @Prop({ type: [String], required: true }) words: string[];
  @Prop({ type: [String], required: true }) born: string[];
  @Prop({ type: [String], required: true }) sources: string[];
  @Prop({ type: String }) unspecified?: string | null;
}
export const EntitySchema = SchemaFactory.createForClass(Entity);

/** What a source says two have to do with each other, and when that held. */
@Schema({ collection: LINKS, strict: 'throw', versionKey: false, _id: false })
export class Link implements Aggregate {
  @Prop({ type: String, required: true }) _id: string;
  @Prop({ type: Number, required: true }) version: number;
  @Prop({ type: Number, required: true }) events: number;
  @Prop({ type: String, required: true }) kind: LinkKind;
  /** Null where the source does not know, or does not say. */
  @Prop({ type: String }) from: string | null;
  @Prop({ type: String }) to: string | null;
  @Prop({ type: String, required: true }) source: string;
  /** First and last day on which it held; open where there is none. */
  @Prop({ type: String }) since?: string | null;
  @Prop({ type: String }) until?: string | null;
  @Prop({ type: Number, required: true }) confidence: number;
  @Prop({ type: Object }) share?: Share | null;
  @Prop({ type: String }) role?: string | null;
  /** Made up of others that are told as well: shown, and not followed a second time. */
  @Prop({ type: Boolean }) indirect?: boolean;
  /** Why an end is not there: a code. */
  @Prop({ type: String }) reason?: string | null;
  /** The statement record that it comes from. */
  @Prop({ type: String }) record?: string;
  /** What the source said before it said otherwise, and on which day that ended. */
  @Prop({ type: [Object], default: undefined }) earlier?: object[];
}
export const LinkSchema = SchemaFactory.createForClass(Link).index({ from: 1 }).index({ to: 1 }).index({ record: 1 });
