import highs, { type Highs } from 'highs';
import type { Known, Question, Range } from './linked-tables.rules.js';
import type { Auditor } from './withhold.rules.js';

/** Larger than any count of the report: a cell that nothing bounds is as good as hidden. */
const FAR = 1e9;

const expression = (
  terms: readonly { readonly id: string; readonly factor: number }[],
  name: Map<string, string>,
): string => terms.map(({ id, factor }) => `${factor < 0 ? '-' : '+'} ${Math.abs(factor)} ${name.get(id)!}`).join(' ');

/** An auditor by linear programmes (HiGHS): two for each expression, over the equations that are linked with it. */
export async function linearAuditor(): Promise<Auditor> {
  // Its types speak of an ES module, what is loaded is CommonJS.
  const solver = await (highs as unknown as () => Promise<Highs>)();
  return (told, questions) => {
    const ranges = new Map<string, Range>();
    for (const [id, question] of questions) ranges.set(id, rangeOf(solver, told, question));
    return ranges;
  };
}

function rangeOf(solver: Highs, { equations }: Known, { terms, constant }: Question): Range {
  if (terms.length === 0) return { low: constant, high: constant };
  const linked = component(terms, equations);
  const ids = [...new Set([...terms, ...linked.flatMap((equation) => equation.terms)].map(({ id }) => id))];
  const name = new Map(ids.map((id, i) => [id, `x${i}`]));
  const rows = linked.map((equation, i) => ` c${i}: ${expression(equation.terms, name)} = ${equation.equals}`);
  const bounds = ids.map((id) => ` 0 <= ${name.get(id)!} <= ${FAR}`);
  const solve = (sense: 'Minimize' | 'Maximize'): number => {
    const text = [sense, ` o: ${expression(terms, name)}`, 'Subject To', ...rows, 'Bounds', ...bounds, 'End'].join(
      '\n',
    );
    const { Status, ObjectiveValue } = solver.solve(text);
    if (Status !== 'Optimal') throw new Error(`the audit of withheld numbers ended ${Status}`);
    return ObjectiveValue + constant;
  };
  return { low: solve('Minimize'), high: solve('Maximize') };
}

/** Only equations that share withheld cells, over any number of them, bear on the expression. */
function component(terms: Question['terms'], equations: Known['equations']): Known['equations'] {
  const reached = new Set(terms.map(({ id }) => id));
  const taken = new Set<Known['equations'][number]>();
  for (let size = -1; size !== taken.size;) {
    size = taken.size;
    for (const equation of equations) {
      if (taken.has(equation) || !equation.terms.some(({ id }) => reached.has(id))) continue;
      taken.add(equation);
      for (const { id } of equation.terms) reached.add(id);
    }
  }
  return [...taken];
}
