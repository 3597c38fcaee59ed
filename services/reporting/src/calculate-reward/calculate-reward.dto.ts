import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsIn, IsInt, IsOptional, IsUUID, Max, Min, ValidateNested } from 'class-validator';
import { IsDay } from '@aiqyn/platform';
import { type Exclusion, EXCLUSIONS } from './reward-pack.rules.js';

export class Excluded {
  @IsUUID() reportId: string;
  @IsIn(EXCLUSIONS) reason: Exclusion;
}

/** Who gets no part of the reward, and why. */
export class DecideEligibility {
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(1000)
  @ValidateNested({ each: true })
  @Type(() => Excluded)
  excluded: Excluded[] = [];
}

/** What the policy leaves to an officer; nothing where it leaves no choice. */
export class CalculateReward {
  @IsOptional() @IsInt() @Min(1) @Max(1_000_000) units?: number;
  /** Basis points: 1000 is 10 %. */
  @IsOptional() @IsInt() @Min(0) @Max(10_000) rateBp?: number;
  @IsOptional() @IsDay() offenceDay?: string;
  /** Parts of the reporters that share, in order of arrival. */
  @IsOptional() @IsArray() @ArrayMaxSize(1000) @IsInt({ each: true }) @Min(0, { each: true }) contributions?: number[];
}
