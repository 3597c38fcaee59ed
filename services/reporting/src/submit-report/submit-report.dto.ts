import { Type } from 'class-transformer';
import {
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Max,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import {
  type Area,
  AREAS,
  KZ_REGIONS,
  type KzRegion,
  REPORT_CATEGORIES,
  REPORT_MODES,
  type ReportCategory,
  type ReportMode,
} from '@aiqyn/contracts';
import { IsBin } from '@aiqyn/platform';
import { SealedByClient } from '../sealing/sealed.dto.js';

/** A report as a citizen sends it: the narrative either sealed or, by clients that cannot seal, as text over TLS. */
export class SubmitReport {
  /** Chosen by a client that seals, at random: what it seals is bound to it. */
  @ValidateIf((r: SubmitReport) => [r.reportId, r.sealedNarrative, r.sealedContact].some((f) => f !== undefined))
  @IsUUID('4')
  reportId?: string;

  @IsIn(REPORT_CATEGORIES) category: ReportCategory;
  @IsOptional() @IsIn(REPORT_MODES) mode: ReportMode = 'anonymous';
  @IsIn(AREAS) areaCode: Area;
  @IsIn(KZ_REGIONS) region: KzRegion;
  @IsOptional() @IsBin() organisationBin?: string;
  /** Whole tiyn. */
  @IsOptional() @IsInt() @Min(0) @Max(Number.MAX_SAFE_INTEGER) allegedAmount?: number;

  @ValidateIf((r: SubmitReport) => r.sealedNarrative === undefined)
  @IsString()
  @Length(1, 100_000)
  narrative?: string;
  @ValidateIf((r: SubmitReport) => r.narrative === undefined)
  @ValidateNested()
  @Type(() => SealedByClient)
  sealedNarrative?: SealedByClient;

  @IsOptional() @IsString() @Length(1, 2_000) contact?: string;
  @IsOptional() @ValidateNested() @Type(() => SealedByClient) sealedContact?: SealedByClient;
}
