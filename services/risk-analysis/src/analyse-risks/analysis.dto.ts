import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsNumber,
  IsString,
  IsUUID,
  Length,
  Matches,
  Max,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { type Area, AREAS } from '@aiqyn/contracts';
import { IsBin, IsDay, showNeededFor } from '@aiqyn/platform';
import { ANALYSIS_KINDS, type AnalysisKind } from './analysis-states.rules.js';
import { type Control, LEFT_BY_CONTROL, RISK_FACTORS, type RiskFactor } from './certificate.rules.js';

const CONTROLS = Object.keys(LEFT_BY_CONTROL) as Control[];
const SUBJECT = /^[A-Za-z0-9][A-Za-z0-9._@:-]{0,99}$/;
const CODE = /^[a-z0-9][a-z0-9-]{0,63}$/;

export class BeginAnalysis {
  @IsIn(ANALYSIS_KINDS) kind: AnalysisKind;
  @IsBin() objectBin: string;
  @IsIn(AREAS) areaCode: Area;
  /** What it is about, as a code; some fields of work are out of scope by law. */
  @Matches(CODE) subject: string;
  @IsArray() @ArrayNotEmpty() @ArrayMaxSize(30) @ArrayUnique() @Matches(SUBJECT, { each: true }) group: string[];
}

export class RiskFound {
  @IsIn(RISK_FACTORS) factor: RiskFactor;
  @IsString() @Length(1, 300) place: string;
  @IsInt() @Min(1) @Max(5) likelihood: number;
  @IsInt() @Min(1) @Max(5) impact: number;
  @IsIn(CONTROLS) control: Control;
}

export class DraftCertificate {
  @IsDay() from: string;
  @IsDay() to: string;
  @IsArray() @ArrayNotEmpty() @ArrayMaxSize(50) @Matches(CODE, { each: true }) sources: string[];
  @IsArray() @ArrayMaxSize(500) @ValidateNested({ each: true }) @Type(() => RiskFound) risks: RiskFound[];
}

export class RecommendationGiven {
  @Matches(/^[A-Za-z0-9][A-Za-z0-9.-]{0,63}$/) indicator: string;
  /** Shares, 0 to 1. */
  @IsNumber() @Min(0) @Max(1) baseline: number;
  @IsNumber() @Min(0) @Max(1) target: number;
  @IsDay() dueDay: string;
}

export class Recommend {
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(50)
  @ValidateNested({ each: true })
  @Type(() => RecommendationGiven)
  recommendations: RecommendationGiven[];
}

export const REFUSALS = ['against-the-law', 'no-means', 'no-longer-needed'] as const;

@showNeededFor('outcome', 'refused', 'reason')
export class SettleRecommendation {
  @IsUUID() recommendationId: string;
  @IsIn(['done', 'refused']) outcome: 'done' | 'refused';
  @ValidateIf((s: SettleRecommendation) => s.outcome === 'refused' || s.reason !== undefined)
  @IsIn(REFUSALS)
  reason?: (typeof REFUSALS)[number];
}

export const EXTENSIONS = ['data-came-late', 'scope-grew', 'expert-opinion'] as const;

export class ExtendAnalysis {
  @IsIn(EXTENSIONS) reason: (typeof EXTENSIONS)[number];
}
