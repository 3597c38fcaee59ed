import { readdirSync, readFileSync } from 'node:fs';
import { RuleError } from '@aiqyn/contracts';
import { Injectable } from '@nestjs/common';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { CLEAR_FACTS, type FormDefinition, formDefinition, formId } from './form.rules.js';

const FOLDER = new URL('../../data/forms/', import.meta.url);

interface Compiled {
  readonly definition: FormDefinition;
  readonly facts: ValidateFunction;
  readonly answers: ValidateFunction;
}

/** A value of the form does not hold; throws RuleError with the field and never the value. */
function assertHolds(check: ValidateFunction, value: unknown, part: string): void {
  if (check(value)) return;
  const { instancePath = '', keyword = '', params = {} } = check.errors?.[0] ?? {};
  const missing = (params as { missingProperty?: string }).missingProperty;
  // An unknown field is not named: its name is what somebody typed.
  const inner = [...instancePath.split('/').slice(1), ...(missing ? [missing] : [])];
  const field = (part === 'facts' ? inner : [part, ...inner]).join('.');
  const allowed = (params as { allowedValues?: string[] }).allowedValues;
  throw new RuleError('form_not_filled', missing ? 'the form asks for this field' : `the form says: ${keyword}`, {
    field,
    ...(allowed ? { allowed } : {}),
  });
}

/**
 * The forms of the report kinds, each in all its versions: whoever began with an earlier one can hand it in, so that a new
 * version loses nothing. Also used by the command line.
 */
@Injectable()
export class Forms {
  private readonly byId: ReadonlyMap<string, Compiled>;

  constructor() {
    const ajv = new Ajv2020({ allErrors: false, strict: true, strictRequired: false });
    const files = readdirSync(FOLDER).sort();
    const definitions = files.map((f) => formDefinition(JSON.parse(readFileSync(new URL(f, FOLDER), 'utf8'))));
    this.byId = new Map(
      definitions.map((definition) => [
        formId(definition),
        {
          definition,
          facts: ajv.compile({ ...definition.facts, properties: { ...CLEAR_FACTS, ...definition.facts.properties } }),
          answers: ajv.compile(definition.answers),
        },
      ]),
    );
  }

  /** The latest version of each kind that a channel offers. */
  offered(channel: string): FormDefinition[] {
    const latest = new Map<string, FormDefinition>();
    for (const { definition } of this.byId.values())
      if (definition.channels.includes(channel) && (latest.get(definition.kind)?.version ?? 0) < definition.version)
        latest.set(definition.kind, definition);
    return [...latest.values()];
  }

  /** A form by its id (`kind/version`), or undefined. */
  find(id: string): FormDefinition | undefined {
    return this.byId.get(id)?.definition;
  }

  /** Checks what a report says against its form; throws RuleError `unknown_form` or `form_not_filled`, naming the field. */
  check(id: string, facts: object, answers?: object): void {
    const form = this.byId.get(id);
    if (!form)
      throw new RuleError('unknown_form', 'there is no such form', { field: 'form', allowed: [...this.byId.keys()] });
    assertHolds(form.facts, facts, 'facts');
    if (answers) assertHolds(form.answers, answers, 'answers');
  }
}
