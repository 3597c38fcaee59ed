import { IsPart, showNeeds } from '@aiqyn/platform';
import { IsIn, IsString, IsUUID, Length, ValidateIf } from 'class-validator';
import { SealedByClient } from '../sealing/sealed.dto.js';
import { ReceiptQuestion } from '../track-report/track-report.dto.js';

@showNeeds(['text', 'sealedText'], { appealId: ['sealedText'] })
export class LodgeAppeal extends ReceiptQuestion {
  @ValidateIf((a: LodgeAppeal) => a.sealedText !== undefined || a.appealId !== undefined)
  @IsUUID('4')
  appealId?: string;
  /** Why, sealed to the channel as `appeal/<appealId>` of the report, or as text over TLS. */
  @ValidateIf((a: LodgeAppeal) => a.sealedText === undefined) @IsString() @Length(1, 100_000) text?: string;
  @ValidateIf((a: LodgeAppeal) => a.text === undefined)
  @IsPart(() => SealedByClient)
  sealedText?: SealedByClient;
}

export class HearAppeal {
  /** `allowed` takes the case back into triage; `upheld` leaves the outcome as it was. */
  @IsIn(['allowed', 'upheld']) outcome: 'allowed' | 'upheld';
}
