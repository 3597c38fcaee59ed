import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsOptional,
  IsUUID,
  Matches,
  ValidateNested,
} from 'class-validator';
import { IsPart } from '@aiqyn/platform';
import { DOCUMENT_KINDS, type DocumentKind } from '../documents/document.schema.js';
import { IsPlainText } from '../documents/plain-text.dto.js';
import { MAX_UNITS, UNIT_KINDS, type UnitKind } from '../documents/units.rules.js';

export const UNIT_ID = /^[a-z0-9][a-z0-9-]{0,59}$/;

/** In each language, none left out. */
export class DocumentTitles {
  @IsPlainText(3, 300) kk: string;
  @IsPlainText(3, 300) ru: string;
  @IsPlainText(3, 300) en: string;
}

export class UnitText {
  @IsPlainText(1, 20_000) kk: string;
  @IsPlainText(1, 20_000) ru: string;
  @IsPlainText(1, 20_000) en: string;
}

export class UnitTold {
  @Matches(UNIT_ID) unitId: string;
  @IsOptional() @Matches(UNIT_ID) parent?: string;
  @Matches(/^[0-9A-Za-z][0-9A-Za-z.-]{0,19}$/) number: string;
  @IsIn(UNIT_KINDS) kind: UnitKind;
  @IsPart(() => UnitText) text: UnitText;
}

export class DraftVersion {
  /** In the order of the document. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_UNITS)
  @ValidateNested({ each: true })
  @Type(() => UnitTold)
  units: UnitTold[];
}

export class DraftDocument extends DraftVersion {
  @IsIn(DOCUMENT_KINDS) kind: DocumentKind;
  /** The edition that it is a draft of; of a `national-report` only. */
  @IsOptional() @IsUUID() nationalReportId?: string;
  @IsPart(() => DocumentTitles) titles: DocumentTitles;
}
