import { Type } from 'class-transformer';
import { IsDefined, IsIn, ValidateNested } from 'class-validator';
import { GIFT_KINDS, GIFT_SECTORS, type GiftKind, type GiftSector } from '@aiqyn/contracts';
import { IsBin, IsDay } from '@aiqyn/platform';
import { GiverTold, IsTiyn, MayBeMissing } from '../gift-case/fields.dto.js';

/** Nothing of the official who refused: an honest act must leave no trace of who did it. */
export class RefuseOffer {
  @IsBin() organisationBin: string;
  @IsIn(GIFT_SECTORS) sector: GiftSector;
  @IsDay() offeredDay: string;
  @IsIn(GIFT_KINDS) kind: GiftKind;
  @IsDefined() @ValidateNested() @Type(() => GiverTold) giver: GiverTold;
  @MayBeMissing() @IsTiyn() estimatedValue?: number;
}
