import { ArrayMaxSize, ArrayNotEmpty, ArrayUnique, IsArray, IsIn, Matches } from 'class-validator';

/** The subject of a person's token: an id, never a name. */
export const SUBJECT = /^[A-Za-z0-9][A-Za-z0-9._@:-]{0,99}$/;

export class AssignCase {
  @IsArray() @ArrayNotEmpty() @ArrayMaxSize(20) @ArrayUnique() @Matches(SUBJECT, { each: true }) assignees: string[];
}

export const RECUSAL_REASONS = ['knows-a-person', 'own-interest', 'earlier-role', 'other'] as const;

export class Recuse {
  @IsIn(RECUSAL_REASONS) reason: (typeof RECUSAL_REASONS)[number];
}

export class NameInReport {
  @Matches(SUBJECT) subject: string;
}
