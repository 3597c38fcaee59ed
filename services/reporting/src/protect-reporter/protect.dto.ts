import { IsPart, showNeeds } from '@aiqyn/platform';
import { IsIn, IsString, IsUUID, Length, ValidateIf } from 'class-validator';
import { RETALIATION_KINDS, type RetaliationKind } from '@aiqyn/contracts';
import { SealedByClient } from '../sealing/sealed.dto.js';
import { ReceiptQuestion } from '../track-report/track-report.dto.js';

@showNeeds(['account', 'sealedAccount'], { complaintId: ['sealedAccount'] })
export class LodgeComplaint extends ReceiptQuestion {
  @IsIn(RETALIATION_KINDS) kind: RetaliationKind;
  @ValidateIf((c: LodgeComplaint) => c.sealedAccount !== undefined || c.complaintId !== undefined)
  @IsUUID('4')
  complaintId?: string;
  /** What happened, sealed to the channel as `retaliation/<complaintId>` of the report, or as text over TLS. */
  @ValidateIf((c: LodgeComplaint) => c.sealedAccount === undefined)
  @IsString()
  @Length(1, 100_000)
  account?: string;
  @ValidateIf((c: LodgeComplaint) => c.account === undefined)
  @IsPart(() => SealedByClient)
  sealedAccount?: SealedByClient;
}

/** Law No. 410-V: no penalty, dismissal or transfer without a representative of the service in the commission. */
export const PROTECTION_MEASURES = ['representative-in-commission', 'measure-revoked', 'witness-protection'] as const;

export class Protect {
  @IsIn(PROTECTION_MEASURES) measure: (typeof PROTECTION_MEASURES)[number];
}

export const NOT_UPHELD_REASONS = ['no-detriment', 'no-link-to-the-report', 'withdrawn'] as const;

export class DoNotUphold {
  @IsIn(NOT_UPHELD_REASONS) reason: (typeof NOT_UPHELD_REASONS)[number];
}
