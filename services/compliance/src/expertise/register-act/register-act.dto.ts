import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { ACT_TYPES, type ActType } from '@aiqyn/contracts';
import { IsBin, PageQuery, IsPart } from '@aiqyn/platform';
import { ACT_STATES, type ActState } from '../draft-acts/act-states.rules.js';
import { ActTextTold } from '../draft-acts/fields.dto.js';

const PAPER = ['present', 'absent', 'insufficient'] as const;
type Paper = (typeof PAPER)[number];

/** Which papers came with the act (order of its expertise; the list is a proposal of the domain notes). */
export class Dossier {
  @IsIn(PAPER) note: Paper;
  @IsIn(PAPER) 'comparative-table': Paper;
  @IsIn(PAPER) 'financial-basis': Paper;
  @IsIn(PAPER) 'impact-analysis': Paper;
  @IsIn(PAPER) consultation: Paper;
}

export class Titles {
  @IsOptional() @IsString() @Length(3, 500) kk?: string;
  @IsOptional() @IsString() @Length(3, 500) ru?: string;
  @IsOptional() @IsString() @Length(3, 500) en?: string;
}

export class RegisterAct {
  @IsBin() authorityBin: string;
  @IsIn(ACT_TYPES) actType: ActType;
  @IsPart(() => Titles) titles: Titles;
  @IsOptional() @Matches(/^[a-z][a-z-]{1,30}$/) areaCode?: string;
  @IsInt() @Min(1) @Max(5_000) pages: number;
  @IsPart(() => Dossier) dossier: Dossier;
  /** In one language or more, each once. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(3)
  @ValidateNested({ each: true })
  @Type(() => ActTextTold)
  texts: ActTextTold[];
}

export class ActsQuery extends PageQuery {
  @IsOptional() @IsIn(ACT_STATES) state?: ActState;
}
