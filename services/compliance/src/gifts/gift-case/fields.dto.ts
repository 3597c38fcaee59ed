import { IsIn, IsInt, Matches, Max, Min, ValidateIf } from 'class-validator';
import { type GiverKind, GIVER_KINDS } from '@aiqyn/contracts';
import { IsBin, IsIin } from '@aiqyn/platform';

/** The number of an act or document; twelve digits alone could be a person's. */
export const IsDocumentNumber = (): PropertyDecorator => Matches(/^(?!\d{12}$)[A-Za-z0-9/-]{1,40}$/);

/** The field may be left out; a null is refused, since rows and events hold none. */
export const MayBeMissing = (): PropertyDecorator => ValidateIf((_, value) => value !== undefined);

/** Whole tiyn; the ban has no floor, so zero is a value like any other. */
export function IsTiyn(): PropertyDecorator {
  const checks = [IsInt(), Min(0), Max(Number.MAX_SAFE_INTEGER)];
  return (target, name) => checks.forEach((check) => check(target, name));
}

/** Who gave or offered it. */
export class GiverTold {
  @IsIn(GIVER_KINDS) kind: GiverKind;
  @MayBeMissing() @IsIin() iin?: string;
  @MayBeMissing() @IsBin() bin?: string;
}
