import { type ArgumentMetadata, type Type, ValidationPipe } from '@nestjs/common';
import { getMetadataStorage, IS_OPTIONAL, type ValidationError } from 'class-validator';
import { partOf } from './openapi/schemas.js';
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

/**
 * Has class-validator look up the rules of a class once instead of for each value: it goes through all classes that there
 * are, so that each new body class would make every request slower (a report: 20 of 400 µs). No service uses groups, or schemas, which are
 * looked up by the name that stands beside the class.
 */
function rememberRules(): void {
  const storage = getMetadataStorage();
  const { getTargetValidationMetadatas: lookUp, groupByPropertyName: group } = storage;
  const rules = new WeakMap<object, ReturnType<typeof lookUp>>();
  const grouped = new WeakMap<object, ReturnType<typeof group>>();
  storage.getTargetValidationMetadatas = (target, schema, always, strict, groups) => {
    if (groups?.length) return lookUp.call(storage, target, schema, always, strict, groups);
    let found = rules.get(target);
    if (!found) rules.set(target, (found = lookUp.call(storage, target, schema, always, strict, groups)));
    return found;
  };
  storage.groupByPropertyName = (metadata) => {
    let found = grouped.get(metadata);
    if (!found) grouped.set(metadata, (found = group.call(storage, metadata)));
    return found;
  };
}
rememberRules();

const mayBeLeftOut = (dto: Type, field: string): boolean =>
  getMetadataStorage()
    .getTargetValidationMetadatas(dto, '', false, false)
    .some((rule) => rule.propertyName === field && rule.name === IS_OPTIONAL);

/**
 * A null where a field may be left out says nothing, as many clients send it: it is left out before anything is checked, and a default
 * stands. Rows and events hold no null; one that came so far would be a fault of ours for a citizen whose report was good. What no
 * class describes, such as the answers of a form, stays as it is.
 */
function leaveOutNulls(sent: unknown, dto: Type): unknown {
  if (Array.isArray(sent)) return sent.map((one) => leaveOutNulls(one, dto));
  if (typeof sent !== 'object' || sent === null) return sent;
  const said = Object.entries(sent).filter(([field, value]) => value !== null || !mayBeLeftOut(dto, field));
  return Object.fromEntries(
    said.map(([field, value]) => {
      const part = partOf(dto, field);
      return [field, part ? leaveOutNulls(value, part) : value];
    }),
  );
}

class StrictValidation extends ValidationPipe {
  override transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    // A stream or a release is of no class of ours.
    const sent = this.toValidate(metadata) ? leaveOutNulls(value, metadata.metatype!) : value;
    return super.transform(sent, metadata);
  }
}

/** Strict bodies, paths and queries: an unknown field is refused, no type is guessed, a nested object must be known. */
export const strictValidation = (): ValidationPipe =>
  new StrictValidation({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    validationError: { target: false, value: false },
    exceptionFactory: (errors) =>
      new Problem(400, 'invalid_input', 'one or more fields are not acceptable', { fields: fieldsOf(errors) }),
  });
