import { IsIn, IsOptional } from 'class-validator';
import { KZ_REGIONS, type KzRegion, REPORT_CATEGORIES, type ReportCategory } from '@aiqyn/contracts';
import { IsBin } from '@aiqyn/platform';

/** What a flag does not say of itself: what the case is about, where, and whose it is. */
export class ReferFinding {
  @IsIn(REPORT_CATEGORIES) category: ReportCategory;
  @IsIn(KZ_REGIONS) region: KzRegion;
  @IsOptional() @IsBin() organisationBin?: string;
}
