import { ValidateBy } from 'class-validator';
import { isBin } from '@aiqyn/contracts';

/** 12 digits with their check digit. */
export const IsBin = (): PropertyDecorator =>
  ValidateBy({
    name: 'isBin',
    validator: {
      validate: (value: unknown) => typeof value === 'string' && isBin(value),
      defaultMessage: () => '$property must be a business identification number: 12 digits with a right check digit',
    },
  });
