import { IsIn, IsOptional, IsString, Matches, MaxLength, MinLength } from 'class-validator';
import { type Language, LANGUAGES } from '../../report-model/report-model.rules.js';

export class ReportPath {
  @Matches(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/) id: string;
}

export class ReportQuery {
  @IsOptional() @IsIn(LANGUAGES) lang?: Language;
}

/** Why a step is taken: stands in the history of the report, not in its events. */
export class Grounded {
  @IsOptional() @IsString() @MinLength(3) @MaxLength(2_000) ground?: string;
}
