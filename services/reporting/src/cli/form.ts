import { RuleError } from '@aiqyn/contracts';
import { type FormDefinition, formId, type Language, LANGUAGES } from '../fill-form/form.rules.js';
import type { Command } from '@aiqyn/platform/cli';
import { call } from './http.js';

/** The language that was asked for; throws RuleError `bad_language`. */
export function languageOf(value: unknown): Language {
  const language = LANGUAGES.find((one) => one === (value ?? 'en'));
  if (!language) throw new RuleError('bad_language', `--language is one of ${LANGUAGES.join(', ')}`);
  return language;
}

/** What a form asks, as lines for people: the field, its label, its choices. */
function questions(form: FormDefinition, language: Language): string[] {
  return Object.entries(form.answers.properties).flatMap(([name, { enum: values }]) => {
    const needed = form.answers.required.includes(name) ? ' *' : '';
    const choices = ((values as string[] | undefined) ?? []).map(
      (v) => `    ${v}: ${form.choices[name]![v]![language]}`,
    );
    return [`  ${name}${needed}  ${form.labels[name]![language]}`, ...choices];
  });
}

/** Answers of a form as lines with its labels; a text that is none stays as it is. */
export function labelled(text: string, form: FormDefinition, language: Language = 'en'): string {
  try {
    const answers = JSON.parse(text) as Record<string, string>;
    return Object.entries(answers)
      .map(
        ([name, value]) =>
          `${form.labels[name]?.[language] ?? name}: ${form.choices[name]?.[value]?.[language] ?? value}`,
      )
      .join('\n');
  } catch {
    return text;
  }
}

/** The forms of a channel, and what each asks. */
export const form: Command = {
  does: 'tells which forms there are and what they ask',
  help: `Tells which forms there are and what each asks; the answers go into a JSON file for \`submit --form\`.

npm run -s reporting -- form --url http://localhost:3001
npm run -s reporting -- form --url http://localhost:3001 --kind procurement --language kk

  --url        the reporting service, e.g. http://localhost:3001
  --kind       one form: its questions; * must be answered
  --language   kk, ru or en (if left out)`,
  options: { url: { type: 'string' }, kind: { type: 'string' }, language: { type: 'string' } },
  async run({ url, kind, language: asked }) {
    if (typeof url !== 'string') throw new RuleError('missing_option', '--url is needed');
    const language = languageOf(asked);
    const { items } = await call<{ items: FormDefinition[] }>(url, '/v1/channels/default/forms');
    if (kind === undefined) return items.map((one) => `${formId(one).padEnd(28)} ${one.title[language]}`).join('\n');
    const one = items.find((item) => item.kind === kind);
    if (!one) throw new RuleError('unknown_form', `--kind is one of ${items.map((item) => item.kind).join(', ')}`);
    const { category } = one.facts.properties;
    return [
      `${formId(one)}  ${one.title[language]}`,
      `  --category is one of ${(category?.['enum'] as string[] | undefined)?.join(', ') ?? 'all'}`,
      ...questions(one, language),
    ].join('\n');
  },
};
