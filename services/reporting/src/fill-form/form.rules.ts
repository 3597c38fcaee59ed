import { AREAS, KZ_REGIONS, REPORT_CATEGORIES, REPORT_MODES } from '@aiqyn/contracts';

export const LANGUAGES = ['kk', 'ru', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];
export type Texts = Readonly<Record<Language, string>>;

/** A JSON Schema (2020-12) of an object. */
export interface ObjectSchema {
  readonly type: 'object';
  readonly additionalProperties?: boolean;
  readonly properties: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly required: readonly string[];
}

/**
 * One version of the form of a report kind. `facts` narrows what stays clear and is checked by the service; `answers` is
 * what the client checks and seals, and what the service checks only for a client that cannot seal.
 */
export interface FormDefinition {
  readonly kind: string;
  readonly version: number;
  readonly channels: readonly string[];
  readonly title: Texts;
  readonly facts: ObjectSchema;
  readonly answers: ObjectSchema;
  /** Of each field, and of each value that is chosen from a list. */
  readonly labels: Readonly<Record<string, Texts>>;
  readonly choices: Readonly<Record<string, Readonly<Record<string, Texts>>>>;
}

/** The facts that stay clear, since they feed events; a form may not add one: what a person answers is sealed. */
export const CLEAR_FACTS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  category: { enum: REPORT_CATEGORIES },
  mode: { enum: REPORT_MODES },
  areaCode: { enum: AREAS },
  region: { enum: KZ_REGIONS },
  organisationBin: { type: 'string', pattern: '^\\d{12}$' },
  allegedAmount: { type: 'integer', minimum: 0 },
};

export const formId = ({ kind, version }: FormDefinition): string => `${kind}/${version}`;

const isTexts = (value: unknown): value is Texts =>
  LANGUAGES.every((language) => {
    const text = (value as Record<string, unknown> | undefined)?.[language];
    return typeof text === 'string' && text.trim() !== '';
  });

const isSchema = (value: unknown): value is ObjectSchema => {
  const { type, properties, required } = (value ?? {}) as Partial<ObjectSchema>;
  return type === 'object' && typeof properties === 'object' && Array.isArray(required);
};

/** Reads a form definition; throws an Error that names what is wrong, so that the service does not start with half a form. */
export function formDefinition(value: unknown): FormDefinition {
  const form = value as FormDefinition;
  const fail = (what: string): never => {
    throw new Error(`form ${form?.kind ?? '?'}/${form?.version ?? '?'}: ${what}`);
  };
  if (!/^[a-z][a-z-]{1,39}$/.test(form?.kind)) fail('kind is lower case letters and dashes');
  if (!Number.isInteger(form.version) || form.version < 1) fail('version is a whole number from 1');
  if (!Array.isArray(form.channels) || form.channels.length === 0) fail('channels names at least one');
  if (!isTexts(form.title)) fail('title is missing in a language');
  if (!isSchema(form.facts) || !isSchema(form.answers)) fail('facts and answers are schemas of objects');
  for (const name of [...Object.keys(form.facts.properties), ...form.facts.required])
    if (!Object.hasOwn(CLEAR_FACTS, name)) fail(`facts.${name} would leave a new field unsealed`);
  if (form.answers.additionalProperties !== false) fail('answers must be closed');
  const asked = Object.keys(form.answers.properties);
  for (const name of form.answers.required)
    if (!asked.includes(name)) fail(`answers.${name} is required and not there`);
  for (const name of [...form.facts.required, ...asked])
    if (!isTexts(form.labels[name])) fail(`labels.${name} is missing in a language`);
  for (const [name, { enum: values }] of Object.entries(form.answers.properties))
    for (const one of (values as string[] | undefined) ?? [])
      if (!isTexts(form.choices[name]?.[one])) fail(`choices.${name}.${one} is missing in a language`);
  return form;
}
