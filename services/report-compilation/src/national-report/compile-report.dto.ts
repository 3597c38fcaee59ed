import { IsIn, IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import { type Language, LANGUAGES } from '../report-model/report-model.rules.js';

export class CompileReport {
  @IsInt() @Min(2012) @Max(2100) year: number;
}

export class ReportQuery {
  @IsOptional() @IsIn(LANGUAGES) lang?: Language;
}

export class ReportPath {
  @Matches(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/) id: string;
}

export class FigurePath extends ReportPath {
  @Matches(/^[A-Za-z0-9][A-Za-z0-9.-]{0,99}$/) key: string;
}
