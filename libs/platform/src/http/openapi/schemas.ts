import type { Type } from '@nestjs/common';
// The package shows it to nobody, and class-validator-jsonschema wants it for parts.
// @ts-expect-error -- it has no types under this path
import { defaultMetadataStorage as untyped } from 'class-transformer/cjs/storage.js';
import { getMetadataStorage, IS_IN, IS_NUMBER, IS_OBJECT, IS_UUID, MAX, MIN, ValidationTypes } from 'class-validator';
import { JSONSchema, targetConstructorToSchema } from 'class-validator-jsonschema';

const parts = untyped as {
  findTypeMetadata(target: unknown, property: string): { typeFunction(): Type } | undefined;
};
/** The class of a part (`IsPart`); undefined where a field is none. */
export const partOf = (dto: Type, field: string): Type | undefined =>
  parts.findTypeMetadata(dto, field)?.typeFunction();
const UUID_4 = '^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$';

export type JsonSchema = Record<string, unknown>;

/** Says in the OpenAPI document what a check of our own takes; beside the check, so that the two are changed together. */
export const shown = (schema: JsonSchema): PropertyDecorator & ClassDecorator =>
  JSONSchema(schema) as PropertyDecorator & ClassDecorator;

/** A field that says something: a null is as if it were left out (`validation.ts`). */
const given = (field: string): JsonSchema => ({
  required: [field],
  properties: { [field]: { not: { type: 'null' } } },
});

/** Of a class in which one of the fields must be there, and some only together with another. */
export const showNeeds = (oneOf: readonly string[], together: Readonly<Record<string, string[]>>): ClassDecorator =>
  shown({
    anyOf: oneOf.map(given),
    allOf: Object.entries(together).map(([needed, by]) => ({
      anyOf: [given(needed), { properties: Object.fromEntries(by.map((field) => [field, { type: 'null' }])) }],
    })),
  });

/** Of a class in which a field must be there for one value of another. */
export const showNeededFor = (field: string, value: string, needed: string): ClassDecorator =>
  shown({ anyOf: [{ properties: { [field]: { not: { const: value } } } }, given(needed)] });

interface ObjectSchema extends JsonSchema {
  properties: Record<string, JsonSchema>;
  required?: string[];
}

/** The JSON Schemas of classes with the decorators of class-validator, and of those that they are made of. */
export class SchemasOf {
  readonly all: Record<string, ObjectSchema> = {};
  /** Of answers: those may have further fields, and what is left out of them is never null. */
  readonly ofAnswers: SchemasOf;

  constructor(private readonly requests?: SchemasOf) {
    this.ofAnswers = requests ? this : new SchemasOf(this);
  }

  refTo(dto: Type): JsonSchema {
    this.all[dto.name] ??= this.schemaOf(dto);
    if (this.requests && dto.name in this.requests.all) throw new Error(`${dto.name} is a body and an answer`);
    return { $ref: `#/components/schemas/${dto.name}` };
  }

  schemaOf(dto: Type): ObjectSchema {
    const rules = getMetadataStorage().getTargetValidationMetadatas(dto, '', true, false);
    const storage = { ...getMetadataStorage(), ...bound(rules) };
    const schema = targetConstructorToSchema(dto, {
      classValidatorMetadataStorage: storage as never,
      refPointerPrefix: '#/components/schemas/',
      classTransformerMetadataStorage: parts as never,
      // What only says when another check applies, and the check of a part, which `IsPart` and `Type` name together.
      additionalConverters: {
        [ValidationTypes.NESTED_VALIDATION]: (rule) => {
          const part = partOf(rule.target as Type, rule.propertyName);
          return part ? this.refTo(part) : {};
        },
        // The library calls whatever has a bound a number, and an integer is one.
        [MIN]: ({ constraints: [minimum] }) => ({ minimum: minimum as number }),
        [MAX]: ({ constraints: [maximum] }) => ({ maximum: maximum as number }),
        // No word of JSON Schema says it so that floats hold: 0.07 is no `multipleOf` 0.01.
        [IS_NUMBER]: ({ constraints: [options] }) => {
          const decimals = (options as { maxDecimalPlaces?: number } | undefined)?.maxDecimalPlaces;
          return { type: 'number', ...(decimals === undefined ? {} : { description: `at most ${decimals} decimals` }) };
        },
        [IS_OBJECT]: { type: 'object' },
        // A check of our own on a text is a format of that name (`isSealed`: sealed), unless `shown` says more.
        [ValidationTypes.CUSTOM_VALIDATION]: ({ type }) => ({
          type: 'string',
          format: type.replace(/^is/, '').toLowerCase(),
        }),
        // The library leaves out a list of texts and numbers.
        [IS_IN]: ({ constraints: [values] }) => ({ enum: values as unknown[] }),
        [IS_UUID]: ({ constraints: [version] }) => ({
          type: 'string',
          format: 'uuid',
          ...(version === '4' ? { pattern: UUID_4 } : {}),
        }),
      },
    }) as unknown as ObjectSchema;
    for (const [name, property] of Object.entries(schema.properties)) {
      // Beside a reference no other word is needed.
      if ('$ref' in property) delete property['type'];
      const optional = rules.some((r) => r.propertyName === name && r.name === 'isOptional');
      schema.properties[name] = optional && !this.requests ? { anyOf: [property, { type: 'null' }] } : property;
    }
    return this.requests ? schema : { ...schema, additionalProperties: false };
  }
}

/** The storage looks things up by `this`. */
function bound(rules: unknown[]): object {
  const storage = getMetadataStorage();
  return {
    getTargetValidationMetadatas: () => rules,
    getTargetValidatorConstraints: storage.getTargetValidatorConstraints.bind(storage),
  };
}
