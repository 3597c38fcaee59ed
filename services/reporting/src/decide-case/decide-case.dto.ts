import { IsIn, IsInt, IsOptional, Max, Min, ValidateIf } from 'class-validator';
import { CASE_OUTCOMES, type CaseOutcome, OFFENCE_CLASSES, type OffenceClass } from '@aiqyn/contracts';
import { IsDay } from '@aiqyn/platform';

export class DecideCase {
  @IsIn(CASE_OUTCOMES) outcome: CaseOutcome;
  /** The day on which the decision came into legal force. */
  @IsDay() legalForceDay: string;
  @ValidateIf((d: DecideCase) => d.outcome === 'decided-liable' || d.offenceClass !== undefined)
  @IsIn(OFFENCE_CLASSES)
  offenceClass?: OffenceClass;
  /** Bribe, damage or value of benefits in whole tiyn; missing when there was none. */
  @IsOptional() @IsInt() @Min(0) @Max(Number.MAX_SAFE_INTEGER) damage?: number;
}
