import { IsIn, IsOptional } from 'class-validator';
import { AREAS, type Area, KZ_REGIONS, type KzRegion } from '@aiqyn/contracts';
import { IsDay, PageQuery } from '@aiqyn/platform';

export const LANGUAGES = ['kk', 'ru', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

export class CompileDossier {
  @IsDay() from: string;
  /** The last day of it. */
  @IsDay() to: string;
  /** Only what is of this region; without it the whole area. */
  @IsOptional() @IsIn(KZ_REGIONS) region?: KzRegion;
}

export class DossierQuery extends PageQuery {
  @IsOptional() @IsIn(AREAS) areaCode?: Area;
  @IsOptional() @IsIn(KZ_REGIONS) region?: KzRegion;
}

export class DossierPageQuery {
  @IsOptional() @IsIn(LANGUAGES) language: Language = 'kk';
}
