import type { ReportModel, ReportNumber } from '../../report-model/report-model.rules.js';

export interface NumberDifference {
  readonly id: string;
  /** Absent where the edition does not have it. */
  readonly before?: Pick<ReportNumber, 'value' | 'status'>;
  readonly after?: Pick<ReportNumber, 'value' | 'status'>;
}

/** What differs between two editions: numbers that changed, came or went, and blocks whose text or shape changed. */
export function differencesOf(
  before: ReportModel,
  after: ReportModel,
): { readonly numbers: NumberDifference[]; readonly blocks: string[] } {
  const ids = [...new Set([...Object.keys(before.numbers), ...Object.keys(after.numbers)])].sort();
  const numbers = ids.flatMap((id): NumberDifference[] => {
    const [a, b] = [before.numbers[id], after.numbers[id]];
    if (a && b && a.value === b.value && a.status === b.status) return [];
    const shown = (one: ReportNumber | undefined, name: 'before' | 'after'): object =>
      one ? { [name]: { value: one.value, status: one.status } } : {};
    return [{ id, ...shown(a, 'before'), ...shown(b, 'after') }];
  });
  const blocksOf = (model: ReportModel): Map<string, string> =>
    new Map(model.sections.flatMap(({ blocks }) => blocks.map((block) => [block.id, JSON.stringify(block)])));
  const [a, b] = [blocksOf(before), blocksOf(after)];
  const blocks = [...new Set([...a.keys(), ...b.keys()])].filter((id) => a.get(id) !== b.get(id)).sort();
  return { numbers, blocks };
}
