import { IsPart, showNeeds } from '@aiqyn/platform';
import { IsOptional, IsString, IsUUID, Length, Matches, ValidateIf } from 'class-validator';
import { SealedByClient } from '../sealing/sealed.dto.js';
import { ReceiptQuestion } from '../track-report/track-report.dto.js';

export class ReplyKey extends ReceiptQuestion {
  /** X25519 public key derived from the receipt code (`replyKeyPair` of sealing/), 32 bytes as base64url. */
  @Matches(/^[A-Za-z0-9_-]{43}$/) publicKey: string;
}

/** A message of the reporting person: sealed by their client, or as text over TLS, which is sealed on arrival. */
@showNeeds(['text', 'sealed'], { messageId: ['sealed'] })
export class ReporterMessage extends ReceiptQuestion {
  @ValidateIf((m: ReporterMessage) => m.sealed !== undefined || m.messageId !== undefined)
  @IsUUID('4')
  messageId?: string;
  @ValidateIf((m: ReporterMessage) => m.sealed === undefined) @IsString() @Length(1, 100_000) text?: string;
  @ValidateIf((m: ReporterMessage) => m.text === undefined)
  @IsPart(() => SealedByClient)
  sealed?: SealedByClient;
  /** The same, sealed to the writer's own key. */
  @IsOptional() @IsPart(() => SealedByClient) copy?: SealedByClient;
}

/** A message of an office, sealed on its own machine to the reporting person's key. */
export class OfficeMessage {
  @IsUUID('4') messageId: string;
  @IsPart(() => SealedByClient) sealed: SealedByClient;
  /** The same, sealed to the channel's key. */
  @IsOptional() @IsPart(() => SealedByClient) copy?: SealedByClient;
}
