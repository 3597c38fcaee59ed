import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { IsIn, IsInt, IsNumber, Max, Min } from 'class-validator';
import { IndicatorMeasuredV1 } from '@aiqyn/contracts';
import { type Caller, Can, From, IsDay } from '@aiqyn/platform';
import { MayBeMissing } from '../../people/fields.dto.js';
import { GoalPath, indicatorOf, IsCode } from '../goal-case/fields.dto.js';
import { GoalMoves, type GoalStep } from '../goal-case/goal-moves.js';
import type { Indicator, Measured } from '../goal-case/indicator.rules.js';
import { corrected, measured, MEASUREMENT_CORRECTIONS } from './measurements.rules.js';

/** A measured value; fifteen digits are what a number holds exactly. */
export function IsValue(): PropertyDecorator {
  const checks = [IsNumber({ allowNaN: false, allowInfinity: false, maxDecimalPlaces: 6 }), ...[Min(-1e15), Max(1e15)]];
  return (target, name) => checks.forEach((check) => check(target, name));
}

export class MeasureGoal {
  /** Of a goal with more than one. */
  @MayBeMissing() @IsCode() indicator?: string;
  /** In the unit of the indicator; a share is from 0 to 1. */
  @IsValue() value: number;
  /** The day that the value is of, not the one on which it is told. */
  @IsDay() day: string;
}

export class CorrectMeasurement {
  @MayBeMissing() @IsCode() indicator?: string;
  /** The number of the measurement that was wrong. */
  @IsInt() @Min(1) corrects: number;
  @IsValue() value: number;
  @IsIn(MEASUREMENT_CORRECTIONS) reason: (typeof MEASUREMENT_CORRECTIONS)[number];
}

/** Measurements only grow: what was wrong is corrected by a new one that names it. */
@Controller('v1/goals')
export class MeasureGoalController {
  constructor(private readonly moves: GoalMoves) {}

  @Post(':id/measurements')
  @HttpCode(200)
  @Can('goal:measure')
  measure(@Param() { id }: GoalPath, @Body() body: MeasureGoal, @From() caller: Caller): Promise<object> {
    const { indicator: code, ...told } = body;
    return this.moves.step(id, caller, (goal, today) =>
      stepOf(measured(indicatorOf(goal, code), { ...told, by: caller.id }, today)),
    );
  }

  @Post(':id/measurement-corrections')
  @HttpCode(200)
  @Can('goal:measure')
  correct(@Param() { id }: GoalPath, @Body() body: CorrectMeasurement, @From() caller: Caller): Promise<object> {
    const { indicator: code, ...told } = body;
    return this.moves.step(id, caller, (goal, today) =>
      stepOf(corrected(indicatorOf(goal, code), { ...told, by: caller.id }, today)),
    );
  }
}

function stepOf({ indicator, measurement }: { indicator: Indicator; measurement: Measured }): GoalStep {
  const { number, day, value, corrects } = measurement;
  const facts = { indicator: indicator.code, day, value, number, ...(corrects === undefined ? {} : { corrects }) };
  return { indicator, event: Object.assign(new IndicatorMeasuredV1(), facts), answer: { measurement: number } };
}
