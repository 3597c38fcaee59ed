import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { Deal } from './deal.rules.js';

export const DEALS = 'deals';

/** Who dealt with whom in the newest version of one process. */
@Schema({ collection: DEALS, strict: 'throw', versionKey: false, _id: false })
export class StoredDeal {
  /** The ocid. */
  @Prop({ type: String, required: true }) _id: string;
  @Prop({ type: String, required: true, index: true }) day: string;
  @Prop({ type: String, required: true }) areaCode: string;
  @Prop({ type: String, index: true }) buyer?: string;
  @Prop({ type: String }) runner?: string;
  @Prop({ type: [String], required: true }) bidders: string[];
  @Prop({ type: [String], required: true }) winners: string[];
  @Prop({ type: [Object], required: true }) awards: { to: readonly string[]; amount?: number; currency?: string }[];
  @Prop({ type: Boolean, required: true }) direct: boolean;
  @Prop({ type: String }) itemClass?: string;
  @Prop({ type: Number }) rise?: number;
}
export const StoredDealSchema = SchemaFactory.createForClass(StoredDeal);

/** What is not known of a deal is not in its row. */
const known = <T extends object>(all: T): object =>
  Object.fromEntries(Object.entries(all).filter(([, v]) => v !== null));

export const dealRow = (_id: string, deal: Deal): { _id: string } & Record<string, unknown> => ({
  ...known(deal),
  ...{ _id, awards: deal.awards.map(known) },
});

/** The deal of a row. */
export const dealOfRow = ({ _id: ocid, awards, ...row }: StoredDeal): Deal & { readonly ocid: string } => ({
  ...{ ocid, ...row, buyer: row.buyer ?? null, runner: row.runner ?? null },
  ...{ itemClass: row.itemClass ?? null, rise: row.rise ?? null },
  awards: awards.map(({ to, amount, currency }) => ({ to, amount: amount ?? null, currency: currency ?? null })),
});
