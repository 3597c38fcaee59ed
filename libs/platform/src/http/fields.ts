import { Type } from 'class-transformer';
import { IsObject, ValidateBy, ValidateNested } from 'class-validator';
import { isBin, isDay, isIin } from '@aiqyn/contracts';

const textThat = (name: string, holds: (text: string) => boolean, message: string): PropertyDecorator =>
  ValidateBy({
    name,
    validator: {
      validate: (value: unknown) => typeof value === 'string' && holds(value),
      defaultMessage: () => `$property must be ${message}`,
    },
  });

/** A real calendar day, `YYYY-MM-DD`. */
export const IsDay = (): PropertyDecorator => textThat('isDay', isDay, 'a calendar day, YYYY-MM-DD');

/** A business identification number: 12 digits, the last of them the check digit. */
export const IsBin = (): PropertyDecorator =>
  textThat('isBin', isBin, 'a business identification number: 12 digits with a right check digit');

/** An individual identification number: it is turned into a keyed id at the edge and stored nowhere. */
export const IsIin = (): PropertyDecorator =>
  textThat('isIin', isIin, 'an individual identification number: 12 digits with a right check digit');

/** A part of its own class. `@ValidateNested` alone lets a list through, and nothing at all. */
export function IsPart(of: () => new () => object): PropertyDecorator {
  const checks = [IsObject(), ValidateNested(), Type(of)];
  return (target, name) => checks.forEach((check) => check(target, name));
}
