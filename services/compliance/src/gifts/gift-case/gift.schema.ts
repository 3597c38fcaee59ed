import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { GiftDisposal, GiftKind, GiftRecipient, GiftSector } from '@aiqyn/contracts';
import type { Aggregate } from '@aiqyn/platform';
import type { KnownGiver } from './giver.rules.js';
import type { GiftState } from './gift-states.rules.js';

export const GIFTS = 'gifts';

/** One line of the custody log: from this day on it lies there. */
export interface Custody {
  readonly day: string;
  readonly actNumber: string;
  readonly holderBin: string;
  readonly by: string;
}

/** A gift from the offer or the receipt to the end. Persons are keyed ids; there is no text. */
@Schema({ collection: GIFTS, strict: 'throw', versionKey: false, _id: false })
export class Gift implements Aggregate {
  @Prop({ type: String, required: true }) _id: string;
  @Prop({ type: Number, required: true }) version: number;
  @Prop({ type: Number, required: true }) events: number;
  @Prop({ type: String, required: true, index: true }) state: GiftState;
  @Prop({ type: String, required: true }) declaredDay: string;
  @Prop({ type: String }) declaredBy?: string;
  /** The case whose report names it; never published. */
  @Prop({ type: String }) caseId?: string;
  @Prop({ type: String }) suspicion?: string;
  @Prop({ type: String }) organisationBin?: string;
  @Prop({ type: String }) sector?: GiftSector;
  @Prop({ type: String }) kind?: GiftKind;
  @Prop({ type: Object }) giver?: KnownGiver;
  @Prop({ type: Number }) estimatedValue?: number;
  @Prop({ type: String }) offeredDay?: string;

  // Of a received gift. A refused offer and a suspicion have none of these, and no step that reads them leads on from there.
  @Prop({ type: String }) officialId: string;
  @Prop({ type: String }) recipient?: GiftRecipient;
  @Prop({ type: String }) relation?: string;
  @Prop({ type: String }) recipientId?: string;
  @Prop({ type: String }) receipt?: string;
  @Prop({ type: String }) receivedDay: string;
  @Prop({ type: String }) knownDay: string;
  @Prop({ type: String }) handOverBy: string;
  @Prop({ type: String }) policy: string;

  /** The last day of the office at which it waits. */
  @Prop({ type: String }) dueDay?: string;
  @Prop({ type: Object }) exemption?: {
    ground: string;
    documentNumber: string;
    day: string;
    by: string;
    decidedBy?: string;
    outcome?: string;
  };
  @Prop({ type: String }) handedOverDay: string;
  @Prop({ type: String }) handedOverBy?: string;
  @Prop({ type: String }) actNumber?: string;
  @Prop({ type: String }) photoSha256?: string;
  @Prop({ type: Array }) custody?: Custody[];
  @Prop({ type: Object }) valuation?: {
    day: string;
    value: number;
    valuerBin: string;
    reportNumber: string;
    by: string;
  };
  @Prop({ type: Object }) disposal?: {
    day: string;
    method: GiftDisposal;
    price?: number;
    actNumber: string;
    by: string;
  };
  @Prop({ type: Object }) inquiry?: {
    day: string;
    by: string;
    decidedBy?: string;
    decidedDay?: string;
    outcome?: string;
    reason?: string;
  };
  @Prop({ type: Object }) giverDecision?: {
    day: string;
    by: string;
    outcome: string;
    reason: string;
    article?: string;
    fineUpTo?: number;
  };
  @Prop({ type: Array }) corrections?: { day: string; by: string; reason: string; before: object }[];
}

export const GiftSchema = SchemaFactory.createForClass(Gift).index({ organisationBin: 1, state: 1 });
