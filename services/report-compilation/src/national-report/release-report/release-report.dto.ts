import { IsOptional, IsString, IsUUID, Matches, MaxLength, MinLength } from 'class-validator';
import { Grounded } from '../editions/report-path.dto.js';

/** How the public was heard: the consultation that was held, or why there was none. */
export class HeardPublic extends Grounded {
  @IsOptional() @IsUUID() consultationId?: string;
}

/** An approval says on what it rests. */
export class Approved {
  @IsString() @MinLength(3) @MaxLength(2_000) ground: string;
}

/** What the administration of the President gave for the submission. */
export class SubmissionReceipt {
  @Matches(/^[\p{L}\p{N}][\p{L}\p{N}/. -]{1,63}$/u) receiptNumber: string;
}
