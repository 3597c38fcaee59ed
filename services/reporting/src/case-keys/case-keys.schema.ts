import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';

export const CASE_KEYS = 'case_keys';

/** Keys made ahead, each wrapped under a key-encryption key; null once its case is purged. */
@Schema({ collection: CASE_KEYS, strict: 'throw', versionKey: false, _id: false })
export class KeyBlock {
  /** 48 random bits. */
  @Prop({ type: Number, required: true }) _id: number;
  /** The id of the key-encryption key. */
  @Prop({ type: String, required: true }) kek: string;
  @Prop({ type: Array, required: true }) keys: (Uint8Array | { readonly buffer: Uint8Array } | null)[];
}
export const KeyBlockSchema = SchemaFactory.createForClass(KeyBlock);
KeyBlockSchema.index({ kek: 1 });
