import { ArrayMaxSize, IsArray, IsIn, IsNumber, IsString, Length, Max, Min } from 'class-validator';
import { type Area, AREAS, GOAL_DIRECTIONS, type GoalDirection } from '@aiqyn/contracts';
import { IsBin, IsDay, IsIin, IsPart } from '@aiqyn/platform';
import { MayBeMissing } from '../../people/fields.dto.js';
import { IsCode, IsPosition } from '../goal-case/fields.dto.js';
import { IsValue } from '../measure-goal/measure-goal.controller.js';

export class PlanProgramme {
  @IsCode() code: string;
  @IsString() @Length(3, 300) title: string;
  /** The act that it stands on. */
  @IsString() @Length(3, 500) source: string;
  @MayBeMissing() @IsBin() organisationBin?: string;
  @IsDay() startDay: string;
  @IsDay() endDay: string;
}

export class PlanGoal {
  @IsCode() code: string;
  @IsString() @Length(3, 300) title: string;
  @IsIn(AREAS) areaCode: Area;
  /** The body whose goal it is. */
  @MayBeMissing() @IsBin() organisationBin?: string;
}

export class AccountableTold {
  @IsPosition() position: string;
  @IsIin() officialIin: string;
}

export class CorridorTold {
  @IsValue() low: number;
  @IsValue() high: number;
  /** The share of periods that must be inside. */
  @IsNumber({ allowNaN: false, allowInfinity: false, maxDecimalPlaces: 6 }) @Min(0.01) @Max(1) share: number;
}

export class PlanIndicator {
  @IsCode() code: string;
  @IsString() @Length(3, 300) title: string;
  /** `share` is from 0 to 1; any other word is one of the programme's own. */
  @IsCode() unit: string;
  @IsIn(GOAL_DIRECTIONS) direction: GoalDirection;
  @MayBeMissing() @IsValue() baseline?: number;
  @MayBeMissing() @IsValue() target?: number;
  /** Of what is to be kept, instead of baseline and target. */
  @MayBeMissing() @IsPart(() => CorridorTold) corridor?: CorridorTold;
  @IsString() @Length(3, 2_000) formula: string;
  /** Where the values come from. */
  @IsString() @Length(3, 500) source: string;
  @IsCode() frequency: string;
  /** The day of the baseline. */
  @IsDay() startDay: string;
  /** The day of the target. */
  @IsDay() dueDay: string;
  /** The one official who answers; a list is refused. */
  @IsPart(() => AccountableTold) accountable: AccountableTold;
  /** Positions that contribute. */
  @MayBeMissing() @IsArray() @ArrayMaxSize(20) @IsPosition(true) contributors?: string[];
}

export class PlanMilestone {
  @IsCode() code: string;
  @IsString() @Length(3, 300) title: string;
  @IsDay() dueDay: string;
  @IsPosition() ownerPosition: string;
}
