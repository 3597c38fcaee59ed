import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '@aiqyn/local';

/** A requirement of ASVS in our own short words, and what holds it; one of the last five is there. */
export interface Row {
  readonly id: string;
  readonly level: 1 | 2;
  readonly means: string;
  /** By file: the tests that would fail if it did not hold. */
  readonly tests?: Readonly<Record<string, readonly string[]>>;
  /** Where it is written down (`file#heading`), of requirements that ask for a document and nothing else. */
  readonly written?: readonly string[];
  readonly operator?: { readonly must: string; readonly see: readonly string[] };
  readonly notApplicable?: string;
  /** What is missing. */
  readonly open?: string;
}

export const KINDS = ['tests', 'written', 'operator', 'notApplicable', 'open'] as const;
export type Kind = (typeof KINDS)[number];

const HERE = join(ROOT, 'test/attack/asvs');
const read = <T>(...path: string[]): T => JSON.parse(readFileSync(join(HERE, ...path), 'utf8')) as T;

const LIST = read<{ version: string; chapters: Record<string, string>; levels: Record<string, string> }>('levels.json');

/** Ids and levels of ASVS, level 3 included: `levels.json` has for each section the level of its first, second, … requirement. */
export const LEVELS: ReadonlyMap<string, number> = new Map(
  Object.entries(LIST.levels).flatMap(([section, levels]) =>
    [...levels].map((level, i) => [`${section}.${i + 1}`, Number(level)] as const),
  ),
);

export const ROWS: readonly Row[] = readdirSync(join(HERE, 'rows'))
  .sort((a, b) => Number.parseInt(a) - Number.parseInt(b))
  .flatMap((file) => read<Row[]>('rows', file));

/** Each that the row has; a right row has one. */
export const kindsOf = (row: Row): Kind[] => KINDS.filter((kind) => kind in row);

const cell = (text: string): string => text.replaceAll('|', '\\|');
const link = (reference: string): string => {
  const [file, heading] = reference.split('#') as [string, string];
  const anchor = heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\- ]/gu, '')
    .replaceAll(' ', '-');
  return `[${file.replace(/\/README\.md$/, '')}: ${heading}](../../${file}#${anchor})`;
};

function held(row: Row): string {
  if (row.tests)
    return Object.entries(row.tests)
      .map(
        ([file, names]) => `[${file.split('/').at(-1)}](../../${file}): ${names.map((name) => `“${name}”`).join(', ')}`,
      )
      .join('; ');
  if (row.written) return `written: ${row.written.map(link).join(', ')}`;
  if (row.operator) return `operator: ${row.operator.must} ${row.operator.see.map(link).join(', ')}`;
  return row.notApplicable ? `not applicable: ${row.notApplicable}` : `**open**: ${row.open}`;
}

const count = (rows: readonly Row[], kind: Kind): number => rows.filter((row) => kind in row).length;
const table = (head: readonly string[], rows: readonly (readonly (string | number)[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/** ASVS.md. */
export function asvsPage(): string {
  const chapters = Object.entries(LIST.chapters).map(([id, name]) => ({
    title: `${id} ${name}`,
    rows: ROWS.filter((row) => row.id.startsWith(`${id}.`)),
  }));
  const counts = (title: string, rows: readonly Row[]): (string | number)[] => [
    ...[title, rows.length],
    ...KINDS.map((kind) => count(rows, kind)),
  ];
  return `# ASVS ${LIST.version}, level 2

Written by \`npm run asvs\` from [asvs/rows](asvs/rows); a test compares the two, and looks for every requirement, every test by its name and every heading.

Requirements are those of the [OWASP Application Security Verification Standard](https://owasp.org/www-project-application-security-verification-standard/) ${LIST.version}, levels 1 and
2 (CC BY-SA 4.0). The words are ours and short: read the standard beside them. Nobody else has judged this table.

- **tests**: a test would fail if it did not hold. That it would is our judgement; that it is there is checked.
- **written**: asks for a document, and that is there.
- **operator**: an installation answers for it; the place says how.
- **not applicable**: we have nothing of the kind.
- **open**: not done, or not tested.

## Open

${table(
  ['id', 'level', 'what it means here', 'what is missing'],
  ROWS.filter(({ open }) => open).map(({ id, level, means, open }) => [id, level, cell(means), cell(open!)]),
)}

## Counts

${table(
  ['chapter', 'requirements', ...KINDS.map((kind) => (kind === 'notApplicable' ? 'not applicable' : kind))],
  [...chapters.map(({ title, rows }) => counts(title, rows)), counts('**all**', ROWS)],
)}
${chapters
  .map(
    ({ title, rows }) => `
## ${title}

${table(
  ['id', 'level', 'what it means here', 'held by'],
  rows.map((row) => [row.id, row.level, cell(row.means), cell(held(row))]),
)}
`,
  )
  .join('')}`;
}
