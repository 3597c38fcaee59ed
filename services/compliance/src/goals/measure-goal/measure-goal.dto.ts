import { IsNumber, Max, Min } from 'class-validator';
import { IsDay } from '@aiqyn/platform';

export class MeasureGoal {
  /** The share that was measured, 0 to 1. */
  @IsNumber({ allowNaN: false, allowInfinity: false, maxDecimalPlaces: 6 }) @Min(0) @Max(1) value: number;
  @IsDay() day: string;
}
