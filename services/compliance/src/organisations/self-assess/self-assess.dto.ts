import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsString,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { MayBeMissing } from '../../people/fields.dto.js';
import type { Claim, Level } from '../score-compliance/claim.rules.js';

/** A code of the catalogue; whether it has one the rule says. */
export const IsRequirementCode = (): PropertyDecorator => Matches(/^[A-Z]{2,8}-\d{2,3}$/);

/** A level of a requirement, or that it does not apply, on the ground that the catalogue names. */
export class ClaimTold implements Claim {
  @IsRequirementCode() requirement: string;
  @IsIn([0, 1, 2, 3, 4, 'NA']) level: Level;
  @MayBeMissing() @IsString() @MaxLength(200) ground?: string;
}

/** Up to as many as a catalogue may have. */
export class Levels {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(200)
  @ValidateNested({ each: true })
  @Type(() => ClaimTold)
  levels: ClaimTold[];
}
