import { Transform } from 'class-transformer';
import { IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import { IsDay } from '@aiqyn/platform';

export class IndexPath {
  @Matches(/^[a-z][a-z-]{1,39}$/) index: string;
  /** ISO 3166-1 alpha-3, or the producer's code where there is none. */
  @Matches(/^[A-Z]{3}$/) country: string;
}

export class AsOf {
  /** What was known here on that day; left out: now. */
  @IsOptional() @IsDay() asOf?: string;
}

const year = ({ value }: { value: unknown }): unknown =>
  typeof value === 'string' && /^\d{4}$/.test(value) ? Number(value) : value;

export class ComparedYears extends AsOf {
  @Transform(year) @IsInt() @Min(1990) @Max(2100) from: number;
  @Transform(year) @IsInt() @Min(1990) @Max(2100) to: number;
}
