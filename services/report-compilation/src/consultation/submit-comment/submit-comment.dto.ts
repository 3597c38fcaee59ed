import { IsIn, IsOptional, Matches } from 'class-validator';
import { KZ_REGIONS, type KzRegion } from '@aiqyn/contracts';
import { IsPart } from '@aiqyn/platform';
import { type Language, LANGUAGES } from '../../report-model/report-model.rules.js';
import { COMMENTER_KINDS, type CommenterKind } from '../comments/commenter.rules.js';
import { IsPlainText } from '../documents/plain-text.dto.js';
import { UNIT_ID } from '../draft-document/draft-document.dto.js';

/** Words of the unit that the comment is about; what stands around them tells which of several places is meant. */
export class QuoteTold {
  /** Which text of the unit is quoted; that in the language of the comment when it is left out. */
  @IsOptional() @IsIn(LANGUAGES) language?: Language;
  @IsPlainText(1, 2_000) text: string;
  @IsOptional() @IsPlainText(0, 200) prefix?: string;
  @IsOptional() @IsPlainText(0, 200) suffix?: string;
}

export class SubmitComment {
  @Matches(UNIT_ID) unitId: string;
  /** Left out for a comment on the unit as a whole. */
  @IsOptional() @IsPart(() => QuoteTold) quote?: QuoteTold;
  @IsIn(COMMENTER_KINDS) kind: CommenterKind;
  @IsOptional() @IsIn(KZ_REGIONS) region?: KzRegion;
  @IsIn(LANGUAGES) language: Language;
  @IsPlainText(3, 8_000) text: string;
}
