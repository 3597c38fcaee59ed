import { PlatformConfig } from '@aiqyn/platform';
import { IsEmail, IsOptional, Matches } from 'class-validator';

export class ComplianceConfig extends PlatformConfig {
  /** Secret of 32 bytes (base64url) that ids of officials are keyed with; kept apart from the database, and never changed. */
  @Matches(/^[A-Za-z0-9_-]{43}$/) PERSON_KEY: string;
  /** The mail server for notices, `smtp(s)://user:password@host:port`; without it they are stored and published only. */
  @IsOptional() @Matches(/^smtps?:\/\/.+/) SMTP_URL?: string;
  /** Whom notices come from. */
  @IsEmail() MAIL_FROM: string = 'notices@aiqyn.example';
}
