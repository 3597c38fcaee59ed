import { IsIn, IsOptional, IsUUID } from 'class-validator';
import { ReceiptQuestion } from '../track-report/track-report.dto.js';

export class ClaimReward extends ReceiptQuestion {
  /** `decline`: no money is wanted. */
  @IsOptional() @IsIn(['claim', 'decline']) wish: 'claim' | 'decline' = 'claim';
}

/** Whose part; may be left out when there is one. */
export class WhosePart {
  @IsOptional() @IsUUID() reportId?: string;
}
