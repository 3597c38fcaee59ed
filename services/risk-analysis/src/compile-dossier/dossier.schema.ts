import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { Aggregate } from '@aiqyn/platform';

export const DOSSIERS = 'dossiers';

/** A dossier as it was compiled; never changed. */
@Schema({ collection: DOSSIERS, strict: 'throw', versionKey: false, _id: false })
export class StoredDossier implements Aggregate {
  /** Area, region if it is of one, period and the hash of the inputs: the same inputs are the same dossier. */
  @Prop({ type: String, required: true }) _id: string;
  @Prop({ type: Number, required: true }) version: number;
  @Prop({ type: Number, required: true }) events: number;
  @Prop({ type: String, required: true, index: true }) areaCode: string;
  @Prop({ type: String }) region?: string;
  @Prop({ type: String, required: true }) from: string;
  @Prop({ type: String, required: true }) to: string;
  @Prop({ type: String, required: true }) inputsHash: string;
  @Prop({ type: String, required: true }) compiledDay: string;
  /** JSON with the fields in order. */
  @Prop({ type: String, required: true }) body: string;
}
export const StoredDossierSchema = SchemaFactory.createForClass(StoredDossier);
