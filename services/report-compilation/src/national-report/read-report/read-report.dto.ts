import { IsUUID, Matches } from 'class-validator';
import { ReportPath } from '../editions/report-path.dto.js';

export class FilePath extends ReportPath {
  /** A path of the package; what is not listed in it is not found. */
  @Matches(/^[A-Za-z0-9][A-Za-z0-9._/-]{0,199}$/) '*': string;
}

export class OtherEdition {
  @IsUUID() from: string;
}
