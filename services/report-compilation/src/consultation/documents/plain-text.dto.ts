import { applyDecorators } from '@nestjs/common';
import { ValidateBy } from 'class-validator';
import { shown } from '@aiqyn/platform';
import { isPlain, lengthOf, plainText } from './plain-text.rules.js';

/** A text of people within a length in characters, without control characters; kept as it is, markup and all: whoever shows it escapes it. */
export const IsPlainText = (least: number, most: number): PropertyDecorator =>
  applyDecorators(
    shown({ type: 'string', minLength: least, maxLength: most, format: 'plain-text' }),
    ValidateBy({
      name: 'isPlainText',
      validator: {
        validate: (value: unknown) => {
          if (typeof value !== 'string' || value.length > 2 * most + 1_000 || !isPlain(value)) return false;
          const length = lengthOf(plainText(value));
          return length >= least && length <= most;
        },
        defaultMessage: () => `$property must be a text of ${least} to ${most} characters without control characters`,
      },
    }),
  );
