import { Matches } from 'class-validator';
import { PlatformConfig } from '@aiqyn/platform';

export class ReportCompilationConfig extends PlatformConfig {
  /** The country whose standing is reported, ISO 3166-1 alpha-3. */
  @Matches(/^[A-Z]{3}$/) COUNTRY: string = 'KAZ';
}
