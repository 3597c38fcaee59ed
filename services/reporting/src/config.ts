import { Type } from 'class-transformer';
import { IsInt, IsOptional, Matches, Min } from 'class-validator';
import { PlatformConfig } from '@aiqyn/platform';

export class ReportingConfig extends PlatformConfig {
  /** X25519 public key of the channel, 32 bytes as base64url; its private half is never on this machine. */
  @Matches(/^[A-Za-z0-9_-]{43}$/) CHANNEL_PUBLIC_KEY: string;
  /** Secret of at least 32 bytes (base64url) that receipt verifiers are keyed with; kept apart from the database. */
  @Matches(/^[A-Za-z0-9_-]{43,}$/) RECEIPT_PEPPER: string;
  /** Peppers beside it by which receipts are known, comma-separated: what was before it, or comes next (README). */
  @Matches(/^$|^[A-Za-z0-9_-]{43,}(,[A-Za-z0-9_-]{43,})*$/) PREVIOUS_RECEIPT_PEPPER: string = '';
  /** `id:key`, comma-separated: AES-256 keys (32 bytes, base64url) that keys of cases lie under, the present one first; kept apart from the database. */
  @Matches(/^[a-z0-9-]+:[A-Za-z0-9_-]{43}(,[a-z0-9-]+:[A-Za-z0-9_-]{43})*$/) CASE_KEY_ENCRYPTION_KEY: string;
  /** Ed25519 seed, 32 bytes as base64url, that signs receipts and tree heads; kept apart from the database. */
  @Matches(/^[A-Za-z0-9_-]{43}$/) TRANSPARENCY_KEY: string;
  /** Reports that may wait for their commit before each further one costs a proof of work. */
  @IsInt() @Min(1) @Type(() => Number) FLOOD_WAITING: number = 256;
  /** Reports a minute that a replica takes before it asks for work; without it only what waits counts. */
  @IsOptional() @IsInt() @Min(1) @Type(() => Number) FLOOD_PER_MINUTE?: number;
  /** `code:key,code:key`: X25519 public keys of bodies that content is handed over to; a body without one gets facts only. */
  @Matches(/^$|^[a-z-]+:[A-Za-z0-9_-]{43}(,[a-z-]+:[A-Za-z0-9_-]{43})*$/) REFERRAL_PUBLIC_KEYS: string = '';
  /** ISO 3166 code of the state whose reward policies apply. */
  @Matches(/^[A-Z]{2}$/) REWARD_JURISDICTION: string = 'KZ';
}
