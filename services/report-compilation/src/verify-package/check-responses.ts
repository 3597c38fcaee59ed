import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { leaf, sortedJson, treeHash } from './own-tree.js';

const FILE = 'evidence/responses.json';

interface Told {
  readonly id: string;
  readonly metric: string;
  readonly value: number | string | null;
  readonly status: string;
  readonly inputs: number;
  readonly inputRoot: string;
}

/** What comes of the list of responses: everything but who spoke, of which the list says nothing. */
function counted(
  comments: readonly { readonly group: string; readonly outcome: string; readonly letter?: string }[],
): ReadonlyMap<string, number> {
  const values = new Map<string, number>([['responses.comments', comments.length]]);
  const add = (id: string, n = 1): unknown => values.set(id, (values.get(id) ?? 0) + n);
  const letters = new Set<string>();
  add('responses.copies', 0);
  for (const { group, outcome, letter } of comments) {
    add(`responses.outcome.${outcome}`);
    add(`responses.group.${group}`);
    if (letter === undefined) continue;
    add('responses.copies');
    letters.add(letter);
  }
  return values.set('responses.letters', letters.size);
}

/** The numbers of the consultation on the draft, against the list of its responses; `counts` is what they add to the verdict. */
export function checkResponses(
  dir: string,
  numbers: readonly Told[],
  counts: { recomputed: number; proven: number; withheld: number },
  fault: (where: string, what: string) => void,
): void {
  if (!existsSync(join(dir, FILE))) {
    if (numbers.length > 0) fault(FILE, 'is missing');
    return;
  }
  const { comments } = JSON.parse(readFileSync(join(dir, FILE), 'utf8')) as {
    comments: { receiptNumber: string; group: string; outcome: string; letter?: string }[];
  };
  const root = treeHash(comments.map((comment) => leaf(sortedJson(comment)))).toString('hex');
  const again = counted(comments);
  for (const { id, metric, value, status, inputs, inputRoot } of numbers) {
    if (status !== 'A') {
      counts.withheld += 1;
      if (value !== null || inputs !== 0) fault(id, 'is withheld and tells something all the same');
      continue;
    }
    if (inputRoot !== root || inputs !== comments.length) fault(id, `the root over ${FILE} is another one`);
    // Who spoke was declared for the count alone: its numbers stand under the signed root of all numbers.
    if (metric === 'responses.kind' || metric === 'responses.region') counts.proven += 1;
    else {
      counts.recomputed += 1;
      if (again.get(id) !== value) fault(id, `is ${value} in the report and ${again.get(id)} from ${FILE}`);
    }
  }
  const told = new Set(numbers.map(({ id }) => id));
  for (const id of again.keys()) if (!told.has(id)) fault(id, `follows from ${FILE} and is not in the report`);
}
