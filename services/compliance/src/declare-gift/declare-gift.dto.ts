import { IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import { IsDay } from '@aiqyn/platform';

export class DeclareGift {
  @IsDay() receivedDay: string;
  /** The day on which the official learnt of it; the term runs from here. */
  @IsDay() knownDay: string;
  /** Whole tiyn; the ban has no floor, so zero is a value like any other. */
  @IsOptional() @IsInt() @Min(0) @Max(Number.MAX_SAFE_INTEGER) estimatedValue?: number;
}

export class HandOverGift {
  @IsDay() handedOverDay: string;
  @Matches(/^[A-Za-z0-9/-]{1,40}$/) actNumber: string;
}
