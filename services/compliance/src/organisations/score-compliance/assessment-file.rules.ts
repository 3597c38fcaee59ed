import { type Deduction, DEDUCTIONS, isDay, RuleError } from '@aiqyn/contracts';
import { type Catalogue, catalogue } from './catalogue.rules.js';
import { type Claim, type Level, levelsOf, requirementOf } from './claim.rules.js';
import { judgeEvidenceDay, judgeKind, type Proof, supportedLevel } from './evidence.rules.js';
import type { ScoreFacts } from './score.rules.js';

type Row = Readonly<Record<string, unknown>>;

const refuse = (code: string, field: string, message: string, allowed?: readonly string[]): never => {
  throw new RuleError(code, `${field}: ${message}`, { field, ...(allowed ? { allowed } : {}) });
};
const rowOf = (value: unknown, field: string, known: readonly string[]): Row => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) refuse('bad_file', field, 'an object');
  for (const name of Object.keys(value as Row))
    if (!known.includes(name)) refuse('unknown_field', `${field}.${name}`, `known are ${known.join(', ')}`, known);
  return value as Row;
};
const listOf = (value: unknown, field: string): readonly unknown[] => {
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as unknown[]) : refuse('bad_file', field, 'a list');
};
const dayOf = (value: unknown, field: string): string =>
  typeof value === 'string' && isDay(value) ? value : refuse('bad_day', field, 'a calendar day, YYYY-MM-DD');

/**
 * An assessment as a file tells it: the catalogue (the given one, or its areas and requirements replaced by those of the file) and the
 * facts to score. Throws RuleError naming the field.
 */
export function assessmentFile(
  raw: unknown,
  shipped: unknown,
): { readonly catalogue: Catalogue; readonly facts: ScoreFacts } {
  const file = rowOf(raw, 'file', [
    ...['day', 'areas', 'requirements', 'levels', 'deductions', 'independenceBreached', 'planDueDay'],
  ]);
  const day = dayOf(file['day'], 'day');
  const own = file['areas'] !== undefined || file['requirements'] !== undefined;
  const base = shipped as Row;
  const used = catalogue(
    own
      ? {
          ...base,
          id: `${String(base['id'])}-own`,
          areas: file['areas'],
          requirements: listOf(file['requirements'], 'requirements').map((one, i) => ({
            ...{ mandatory: false, freshnessDays: 365, evidence: [] },
            ...rowOf(one, `requirements[${i}]`, [
              ...['code', 'area', 'title', 'weight', 'mandatory', 'freshnessDays', 'evidence', 'gate'],
              'notApplicableWhen',
            ]),
          })),
        }
      : shipped,
  );

  const rows = listOf(file['levels'], 'levels').map((one, i) =>
    rowOf(one, `levels[${i}]`, ['requirement', 'level', 'ground', 'evidence']),
  );
  const claimed = levelsOf(used, rows as unknown as Claim[]);
  const levels = new Map<string, Level>();
  rows.forEach((row, i) => {
    const code = row['requirement'] as string;
    const level = claimed.get(code)!;
    // Without a list of evidence the level is one that was verified already.
    if (level === 'NA' || row['evidence'] === undefined) return levels.set(code, level);
    const requirement = requirementOf(used, code, `levels[${i}].requirement`);
    const proofs = listOf(row['evidence'], `levels[${i}].evidence`).map((one, n): Proof => {
      const at = `levels[${i}].evidence[${n}]`;
      const { kind, effectiveDay, uploadedDay } = rowOf(one, at, ['kind', 'effectiveDay', 'uploadedDay']);
      judgeKind(requirement, String(kind), `${at}.kind`);
      const effective = dayOf(effectiveDay, `${at}.effectiveDay`);
      judgeEvidenceDay(effective, dayOf(uploadedDay, `${at}.uploadedDay`), `${at}.effectiveDay`);
      return { kind: String(kind), effectiveDay: effective };
    });
    return levels.set(code, Math.min(level, supportedLevel(requirement, proofs, day)));
  });

  const deductions = listOf(file['deductions'], 'deductions').map((one, i) => {
    const row = rowOf(one, `deductions[${i}]`, ['cause', 'day']);
    if (!DEDUCTIONS.includes(row['cause'] as Deduction))
      refuse('unknown_deduction', `deductions[${i}].cause`, `one of ${DEDUCTIONS.join(', ')}`, DEDUCTIONS);
    return { cause: row['cause'] as Deduction, day: dayOf(row['day'], `deductions[${i}].day`) };
  });
  const breached = file['independenceBreached'] ?? false;
  if (typeof breached !== 'boolean') refuse('bad_file', 'independenceBreached', 'true or false');
  const planDueDay = file['planDueDay'] === undefined ? {} : { planDueDay: dayOf(file['planDueDay'], 'planDueDay') };
  return {
    catalogue: used,
    facts: { day, levels, deductions, independenceBreached: breached as boolean, ...planDueDay },
  };
}
