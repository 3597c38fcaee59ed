import {
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  Max,
  Min,
  ValidateIf,
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
import { IsBin, IsPart, showNeeds } from '@aiqyn/platform';
import { SealedByClient } from '../sealing/sealed.dto.js';

/**
 * A report as a citizen sends it: what they tell either sealed or, by clients that cannot seal, over TLS, as a text or as the
 * answers of a form.
 */
@showNeeds(['narrative', 'answers', 'sealedNarrative'], {
  reportId: ['sealedNarrative', 'sealedContact'],
  form: ['answers'],
})
export class SubmitReport {
  /** Chosen by a client that seals, at random: what it seals is bound to it. */
  @ValidateIf((r: SubmitReport) => [r.reportId, r.sealedNarrative, r.sealedContact].some((f) => f !== undefined))
  @IsUUID('4')
  reportId?: string;

  /** `kind/version` of the form that was filled. */
  @ValidateIf((r: SubmitReport) => r.form !== undefined || r.answers !== undefined)
  @Matches(/^[a-z][a-z-]{1,39}\/\d{1,4}$/)
  form?: string;

  @IsIn(REPORT_CATEGORIES) category: ReportCategory;
  @IsOptional() @IsIn(REPORT_MODES) mode: ReportMode = 'anonymous';
  @IsIn(AREAS) areaCode: Area;
  @IsIn(KZ_REGIONS) region: KzRegion;
  @IsOptional() @IsBin() organisationBin?: string;
  /** Whole tiyn. */
  @IsOptional() @IsInt() @Min(0) @Max(Number.MAX_SAFE_INTEGER) allegedAmount?: number;

  /** A solved challenge, when there is a flood. */
  @IsOptional() @IsString() @Length(1, 2_000) work?: string;

  @ValidateIf((r: SubmitReport) => r.sealedNarrative === undefined && r.answers === undefined)
  @IsString()
  @Length(1, 100_000)
  narrative?: string;
  /** Checked against the form, then sealed as JSON. */
  @IsOptional() @IsObject() answers?: object;
  @ValidateIf((r: SubmitReport) => r.narrative === undefined && r.answers === undefined)
  @IsPart(() => SealedByClient)
  sealedNarrative?: SealedByClient;

  @IsOptional() @IsString() @Length(1, 2_000) contact?: string;
  @IsOptional() @IsPart(() => SealedByClient) sealedContact?: SealedByClient;
}
