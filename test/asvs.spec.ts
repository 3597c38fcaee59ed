import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { ROOT } from '@aiqyn/local';
import ts from 'typescript';
import { asvsPage, kindsOf, LEVELS, ROWS } from './attack/asvs/table.js';

const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

/** The names that `it(…)` and `it.each(…)(…)` have in a file, as they are written; a test that is skipped has none. */
function testsOf(file: string): Set<string> {
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && /^it(\.each\b|$)/.test(node.expression.getText().trim())) {
      const [name] = node.arguments;
      if (name && ts.isStringLiteralLike(name)) names.add(name.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, read(file), ts.ScriptTarget.Latest, true));
  return names;
}

const known = new Map<string, Set<string>>();
const hasTest = (file: string, name: string): boolean => {
  if (!existsSync(join(ROOT, file)) || !file.endsWith('.spec.ts')) return false;
  if (!known.has(file)) known.set(file, testsOf(file));
  return known.get(file)!.has(name);
};
const hasHeading = (reference: string): boolean => {
  const [file, heading] = reference.split('#') as [string, string];
  return (
    existsSync(join(ROOT, file)) &&
    read(file)
      .split('\n')
      .some((line) => /^#+ /.test(line) && line.replace(/^#+ /, '') === heading)
  );
};

describe('the table of ASVS', () => {
  it('has every requirement of levels 1 and 2 once, with its level, and no other', () => {
    const wanted = [...LEVELS].filter(([, level]) => level < 3).map(([id, level]) => `${id} ${level}`);
    expect(wanted).toHaveLength(253);
    expect(ROWS.map(({ id, level }) => `${id} ${level}`)).toEqual(wanted);
  });

  it('says of each one thing that holds it, or what is missing, in words', () => {
    expect(ROWS.filter((row) => kindsOf(row).length !== 1).map(({ id }) => id)).toEqual([]);
    const empty = ROWS.filter(
      ({ means, tests, written, operator, notApplicable, open }) =>
        !means.endsWith('.') ||
        [tests && Object.values(tests).flat().length, written?.length, operator && operator.must && operator.see.length]
          .concat([notApplicable?.length, open?.length])
          .every((one) => !one),
    );
    expect(empty.map(({ id }) => id)).toEqual([]);
  });

  it('names tests that are there, by exactly their names', () => {
    const missing = ROWS.flatMap(({ id, tests = {} }) =>
      Object.entries(tests).flatMap(([file, names]) =>
        names.filter((name) => !hasTest(file, name)).map((name) => `${id}: ${file}: ${name}`),
      ),
    );
    expect(missing).toEqual([]);
    // A name that is not there is seen.
    expect(hasTest('test/asvs.spec.ts', 'is no test')).toBe(false);
    expect(hasTest('test/asvs.spec.ts', 'is what the rows say (npm run asvs writes it)')).toBe(true);
  });

  it('names headings that are there', () => {
    const references = ROWS.flatMap(({ id, written = [], operator }) =>
      [...written, ...(operator?.see ?? [])].map((reference) => ({ id, reference })),
    );
    expect(references.length).toBeGreaterThan(50);
    expect(references.filter(({ reference }) => !hasHeading(reference))).toEqual([]);
    expect(hasHeading('deploy/README.md#What nobody wrote')).toBe(false);
  });

  it('is content with a document only where the standard asks for one', () => {
    // The first section of these chapters is about documents.
    const documents = /^V(2|5|6|7|8|11|13|14|15|16)\.1\./;
    expect(ROWS.filter(({ id, written }) => written && !documents.test(id)).map(({ id }) => id)).toEqual([]);
  });
});

describe('ASVS.md', () => {
  it('is what the rows say (npm run asvs writes it)', () => {
    expect(read('test/attack/ASVS.md')).toBe(asvsPage());
  });
});
