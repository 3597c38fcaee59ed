import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { getMetadataStorage, ValidationTypes } from 'class-validator';
import { targetConstructorToSchema } from 'class-validator-jsonschema';
import { declarationOf, type EventClass } from './event.js';

export interface JsonSchema {
  [keyword: string]: unknown;
  properties: Record<string, Record<string, unknown>>;
  required: string[];
}

/**
 * The JSON Schema (2020-12) of an event class: closed, because a producer publishes exactly what is declared. Consumers
 * read it open (see `openSchema`), so that a field added by a newer producer never stops an older consumer.
 */
export function schemaOf(contract: EventClass): JsonSchema {
  const { type, says } = declarationOf(contract);
  const derived = targetConstructorToSchema(contract, {
    classValidatorMetadataStorage: getMetadataStorage(),
    // The defaults add `type: number` for a bound, which would undo the `integer` of @IsInt.
    additionalConverters: {
      [ValidationTypes.CUSTOM_VALIDATION]: () => ({}),
      min: (meta) => ({ minimum: (meta.constraints as number[])[0]! }),
      max: (meta) => ({ maximum: (meta.constraints as number[])[0]! }),
    },
  }) as unknown as JsonSchema;
  const names = Object.keys(derived.properties).sort();
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `urn:aiqyn:event:${type}`,
    title: type,
    description: says,
    type: 'object',
    properties: Object.fromEntries(names.map((name) => [name, derived.properties[name]!])),
    required: [...(derived.required ?? [])].sort(),
    additionalProperties: false,
  };
}

/** What a consumer checks: the same fields, tolerant of more. */
export function openSchema(schema: JsonSchema): JsonSchema {
  return { ...schema, additionalProperties: true };
}

const compiled = new Map<EventClass, { closed: ValidateFunction; open: ValidateFunction }>();

function validators(contract: EventClass): { closed: ValidateFunction; open: ValidateFunction } {
  let known = compiled.get(contract);
  if (!known) {
    const schema = schemaOf(contract);
    const ajv = new Ajv2020({ allErrors: true, strict: true });
    known = {
      closed: ajv.compile(schema),
      open: ajv.compile({ ...openSchema(schema), $id: `${String(schema['$id'])}:open` }),
    };
    compiled.set(contract, known);
  }
  return known;
}

/** Fields of `value` that break the contract, as `field keyword` without the value itself; empty when it holds. */
export function violations(contract: EventClass, value: unknown, as: 'producer' | 'consumer'): string[] {
  const { closed, open } = validators(contract);
  const validate = as === 'producer' ? closed : open;
  if (validate(value)) return [];
  return (validate.errors ?? []).map((e) => {
    const { missingProperty, additionalProperty } = e.params as Record<string, string | undefined>;
    const at = e.instancePath.slice(1) || missingProperty || additionalProperty || 'body';
    return `${at} ${e.keyword}`;
  });
}
