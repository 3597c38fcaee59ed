import { IsIn } from 'class-validator';
import {
  GIFT_KINDS,
  GIFT_RECIPIENTS,
  GIFT_SECTORS,
  type GiftKind,
  type GiftRecipient,
  type GiftSector,
} from '@aiqyn/contracts';
import { IsBin, IsDay, IsIin, IsPart } from '@aiqyn/platform';
import { GiverTold, IsTiyn } from '../gift-case/fields.dto.js';
import { MayBeMissing } from '../../people/fields.dto.js';
import { type Receipt, RECEIPTS, RELATIONS } from './gift-ban.rules.js';

export class DeclareGift {
  @IsIin() officialIin: string;
  /** Where the official serves. */
  @IsBin() organisationBin: string;
  @IsIn(GIFT_SECTORS) sector: GiftSector;
  @IsIn(GIFT_RECIPIENTS) recipient: GiftRecipient;
  /** Of a relative who received it. */
  @MayBeMissing() @IsIn(RELATIONS) relation?: (typeof RELATIONS)[number];
  @MayBeMissing() @IsIin() recipientIin?: string;
  @IsIn(RECEIPTS) receipt: Receipt;
  @IsDay() receivedDay: string;
  /** The day on which the official learnt of it; the term runs from here. */
  @IsDay() knownDay: string;
  @IsIn(GIFT_KINDS) kind: GiftKind;
  @IsPart(() => GiverTold) giver: GiverTold;
  @MayBeMissing() @IsTiyn() estimatedValue?: number;
}
