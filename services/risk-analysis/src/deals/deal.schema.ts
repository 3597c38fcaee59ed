import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { Awarded, Deal } from './deal.rules.js';

export const DEALS = 'deals';

/** Who dealt with whom in the newest version of one process. */
@Schema({ collection: DEALS, strict: 'throw', versionKey: false, _id: false })
export class StoredDeal implements Deal {
  /** The ocid. */
  @Prop({ type: String, required: true }) _id: string;
  @Prop({ type: String, required: true, index: true }) day: string;
  @Prop({ type: String, required: true }) areaCode: string;
  @Prop({ type: String }) buyer: string | null;
  @Prop({ type: String }) runner: string | null;
  @Prop({ type: [String], required: true }) bidders: string[];
  @Prop({ type: [String], required: true }) winners: string[];
  @Prop({ type: [Object], required: true }) awards: Awarded[];
  @Prop({ type: Boolean, required: true }) direct: boolean;
  @Prop({ type: String }) itemClass: string | null;
  @Prop({ type: Number }) rise: number | null;
}
export const StoredDealSchema = SchemaFactory.createForClass(StoredDeal);
