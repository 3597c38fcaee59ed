import { Matches } from 'class-validator';
import { PlatformConfig } from '@aiqyn/platform';

export class ReportCompilationConfig extends PlatformConfig {
  /** The country whose standing is reported, ISO 3166-1 alpha-3. */
  @Matches(/^[A-Z]{3}$/) COUNTRY: string = 'KAZ';
  /** Ed25519 seed, 32 bytes as base64url, that signs the manifest of an edition; kept apart from the database. */
  @Matches(/^[A-Za-z0-9_-]{43}$/) REPORT_SIGNING_KEY: string;
}
