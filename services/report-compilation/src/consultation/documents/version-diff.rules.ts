import { LANGUAGES } from '../../report-model/report-model.rules.js';
import type { Unit } from './units.rules.js';

export type UnitChange = 'added' | 'removed' | 'changed' | 'same';

export interface UnitDiff {
  readonly unitId: string;
  readonly change: UnitChange;
  /** What differs: `text.kk`, `number`, `parent`, `kind`. */
  readonly fields: readonly string[];
  readonly before?: Unit;
  readonly after?: Unit;
}

function differing(before: Unit, after: Unit): string[] {
  const texts = LANGUAGES.filter((lang) => before.text[lang] !== after.text[lang]).map((lang) => `text.${lang}`);
  const others = (['number', 'parent', 'kind'] as const).filter((field) => before[field] !== after[field]);
  return [...texts, ...others];
}

/** What became of each unit from one version to another: those of the later one in its order, then those that are gone. */
export function diffOf(before: readonly Unit[], after: readonly Unit[]): UnitDiff[] {
  const old = new Map(before.map((unit) => [unit.unitId, unit]));
  const kept = new Set(after.map(({ unitId }) => unitId));
  const there = after.map((unit): UnitDiff => {
    const was = old.get(unit.unitId);
    if (!was) return { unitId: unit.unitId, change: 'added', fields: [], after: unit };
    const fields = differing(was, unit);
    return { unitId: unit.unitId, change: fields.length > 0 ? 'changed' : 'same', fields, before: was, after: unit };
  });
  const gone = before
    .filter(({ unitId }) => !kept.has(unitId))
    .map((unit): UnitDiff => ({ unitId: unit.unitId, change: 'removed', fields: [], before: unit }));
  return [...there, ...gone];
}

/** How many units each kind of change has. */
export function countsOf(diff: readonly UnitDiff[]): Readonly<Record<UnitChange, number>> {
  const counts = { added: 0, removed: 0, changed: 0, same: 0 };
  for (const { change } of diff) counts[change] += 1;
  return counts;
}
