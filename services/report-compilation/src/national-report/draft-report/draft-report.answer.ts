import { IsIn, IsInt, IsUUID, Min } from 'class-validator';
import { REPORT_STEPS, type ReportStep } from '../editions/release-order.rules.js';

export class DraftedReport {
  @IsUUID() nationalReportId: string;
  @IsInt() year: number;
  @IsInt() @Min(1) edition: number;
  @IsIn(REPORT_STEPS) state: ReportStep;
  @IsInt() @Min(1) version: number;
}
