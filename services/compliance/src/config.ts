import { PlatformConfig } from '@aiqyn/platform';
import { Matches } from 'class-validator';

export class ComplianceConfig extends PlatformConfig {
  /** Secret of 32 bytes (base64url) that ids of officials are keyed with; kept apart from the database, and never changed. */
  @Matches(/^[A-Za-z0-9_-]{43}$/) PERSON_KEY: string;
}
