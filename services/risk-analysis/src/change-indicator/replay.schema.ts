import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';

export const REPLAYS = 'indicator_replays';

/** How far what is stored was judged anew by a definition that came into force, or by its parameters of another period. */
@Schema({ collection: REPLAYS, strict: 'throw', versionKey: false, _id: false })
export class Replay {
  /** The code of the indicator. */
  @Prop({ type: String, required: true }) _id: string;
  /** The version, and the first day of the period where that is why. */
  @Prop({ type: String, required: true }) of: string;
  @Prop({ type: String, required: true }) since: string;
  /** The last process that was judged. */
  @Prop({ type: String }) after: string;
  @Prop({ type: Number, required: true }) processes: number;
  /** Processes whose release is too large to be kept: they are judged when it is handed in again. */
  @Prop({ type: Number, required: true }) withoutRelease: number;
  @Prop({ type: Boolean, required: true }) done: boolean;
}
export const ReplaySchema = SchemaFactory.createForClass(Replay);
