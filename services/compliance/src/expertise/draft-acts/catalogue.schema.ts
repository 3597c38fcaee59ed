import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { Aggregate } from '@aiqyn/platform';

export const CATALOGUES = 'factor-catalogues';

/** A version of the catalogue of factors that was loaded while the service runs; the one it came with is a file. */
@Schema({ collection: CATALOGUES, strict: 'throw', versionKey: false, _id: false })
export class LoadedCatalogue implements Aggregate {
  /** Its version. */
  @Prop({ type: String, required: true }) _id: string;
  @Prop({ type: Number, required: true }) version: number;
  @Prop({ type: Number, required: true }) events: number;
  /** JSON text: cues hold signs that a document store gives a meaning. */
  @Prop({ type: String, required: true }) content: string;
  @Prop({ type: Object, required: true }) proposed: { day: string; by: string };
  @Prop({ type: Object }) activated?: { day: string; by: string; order: number };
}

export const LoadedCatalogueSchema = SchemaFactory.createForClass(LoadedCatalogue);
