import { Type } from 'class-transformer';
import {
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Matches,
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

const BASE64URL = /^[A-Za-z0-9_-]+$/;

/** A field that the client sealed to the channel's public key (HPKE); base64url. */
export class SealedByClient {
  @Matches(/^[A-Za-z0-9_-]{43}$/) enc: string;
  @Matches(BASE64URL) @Length(1, 600_000) ciphertext: string;
}

/** A report as a citizen sends it: the narrative either sealed or, by clients that cannot seal, as text over TLS. */
export class SubmitReport {
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
