import { isDay } from './calendar.rules.js';
import { RuleError } from './rule-error.js';

/** A unit that laws count in (MCI, minimum wage, …) and what it was worth when. */
export interface UnitTable {
  readonly id: string;
  readonly version: number;
  readonly label: string;
  readonly currency: string;
  /** The last day for which the values are known: a law sets new ones, and an old one must not be taken for it. */
  readonly knownTo: string;
  /** Ascending; an amount in hundredths of the currency holds from its day until the next one. */
  readonly values: readonly { readonly effectiveFrom: string; readonly amount: number }[];
}

const positive = (n: unknown): boolean => typeof n === 'number' && Number.isSafeInteger(n) && n > 0;

/** Reads a table of a unit's values; throws RuleError `bad_policy` naming the field. */
export function unitTable(raw: unknown): UnitTable {
  const table = raw as UnitTable;
  const need = (holds: boolean, field: string): void => {
    if (!holds) throw new RuleError('bad_policy', `unit table ${table?.id}: ${field} is missing or wrong`, { field });
  };
  for (const field of ['id', 'label', 'currency', 'source'] as const) {
    need(typeof (table as unknown as Record<string, unknown>)?.[field] === 'string', field);
  }
  need(typeof (raw as { checked?: unknown }).checked === 'boolean', 'checked');
  need(positive(table.version), 'version');
  need(isDay(String(table.knownTo)), 'knownTo');
  need(Array.isArray(table.values) && table.values.length > 0, 'values');
  table.values.forEach((value, i) => {
    const before = table.values[i - 1]?.effectiveFrom ?? '';
    const ascends = isDay(String(value.effectiveFrom)) && before < value.effectiveFrom;
    need(ascends && value.effectiveFrom <= table.knownTo, `values[${i}].effectiveFrom`);
    need(positive(value.amount), `values[${i}].amount`);
  });
  return table;
}

/** What the unit was worth on a day, in hundredths; throws RuleError `no_value_for_day` outside the known days. */
export function valueOn(table: UnitTable, day: string): number {
  const value = table.values.findLast((v) => v.effectiveFrom <= day);
  if (!value || day > table.knownTo) {
    const from = table.values[0]!.effectiveFrom;
    throw new RuleError(
      'no_value_for_day',
      `table ${table.id} has values from ${from} to ${table.knownTo}, none for ${day}`,
      { field: table.id },
    );
  }
  return value.amount;
}
