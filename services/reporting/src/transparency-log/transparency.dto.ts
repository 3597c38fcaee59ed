import { Type } from 'class-transformer';
import { IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import { LARGEST } from './merkle.rules.js';

export class HeadQuery {
  @IsOptional() @IsInt() @Min(1) @Max(LARGEST) @Type(() => Number) size?: number;
}

export class HeadsQuery {
  /** The size of the last head of the page before. */
  @IsOptional() @IsInt() @Min(0) @Max(LARGEST) @Type(() => Number) after: number = 0;
}

export class EntriesQuery {
  @IsInt() @Min(0) @Max(LARGEST) @Type(() => Number) start: number;
  /** Not included; a page has 1,000 entries at most. */
  @IsInt() @Min(1) @Max(LARGEST) @Type(() => Number) end: number;
}

export class ConsistencyQuery {
  @IsInt() @Min(1) @Max(LARGEST) @Type(() => Number) first: number;
  @IsInt() @Min(1) @Max(LARGEST) @Type(() => Number) second: number;
}

export class InclusionQuery {
  @Matches(/^[0-9a-f]{64}$/) leaf: string;
}
