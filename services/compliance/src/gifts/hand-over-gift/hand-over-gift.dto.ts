import { Matches } from 'class-validator';
import { IsBin, IsDay } from '@aiqyn/platform';
import { IsDocumentNumber, MayBeMissing } from '../../people/fields.dto.js';

/** The act of hand-over to the body for state property. */
export class HandOverGift {
  @IsDay() handedOverDay: string;
  @IsDocumentNumber() actNumber: string;
  @IsBin() receiverBin: string;
  /** Of the photo, which stays with the receiver: it may show a dedication. */
  @MayBeMissing() @Matches(/^[0-9a-f]{64}$/) photoSha256?: string;
}

export class ReturnGift {
  @IsDay() returnedDay: string;
  @IsDocumentNumber() actNumber: string;
}
