import { IsInt, IsOptional, IsString, IsUUID, Matches, Max, MaxLength, Min, MinLength } from 'class-validator';
import { Grounded, ReportPath } from '../editions/report-path.dto.js';

export class DraftReport extends Grounded {
  @IsInt() @Min(2012) @Max(2100) year: number;
  /** The published edition that this one corrects; then the ground says what was wrong. */
  @IsOptional() @IsUUID() corrects?: string;
}

export class BlockPath extends ReportPath {
  @Matches(/^[a-z][a-z0-9.-]{0,63}$/) block: string;
}

/** Numbers stand in it as `{{metric:id}}`, in all three languages the same ones. */
export class WriteText {
  @IsString() @MinLength(1) @MaxLength(20_000) kk: string;
  @IsString() @MinLength(1) @MaxLength(20_000) ru: string;
  @IsString() @MinLength(1) @MaxLength(20_000) en: string;
}
