import { applyDecorators } from '@nestjs/common';
import { Type } from 'class-transformer';
import { IsObject, ValidateBy, ValidateNested } from 'class-validator';
import { isBin, isDay, isIin } from '@aiqyn/contracts';
import { shown } from './openapi/schemas.js';

/** `format` names it in the OpenAPI document: what no pattern can say, such as a check digit. */
const textThat = (name: string, format: string, holds: (text: string) => boolean, message: string): PropertyDecorator =>
  applyDecorators(
    shown({ type: 'string', format }),
    ValidateBy({
      name,
      validator: {
        validate: (value: unknown) => typeof value === 'string' && holds(value),
        defaultMessage: () => `$property must be ${message}`,
      },
    }),
  );

/** A real calendar day, `YYYY-MM-DD`. */
export const IsDay = (): PropertyDecorator => textThat('isDay', 'date', isDay, 'a calendar day, YYYY-MM-DD');

/** A business identification number: 12 digits, the last of them the check digit. */
export const IsBin = (): PropertyDecorator =>
  textThat('isBin', 'bin', isBin, 'a business identification number: 12 digits with a right check digit');

/** An individual identification number: it is turned into a keyed id at the edge and stored nowhere. */
export const IsIin = (): PropertyDecorator =>
  textThat('isIin', 'iin', isIin, 'an individual identification number: 12 digits with a right check digit');

/** A part of its own class. `@ValidateNested` alone lets a list through, and nothing at all. */
export function IsPart(of: () => new () => object): PropertyDecorator {
  const checks = [IsObject(), ValidateNested(), Type(of)];
  return (target, name) => checks.forEach((check) => check(target, name));
}
