import { type FactorSeverity, type FindingAnswer, type FindingOutcome, RuleError } from '@aiqyn/contracts';
import type { Language } from '../read-act/act-text.rules.js';

/** Where a finding stands in a text; offsets in characters of the text in NFC. */
export interface Place {
  readonly article: number;
  readonly start: number;
  readonly end: number;
  readonly quote: string;
}
export interface Settled extends Partial<Place> {
  readonly textVersion: number;
  readonly outcome: FindingOutcome;
}

/** A factor that the screening or an expert saw in a text of the act. */
export interface Finding extends Place {
  readonly findingId: string;
  readonly code: string;
  readonly severity: FactorSeverity;
  readonly textVersion: number;
  readonly language: Language;
  readonly origin: 'screening' | 'expert';
  readonly status: 'candidate' | 'confirmed' | 'rejected' | 'withdrawn';
  /** Why it was confirmed, rejected, added or withdrawn. */
  readonly reason?: string;
  readonly by?: string;
  readonly answer?: {
    readonly answer: FindingAnswer;
    readonly reason: string;
    readonly day: string;
    readonly by: string;
  };
  /** By later texts, in their order; the last one counts. */
  readonly outcomes?: readonly Settled[];
}

const found = (findings: readonly Finding[], id: string): Finding => {
  const finding = findings.find(({ findingId }) => findingId === id);
  if (!finding) throw new RuleError('no_such_finding', 'the act has no finding of that id', { field: 'findingId' });
  return finding;
};
const replaced = (findings: readonly Finding[], by: Finding): Finding[] =>
  findings.map((one) => (one.findingId === by.findingId ? by : one));

/** Confirms or rejects a candidate, with a reason; until the opinion goes to review it may be judged anew. */
export function judged(
  findings: readonly Finding[],
  id: string,
  status: 'confirmed' | 'rejected',
  reason: string,
  by: string,
): Finding[] {
  const finding = found(findings, id);
  if (finding.status === 'withdrawn') throw new RuleError('finding_withdrawn', 'this finding was withdrawn');
  return replaced(findings, { ...finding, status, reason, by });
}

/** Adds what an expert saw; throws RuleError `overlapping_finding` when the same factor is told of the same words. */
export function added(findings: readonly Finding[], own: Finding): Finding[] {
  const same = findings.find(
    ({ code, textVersion, language, start, end }) =>
      code === own.code &&
      textVersion === own.textVersion &&
      language === own.language &&
      start < own.end &&
      own.start < end,
  );
  if (same) {
    throw new RuleError('overlapping_finding', `finding ${same.findingId} says this of the same words`, {
      field: 'start',
    });
  }
  return [...findings, own];
}

/** Throws RuleError `candidates_open` while one of a text has no verdict. */
export function allJudged(findings: readonly Finding[]): void {
  const left = findings.filter(({ status }) => status === 'candidate').length;
  if (left > 0) throw new RuleError('candidates_open', `${left} candidates are neither confirmed nor rejected`);
}

/** What the opinion says: the confirmed ones. */
export const confirmed = (findings: readonly Finding[]): Finding[] =>
  findings.filter(({ status }) => status === 'confirmed');
/** What everybody may see: confirmed ones of the rounds that were published, up to and with the one over that text. */
export const published = (findings: readonly Finding[], textVersion: number | undefined): Finding[] =>
  confirmed(findings).filter((one) => textVersion !== undefined && one.textVersion <= textVersion);
/** What the authority has still to answer. */
export const unanswered = (findings: readonly Finding[]): Finding[] =>
  confirmed(findings).filter(({ answer }) => !answer);

/** Takes a finding of an issued opinion back; throws RuleError `already_done` when it was answered. */
export function withdrawn(findings: readonly Finding[], id: string, reason: string, by: string): Finding[] {
  const finding = found(findings, id);
  if (finding.status !== 'confirmed') throw new RuleError('no_such_finding', 'the opinion has no such finding');
  if (finding.answer) throw new RuleError('already_done', 'the authority has answered this finding');
  return replaced(findings, { ...finding, status: 'withdrawn', reason, by });
}

/** Takes the answer of the authority; throws RuleError `finding_withdrawn`, `no_such_finding` or `already_done`. */
export function answered(findings: readonly Finding[], id: string, answer: NonNullable<Finding['answer']>): Finding[] {
  const finding = found(findings, id);
  if (finding.status === 'withdrawn') throw new RuleError('finding_withdrawn', 'this finding was withdrawn');
  if (finding.status !== 'confirmed') throw new RuleError('no_such_finding', 'the opinion has no such finding');
  if (finding.answer) throw new RuleError('already_done', 'this finding is answered');
  return replaced(findings, { ...finding, answer });
}

const WEIGHT: Readonly<Record<FactorSeverity, number>> = { low: 1, medium: 2, high: 3, critical: 4 };
export type RiskBand = 'low' | 'moderate' | 'high' | 'very-high';

/**
 * The risk index of an act, 0 to 100 with one decimal, and its band (catalogue, `riskIndex`): 100 (1 - exp(-S / 12)), S the sum of
 * the weights of confirmed findings, each further one of a code in an article counting half. A confirmed critical finding
 * that is not accepted keeps the band at high or above.
 */
export function riskIndex(findings: readonly Finding[]): { readonly index: number; readonly band: RiskBand } {
  const seen = new Set<string>();
  const sum = confirmed(findings).reduce((all, { code, article, language, severity }) => {
    const place = `${language} ${article} ${code}`;
    const weight = WEIGHT[severity] * (seen.has(place) ? 0.5 : 1);
    seen.add(place);
    return all + weight;
  }, 0);
  const index = Math.round(1000 * (1 - Math.exp(-sum / 12))) / 10;
  const critical = confirmed(findings).some(
    ({ severity, answer }) => severity === 'critical' && answer?.answer !== 'accepted',
  );
  const band = index < 25 ? 'low' : index < 50 ? 'moderate' : index < 75 ? 'high' : 'very-high';
  return { index, band: critical && (band === 'low' || band === 'moderate') ? 'high' : band };
}

/** Throws RuleError `findings_open` while a confirmed finding has no outcome in the text that was adopted. */
export function allSettled(findings: readonly Finding[], textVersion: number): void {
  const open = confirmed(findings).filter(
    (one) => one.textVersion < textVersion && one.outcomes?.at(-1)?.textVersion !== textVersion,
  );
  if (open.length > 0)
    throw new RuleError('findings_open', `${open.length} findings have no outcome in the adopted text`);
}
