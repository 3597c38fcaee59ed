import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { Deduction } from '@aiqyn/contracts';
import type { Aggregate } from '@aiqyn/platform';
import type { OrderState } from './order-states.rules.js';

export const ORDERS = 'compliance_orders';

/** What takes points off an organisation for a year, and the order that it leads to. */
@Schema({ collection: ORDERS, strict: 'throw', versionKey: false, _id: false })
export class Order implements Aggregate {
  /** Made of the cause, so that one cause is one order. */
  @Prop({ type: String, required: true }) _id: string;
  @Prop({ type: Number, required: true }) version: number;
  @Prop({ type: Number, required: true }) events: number;
  @Prop({ type: String, required: true }) organisationBin: string;
  @Prop({ type: String, required: true }) state: OrderState;
  @Prop({ type: String, required: true }) cause: Deduction;
  @Prop({ type: String, required: true }) causeId: string;
  /** On which the decision came into force, and the first on which its points count no more. */
  @Prop({ type: String, required: true }) day: string;
  @Prop({ type: String, required: true }) endsDay: string;
  @Prop({ type: Number, required: true }) points: number;
  @Prop({ type: String, required: true }) catalogue: string;
  @Prop({ type: String, required: true }) issuedDay: string;
  @Prop({ type: String, required: true }) dueDay: string;
  @Prop({ type: Object }) answer?: { day: string; documentNumber: string; by: string };
  @Prop({ type: String }) closedBy?: string;
}

export const OrderSchema = SchemaFactory.createForClass(Order).index({ organisationBin: 1, state: 1 });
