import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { Aggregate } from '@aiqyn/platform';
import type { Check } from './checks.rules.js';
import type { Fact } from './household.rules.js';
import type { Range } from './ranges.rules.js';

export const REVIEWS = 'enrichment_reviews';

/** What the checks say of what an official declared for a year. */
@Schema({ collection: REVIEWS, strict: 'throw', versionKey: false, _id: false })
export class EnrichmentReview implements Aggregate {
  /** `<person>-<year>`. */
  @Prop({ type: String, required: true }) _id: string;
  @Prop({ type: Number, required: true }) version: number;
  @Prop({ type: Number, required: true }) events: number;
  @Prop({ type: String, required: true }) personId: string;
  @Prop({ type: Number, required: true }) year: number;
  @Prop({ type: String, required: true }) bodyBin: string;
  @Prop({ type: String, required: true }) areaCode: string;
  @Prop({ type: String, required: true }) region: string;
  /** Versions of declarations are kept as they came; facts of registers may change, so they are copied. */
  @Prop({ type: String, required: true }) declarationId: string;
  @Prop({ type: String }) beforeId?: string;
  @Prop({ type: [Object], required: true }) facts: Fact[];
  /** What income and other lawful means do not cover, in tiyn; missing where a section is. */
  @Prop({ type: Object }) gap?: Range;
  @Prop({ type: [Object], required: true }) checks: Check[];
  /** Sum of the weights of what is triggered. */
  @Prop({ type: Number, required: true }) score: number;
  @Prop({ type: String, required: true }) day: string;
  /** The last inquiry that it led to. */
  @Prop({ type: String }) inquiryId?: string;
}

export const EnrichmentReviewSchema = SchemaFactory.createForClass(EnrichmentReview).index({ bodyBin: 1, year: 1 });
