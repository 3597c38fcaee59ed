import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { RuleError } from '@aiqyn/contracts';

type Form = Readonly<Record<string, unknown>>;

/** The fields of a form that hold one text; one that is left empty is left out, as a form cannot leave it out itself. */
export const typedIn = (form: unknown, names: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    names.flatMap((name) => {
      const value = ((form ?? {}) as Form)[name];
      return typeof value === 'string' && value !== '' ? [[name, value]] : [];
    }),
  );

/** Reads a form by the rules of the API; throws RuleError `invalid_input` with the first field that is wrong. */
export function readForm<T extends object>(shape: new () => T, fields: object): T {
  const body = plainToInstance(shape, fields);
  const [wrong] = validateSync(body, { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true });
  if (wrong) throw new RuleError('invalid_input', 'a field is not acceptable', { field: wrong.property });
  return body;
}
