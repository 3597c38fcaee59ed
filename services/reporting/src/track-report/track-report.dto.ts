import { Matches } from 'class-validator';

export class ReceiptQuestion {
  /** 26 digits; spaces between groups are welcome. */
  @Matches(/^[\d ]{26,40}$/) receiptCode: string;
}
