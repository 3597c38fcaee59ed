import { IsBoolean, IsIn, IsInt, IsNumber, IsOptional, IsString, IsUUID, Min } from 'class-validator';
import { IsPart } from '@aiqyn/platform';
import { REPORT_STEPS, type ReportStep } from '../editions/release-order.rules.js';

class Work {
  @IsString() kind: string;
  @IsString() doing: string;
  @IsNumber() done: number;
  @IsOptional() @IsNumber() of?: number | undefined;
  /** Why it failed, and at which field. */
  @IsOptional() @IsString() failed?: string | undefined;
  @IsOptional() @IsString() field?: string | undefined;
}

/** What is being done with an edition, and how far it is. */
export class Progress {
  @IsUUID() nationalReportId: string;
  @IsIn(REPORT_STEPS) state: ReportStep;
  @IsInt() @Min(1) version: number;
  @IsBoolean() working: boolean;
  @IsOptional() @IsPart(() => Work) job?: Work;
}
