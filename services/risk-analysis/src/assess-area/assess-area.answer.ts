import { IsIn, IsInt, IsNumber, IsOptional, IsString, IsUUID, Max, Min } from 'class-validator';
import { IsDay, IsPart } from '@aiqyn/platform';
import { AREAS, RISK_LEVELS, type RiskLevel } from '@aiqyn/contracts';

class Inputs {
  @IsInt() @Min(0) reports: number;
  @IsInt() @Min(0) processes: number;
  @IsInt() @Min(0) evaluable: number;
  @IsInt() @Min(0) flagged: number;
}

/** What is known of an area now. */
export class AreaKnown extends Inputs {
  @IsIn(AREAS) areaCode: string;
}

class RecommendationIssued {
  @IsUUID() recommendationId: string;
  @IsString() indicator: string;
  @IsNumber() baseline: number;
  @IsNumber() target: number;
  @IsDay() dueDay: string;
}

/** An area as it was weighed, and what the policy asks for because of it. */
export class AssessedArea {
  @IsUUID() assessmentId: string;
  @IsIn(AREAS) areaCode: string;
  @IsNumber() @Min(0) @Max(1) score: number;
  @IsIn(RISK_LEVELS) level: RiskLevel;
  @IsPart(() => Inputs) inputs: Inputs;
  @IsOptional() @IsPart(() => RecommendationIssued) recommendation?: RecommendationIssued;
}
