import { ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { Problem, type FieldProblem } from './problem.js';

function fieldsOf(errors: readonly ValidationError[], path = ''): FieldProblem[] {
  return errors.flatMap((e) => {
    const field = path ? `${path}.${e.property}` : e.property;
    return [
      ...Object.values(e.constraints ?? {}).map((problem) => ({ field, problem })),
      ...fieldsOf(e.children ?? [], field),
    ];
  });
}

/** Strict bodies, paths and queries: an unknown field is refused, no type is guessed, a nested object must be known. */
export const strictValidation = (): ValidationPipe =>
  new ValidationPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    validationError: { target: false, value: false },
    exceptionFactory: (errors) =>
      new Problem(400, 'invalid_input', 'one or more fields are not acceptable', { fields: fieldsOf(errors) }),
  });
