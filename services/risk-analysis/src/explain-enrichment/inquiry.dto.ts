import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { MAX_AMOUNT } from '../declare-assets/declaration.rules.js';
import { DECISION_REASONS, type Decided, SOURCE_KINDS, type SourceKind, TERM_REASONS } from './inquiry.rules.js';

const SOURCE_ID = /^[a-z0-9][a-z0-9-]{0,31}$/;

export class ExtendTerm {
  @IsIn(TERM_REASONS) reason: (typeof TERM_REASONS)[number];
}

export class SourceExplained {
  @Matches(SOURCE_ID) sourceId: string;
  @IsIn(SOURCE_KINDS) kind: SourceKind;
  /** Tiyn. */
  @IsInt() @Min(1) @Max(MAX_AMOUNT) amount: number;
}

/** What the person says: amounts with codes, no prose. */
export class Explain {
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(20)
  @ArrayUnique((source: SourceExplained) => source.sourceId)
  @ValidateNested({ each: true })
  @Type(() => SourceExplained)
  sources: SourceExplained[];
}

export class SourceProven {
  @Matches(SOURCE_ID) sourceId: string;
  @IsInt() @Min(1) @Max(MAX_AMOUNT) amount: number;
}

export class Recheck {
  @IsArray() @ArrayMaxSize(20) @ValidateNested({ each: true }) @Type(() => SourceProven) proven: SourceProven[];
}

export class DecideInquiry {
  @IsIn(Object.keys(DECISION_REASONS)) outcome: Decided;
  @IsIn(Object.values(DECISION_REASONS).flat()) reason: string;
}
