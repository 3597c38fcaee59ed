import { IsIn, IsString, Length, MaxLength, MinLength } from 'class-validator';
import { type Language, LANGUAGES, MAX_CHARACTERS } from '../read-act/act-text.rules.js';

/** A reason that is read by people: a sentence or some, never a name. */
export const IsReason = (): PropertyDecorator => {
  const checks = [IsString(), Length(3, 2_000)];
  return (target, name) => checks.forEach((check) => check(target, name));
};

/** One text of an act. Longer ones do not fit into a request (413). */
export class ActTextTold {
  @IsIn(LANGUAGES) language: Language;
  @IsString() @MinLength(1) @MaxLength(MAX_CHARACTERS) text: string;
}

export class Reasoned {
  @IsReason() reason: string;
}
