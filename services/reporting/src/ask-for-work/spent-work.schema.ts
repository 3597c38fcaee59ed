import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';

export const SPENT_WORK = 'spent_work';

/** A solution that was taken, until nobody can hand it in again. */
@Schema({ collection: SPENT_WORK, strict: 'throw', versionKey: false, _id: false })
export class SpentWork {
  @Prop({ type: String, required: true }) _id: string;
  @Prop({ type: Date, required: true }) expireAt: Date;
}

export const SpentWorkSchema = SchemaFactory.createForClass(SpentWork);
SpentWorkSchema.index({ expireAt: 1 }, { expireAfterSeconds: 0 });
