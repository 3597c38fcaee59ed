import { IsOptional, IsString, IsUrl, Matches, ValidateIf } from 'class-validator';
import { PlatformConfig } from '@aiqyn/platform';

/** One of the two alone would leave PDFs unsealed without a word. */
const isSealing = ({ SEAL_CERTIFICATE_FILE, SEAL_KEY_FILE }: ReportCompilationConfig): boolean =>
  SEAL_CERTIFICATE_FILE !== undefined || SEAL_KEY_FILE !== undefined;

export class ReportCompilationConfig extends PlatformConfig {
  /** The country whose standing is reported, ISO 3166-1 alpha-3. */
  @Matches(/^[A-Z]{3}$/) COUNTRY: string = 'KAZ';
  /** Ed25519 seed, 32 bytes as base64url, that signs the manifest of an edition; kept apart from the database. */
  @Matches(/^[A-Za-z0-9_-]{43}$/) REPORT_SIGNING_KEY: string;
  /** Files with the certificate (PEM) and the key (PKCS #8, RSA or EC) that PDFs are sealed with (PAdES); without them none is. */
  @ValidateIf(isSealing) @IsString() SEAL_CERTIFICATE_FILE?: string;
  @ValidateIf(isSealing) @IsString() SEAL_KEY_FILE?: string;
  /** A time stamp authority (RFC 3161) that stamps the manifest; without it no token stands in the package. */
  @IsOptional()
  @IsUrl({ require_tld: false, protocols: ['http', 'https'], require_protocol: true })
  TIME_STAMP_URL?: string;
}
