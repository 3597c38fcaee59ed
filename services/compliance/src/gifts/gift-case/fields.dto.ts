import { IsIn, IsInt, Max, Min } from 'class-validator';
import { type GiverKind, GIVER_KINDS } from '@aiqyn/contracts';
import { IsBin, IsIin } from '@aiqyn/platform';
import { MayBeMissing } from '../../people/fields.dto.js';

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
