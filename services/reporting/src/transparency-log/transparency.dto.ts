import { Type } from 'class-transformer';
import { IsInt, IsOptional, Matches, Max, Min } from 'class-validator';

const MOST = Number.MAX_SAFE_INTEGER;

export class HeadQuery {
  @IsOptional() @IsInt() @Min(1) @Max(MOST) @Type(() => Number) size?: number;
}

export class HeadsQuery {
  /** The size of the last head of the page before. */
  @IsInt() @Min(0) @Max(MOST) @Type(() => Number) after: number = 0;
}

export class EntriesQuery {
  @IsInt() @Min(0) @Max(MOST) @Type(() => Number) start: number;
  /** Not included; a page has 1,000 entries at most. */
  @IsInt() @Min(1) @Max(MOST) @Type(() => Number) end: number;
}

export class ConsistencyQuery {
  @IsInt() @Min(1) @Max(MOST) @Type(() => Number) first: number;
  @IsInt() @Min(1) @Max(MOST) @Type(() => Number) second: number;
}

export class InclusionQuery {
  @Matches(/^[0-9a-f]{64}$/) leaf: string;
}
