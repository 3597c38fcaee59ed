import { IsIn } from 'class-validator';
import { GIFT_KINDS, GIFT_SECTORS, type GiftKind, type GiftSector } from '@aiqyn/contracts';
import { IsBin, IsDay, IsPart } from '@aiqyn/platform';
import { GiverTold, IsTiyn } from '../gift-case/fields.dto.js';
import { MayBeMissing } from '../../people/fields.dto.js';

/** Nothing of the official who refused: an honest act must leave no trace of who did it. */
export class RefuseOffer {
  @IsBin() organisationBin: string;
  @IsIn(GIFT_SECTORS) sector: GiftSector;
  @IsDay() offeredDay: string;
  @IsIn(GIFT_KINDS) kind: GiftKind;
  @IsPart(() => GiverTold) giver: GiverTold;
  @MayBeMissing() @IsTiyn() estimatedValue?: number;
}
