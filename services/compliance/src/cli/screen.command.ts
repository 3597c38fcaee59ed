import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { RuleError } from '@aiqyn/contracts/rule-error';
import { type Command, needed } from '@aiqyn/platform/cli';
import { actText, type Language, LANGUAGES } from '../expertise/read-act/act-text.rules.js';
import { type Catalogue, catalogueOf } from '../expertise/factors/catalogue.rules.js';
import { type Candidate, screen as candidatesOf } from '../expertise/screen-act/screen.rules.js';

const OWN = new URL('../../data/expertise/corruptogenic-factors.json', import.meta.url);

const HELP = `Screens the text of a draft act for corruptogenic factors; no server is needed. What it lists are candidates: an expert decides.

npm run -s compliance -- screen draft.txt --lang ru
npm run -s compliance -- screen draft.txt --lang kk --json
npm run -s compliance -- screen draft.txt --lang en --catalogue my-factors.json --json

  FILE         the text, UTF-8; - for standard input
  --lang       kk, ru or en; refused when the text is written in another
  --catalogue  a catalogue of factors of the same form; left out: data/expertise/corruptogenic-factors.json
  --json       {"textHash", "catalogue", "candidates": [{"code", "article", "start", "end", "quote", "severity", "why"}]},
               offsets in characters of the text in NFC, end exclusive; textHash is sha256 of that text

Lines are told as "article, severity, code, name" with the words that point to it and how it could be mended.`;

function fileOf(file: string | URL, what: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(file === '-' ? 0 : file));
  } catch (error) {
    if (error instanceof TypeError) throw new RuleError('not_utf8', `${what} is no UTF-8`);
    throw new RuleError('no_file', `${what} cannot be read`);
  }
}

function catalogue(file: string | URL): Catalogue {
  const text = fileOf(file, 'the catalogue');
  try {
    return catalogueOf(JSON.parse(text.replace(/^\ufeff/, '')));
  } catch (error) {
    if (error instanceof SyntaxError) throw new RuleError('bad_catalogue', 'the catalogue is no JSON');
    throw error;
  }
}

function told(candidates: readonly Candidate[], { version, factors }: Catalogue, language: Language): string {
  if (candidates.length === 0) return `no candidate by catalogue ${version}`;
  const lines = candidates.flatMap(({ code, article, start, end, quote, severity }) => {
    const { name, remedy } = factors.get(code)!;
    const mend = remedy[language] ?? remedy.en;
    return [
      `${article}  ${severity.padEnd(8)} ${code}  ${name[language]}  [${start}, ${end})`,
      `      «${quote.replace(/\s+/g, ' ')}»`,
      ...(mend ? [`      → ${mend}`] : []),
    ];
  });
  return [`${candidates.length} candidates by catalogue ${version}; an expert decides`, '', ...lines].join('\n');
}

export const screen: Command = {
  does: 'screens a draft act for corruptogenic factors',
  help: HELP,
  takesFiles: true,
  options: { lang: { type: 'string' }, catalogue: { type: 'string' }, json: { type: 'boolean' } },
  run(values, [file, ...more]) {
    if (file === undefined || more.length > 0) throw new RuleError('no_file', 'one FILE is needed');
    const language = LANGUAGES.find((one) => one === needed(values, 'lang'));
    if (!language) throw new RuleError('bad_option', `--lang is one of ${LANGUAGES.join(', ')}`);
    const own = values['catalogue'];
    const by = catalogue(typeof own === 'string' ? own : OWN);
    const act = actText(fileOf(file, file), language);
    const candidates = candidatesOf(act, by);
    if (!values['json']) return told(candidates, by, language);
    const textHash = createHash('sha256').update(act.text).digest('hex');
    return JSON.stringify({ textHash, catalogue: by.version, candidates });
  },
};
