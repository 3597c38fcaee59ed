import { IsObject, IsString, IsUUID } from 'class-validator';
import { IsDay } from '@aiqyn/platform';
import type { Receipt } from '../transparency-log/verify-receipt.js';

/** What a citizen keeps of a report. */
export class ReportAccepted {
  @IsUUID() reportId: string;
  @IsDay() acknowledgeBy: string;
  @IsDay() feedbackBy: string;
  /** Shown once and stored nowhere. */
  @IsString() receiptCode: string;
  /** Signed: what `verify-receipt` checks without a server. */
  @IsObject() receipt: Receipt;
}
