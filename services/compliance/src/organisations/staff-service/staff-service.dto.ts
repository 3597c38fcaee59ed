import { IsIn } from 'class-validator';
import { REPORTING_LINES, type ReportingLine } from '@aiqyn/contracts';
import { IsDay, IsIin } from '@aiqyn/platform';
import { IsDocumentNumber } from '../../people/fields.dto.js';
import { type Departure, DEPARTURES } from './independence.rules.js';

export class AppointOfficer {
  @IsIin() officerIin: string;
  @IsDay() appointedDay: string;
  /** Of the decision, and of the regulation of the service. */
  @IsDocumentNumber() actNumber: string;
  @IsDocumentNumber() regulationNumber: string;
  @IsIn(REPORTING_LINES) reportingLine: ReportingLine;
}

export class OfficerLeaves {
  @IsDay() leftDay: string;
  @IsIn(DEPARTURES) reason: Departure;
}

export class ChangeReportingLine {
  @IsDay() changedDay: string;
  @IsIn(REPORTING_LINES) reportingLine: ReportingLine;
}

export class CutPay {
  @IsDay() cutDay: string;
  @IsDocumentNumber() actNumber: string;
}
