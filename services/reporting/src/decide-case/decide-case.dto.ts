import { IsIn, IsInt, IsOptional, Max, Min, ValidateIf } from 'class-validator';
import {
  CASE_OUTCOMES,
  type CaseOutcome,
  GIFT_SECTORS,
  type GiftSector,
  LIABLE_POSITIONS,
  type LiablePosition,
  OFFENCE_CLASSES,
  type OffenceClass,
} from '@aiqyn/contracts';
import { IsBin, IsDay, IsPart, showNeededFor } from '@aiqyn/platform';

/** What the person found liable was in which organisation. */
export class LiableAt {
  @IsIn(LIABLE_POSITIONS) position: LiablePosition;
  @IsBin() organisationBin: string;
  @IsIn(GIFT_SECTORS) sector: GiftSector;
}

@showNeededFor('outcome', 'decided-liable', 'offenceClass')
export class DecideCase {
  @IsIn(CASE_OUTCOMES) outcome: CaseOutcome;
  /** The day on which the decision came into legal force. */
  @IsDay() legalForceDay: string;
  @ValidateIf((d: DecideCase) => d.outcome === 'decided-liable' || d.offenceClass !== undefined)
  @IsIn(OFFENCE_CLASSES)
  offenceClass?: OffenceClass;
  /** Bribe, damage or value of benefits in whole tiyn; missing when there was none. */
  @IsOptional() @IsInt() @Min(0) @Max(Number.MAX_SAFE_INTEGER) damage?: number;
  /** Whom the decision is about, where an organisation answers for them; the person is not named. */
  @IsOptional() @IsPart(() => LiableAt) liableAt?: LiableAt;
}
