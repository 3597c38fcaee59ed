import { IsIn, IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import { type GiverKind, GIVER_KINDS } from '@aiqyn/contracts';
import { IsBin, IsIin } from '@aiqyn/platform';

/** The number of an act or document; twelve digits alone could be a person's. */
export const IsDocumentNumber = (): PropertyDecorator => Matches(/^(?!\d{12}$)[A-Za-z0-9/-]{1,40}$/);

/** Whole tiyn; the ban has no floor, so zero is a value like any other. */
export function IsTiyn(): PropertyDecorator {
  const checks = [IsInt(), Min(0), Max(Number.MAX_SAFE_INTEGER)];
  return (target, name) => checks.forEach((check) => check(target, name));
}

/** Who gave or offered it. */
export class GiverTold {
  @IsIn(GIVER_KINDS) kind: GiverKind;
  @IsOptional() @IsIin() iin?: string;
  @IsOptional() @IsBin() bin?: string;
}
