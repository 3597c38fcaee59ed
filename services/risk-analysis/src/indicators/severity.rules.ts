import { RuleError } from '@aiqyn/contracts';

/** A signal as far as its weight is concerned. */
export interface Weighed {
  readonly indicator: string;
  readonly weight: number;
}

/** Scores from which a process is of medium and of high severity (domain notes d.5). */
export interface SeverityPack {
  readonly id: string;
  readonly medium: number;
  readonly high: number;
}

export const SEVERITIES = ['low', 'medium', 'high'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Reads the pack; throws RuleError `bad_policy` naming the field. */
export function severityPack(raw: unknown): SeverityPack {
  const pack = raw as SeverityPack;
  const need = (holds: boolean, field: string): void => {
    if (!holds) throw new RuleError('bad_policy', `severity: ${field} is missing or wrong`, { field });
  };
  need(typeof pack?.id === 'string', 'id');
  need(pack.medium > 0, 'medium');
  need(pack.high > pack.medium, 'high');
  return pack;
}

/** Score of a process: the sum of the weights of its indicators, each once however many signals it gave. */
export function scoreOf(signals: readonly Weighed[]): number {
  const weights = new Map(signals.map(({ indicator, weight }) => [indicator, weight]));
  return Math.round([...weights.values()].reduce((a, b) => a + b, 0) * 10_000) / 10_000;
}

export const severityOf = (score: number, { medium, high }: Pick<SeverityPack, 'medium' | 'high'>): Severity =>
  score >= high ? 'high' : score >= medium ? 'medium' : 'low';
