import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import { COMMENT_DECISIONS, type CommentDecision } from '@aiqyn/contracts';
import { IsPart } from '@aiqyn/platform';
import { IsPlainText } from '../documents/plain-text.dto.js';
import { UNIT_ID } from '../draft-document/draft-document.dto.js';
import { ANSWER_GROUNDS, type AnswerGround } from './answer.rules.js';

/** In the language of the comment at least. */
export class ReasonTold {
  @IsOptional() @IsPlainText(1, 4_000) kk?: string;
  @IsOptional() @IsPlainText(1, 4_000) ru?: string;
  @IsOptional() @IsPlainText(1, 4_000) en?: string;
}

export class ChangedUnits {
  @IsInt() @Min(1) @Max(100_000) documentVersion: number;
  @IsArray() @ArrayMinSize(1) @ArrayMaxSize(50) @Matches(UNIT_ID, { each: true }) unitIds: string[];
}

export class GroundTold {
  @IsIn(ANSWER_GROUNDS) kind: AnswerGround;
  @IsPlainText(3, 500) citation: string;
}

export class AnswerComment {
  @IsIn(COMMENT_DECISIONS) decision: CommentDecision;
  @IsPart(() => ReasonTold) reason: ReasonTold;
  @IsOptional() @IsPart(() => ChangedUnits) changed?: ChangedUnits;
  @IsOptional() @IsPart(() => GroundTold) ground?: GroundTold;
}
