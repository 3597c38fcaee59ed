import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { Tx } from '@aiqyn/platform';
import type { LedgerEntry, Line, Movement } from './ledger.rules.js';

export const LEDGER = 'reward_ledger';

/** One balanced entry; rows are only ever added. */
@Schema({ collection: LEDGER, strict: 'throw', versionKey: false, _id: false })
export class LedgerRow {
  /** Begins with the day, so that a list by id is in order of time. */
  @Prop({ type: String, required: true }) _id: string;
  @Prop({ type: String, required: true }) caseId: string;
  @Prop({ type: String, required: true }) reportId: string;
  @Prop({ type: String, required: true }) movement: Movement;
  @Prop({ type: String, required: true }) day: string;
  @Prop({ type: String, required: true }) policy: string;
  @Prop({ type: String, required: true }) currency: string;
  @Prop({ type: Array, required: true }) lines: Line[];
}

export const LedgerSchema = SchemaFactory.createForClass(LedgerRow);
// Each part has each movement at most once, whatever the code above does.
LedgerSchema.index({ caseId: 1, reportId: 1, movement: 1 }, { unique: true });

/** Adds entries; there is no way to change one. */
export function post(tx: Tx, entries: readonly LedgerEntry[]): void {
  for (const entry of entries) {
    tx.insert(LEDGER, { _id: `${entry.day}:${entry.caseId}:${entry.reportId}:${entry.movement}`, ...entry });
  }
}
