import { ValidateBy } from 'class-validator';
import { isDay } from '@aiqyn/contracts';

/** A real calendar day, `YYYY-MM-DD`. */
export const IsDay = (): PropertyDecorator =>
  ValidateBy({
    name: 'isDay',
    validator: {
      validate: (value: unknown) => typeof value === 'string' && isDay(value),
      defaultMessage: () => '$property must be a calendar day, YYYY-MM-DD',
    },
  });
