import { addMonths, addWorkingDays, isDay, RuleError, type WorkingDays } from '@aiqyn/contracts';
import { type AnalysisKind, type AnalysisState, isControlled } from './analysis-states.rules.js';

export interface AnalysisTerms {
  readonly id: string;
  readonly effectiveFrom: string;
  /** By the state in which the term runs. */
  readonly workingDays: Readonly<Partial<Record<AnalysisState, number>>>;
  readonly extensionWorkingDays: number;
  readonly checkEveryMonths: number;
  /** What no such analysis is about. */
  readonly outOfScope: readonly string[];
}

/** Reads the pack; throws RuleError `bad_policy` naming the field. */
export function analysisTerms(raw: unknown): AnalysisTerms {
  const pack = raw as AnalysisTerms;
  const need = (ok: boolean, field: string): void => {
    if (!ok) throw new RuleError('bad_policy', `analysis terms: ${field} is missing or wrong`, { field });
  };
  const whole = (n: unknown): boolean => Number.isInteger(n) && (n as number) > 0;
  need(typeof pack?.id === 'string', 'id');
  need(typeof pack.effectiveFrom === 'string' && isDay(pack.effectiveFrom), 'effectiveFrom');
  for (const [state, days] of Object.entries(pack.workingDays ?? {})) need(whole(days), `workingDays.${state}`);
  need(whole(pack.extensionWorkingDays), 'extensionWorkingDays');
  need(whole(pack.checkEveryMonths), 'checkEveryMonths');
  need(Array.isArray(pack.outOfScope), 'outOfScope');
  return pack;
}

/** The last day of the term that begins with a state, or of the quarter until the next check; undefined where none runs. */
export function dueDay(
  pack: AnalysisTerms,
  calendar: WorkingDays,
  { kind, state }: { readonly kind: AnalysisKind; readonly state: AnalysisState },
  day: string,
): string | undefined {
  if (isControlled(kind, state)) return addWorkingDays(calendar, addMonths(day, pack.checkEveryMonths), 0);
  const days = kind === 'monitoring' ? undefined : pack.workingDays[state];
  return days === undefined ? undefined : addWorkingDays(calendar, day, days);
}

/** The term once extended; throws RuleError `no_term`, `already_done`. */
export function extended(
  pack: AnalysisTerms,
  calendar: WorkingDays,
  file: { readonly state: AnalysisState; readonly dueDay?: string | null; readonly extension?: string | null },
): string {
  if (file.state !== 'analysing' || !file.dueDay)
    throw new RuleError('no_term', 'only the term of the analysis is extended');
  if (file.extension) throw new RuleError('already_done', 'the term was extended once');
  return addWorkingDays(calendar, file.dueDay, pack.extensionWorkingDays);
}
