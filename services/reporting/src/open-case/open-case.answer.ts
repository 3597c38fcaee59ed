import { IsIn, IsInt, IsUUID, Min } from 'class-validator';
import { CASE_STATES, type CaseState } from '../cases/case-states.rules.js';

/** The case that a report became; its id is that of the report. */
export class OpenedCase {
  @IsUUID() caseId: string;
  @IsUUID() reportId: string;
  @IsIn(CASE_STATES) state: CaseState;
  @IsInt() @Min(1) version: number;
}
