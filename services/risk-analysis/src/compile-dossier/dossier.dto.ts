import { IsIn, IsOptional } from 'class-validator';
import { AREAS, type Area } from '@aiqyn/contracts';
import { IsDay, PageQuery } from '@aiqyn/platform';

export const LANGUAGES = ['kk', 'ru', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

export class CompileDossier {
  @IsDay() from: string;
  /** The last day of it. */
  @IsDay() to: string;
}

export class DossierQuery extends PageQuery {
  @IsOptional() @IsIn(AREAS) areaCode?: Area;
}

export class DossierPageQuery {
  @IsOptional() @IsIn(LANGUAGES) language: Language = 'kk';
}
