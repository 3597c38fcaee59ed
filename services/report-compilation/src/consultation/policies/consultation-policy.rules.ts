import { isDay, RuleError } from '@aiqyn/contracts';
import type { DuplicateMeasure } from '../cluster-comments/near-duplicates.rules.js';
import type { AnchorMeasure } from '../reanchor-comments/anchor.rules.js';

/** How a consultation is held. A consultation keeps the id of the pack that it began with. */
export interface ConsultationPolicy {
  readonly id: string;
  readonly effectiveFrom: string;
  /** Days from the first to the last day of comments, both counted. */
  readonly shortestDays: number;
  readonly longestDays: number;
  readonly commentCharacters: number;
  readonly quoteCharacters: number;
  /** The least length of a reason, and of one that rejects. */
  readonly reasonCharacters: number;
  readonly rejectionCharacters: number;
  /** Days in which a hidden comment may be appealed for; a consultation does not close before they are over. */
  readonly appealDays: number;
  /** A count below it, other than 0, is not published. */
  readonly smallestCount: number;
  readonly duplicates: DuplicateMeasure;
  readonly anchors: AnchorMeasure;
}

/** Reads the pack; throws RuleError `bad_policy` naming the field. */
export function consultationPolicy(raw: unknown): ConsultationPolicy {
  const pack = raw as ConsultationPolicy & { readonly source: unknown; readonly checked: unknown };
  const need = (ok: boolean, field: string): void => {
    if (!ok) throw new RuleError('bad_policy', `consultation: ${field} is missing or wrong`, { field });
  };
  const whole = (value: unknown, least: number): boolean => Number.isSafeInteger(value) && (value as number) >= least;
  const share = (value: unknown): boolean => typeof value === 'number' && value > 0 && value <= 1;
  need(typeof pack?.id === 'string' && pack.id !== '', 'id');
  need(typeof pack.effectiveFrom === 'string' && isDay(pack.effectiveFrom), 'effectiveFrom');
  need(typeof pack.source === 'string' && pack.source !== '', 'source');
  need(typeof pack.checked === 'boolean', 'checked');
  need(whole(pack.shortestDays, 1), 'shortestDays');
  need(whole(pack.longestDays, pack.shortestDays), 'longestDays');
  need(whole(pack.commentCharacters, 100) && pack.commentCharacters <= 8_000, 'commentCharacters');
  need(whole(pack.quoteCharacters, 50) && pack.quoteCharacters <= 2_000, 'quoteCharacters');
  need(whole(pack.reasonCharacters, 1), 'reasonCharacters');
  need(
    whole(pack.rejectionCharacters, pack.reasonCharacters) && pack.rejectionCharacters <= 4_000,
    'rejectionCharacters',
  );
  need(whole(pack.appealDays, 1), 'appealDays');
  need(whole(pack.smallestCount, 2), 'smallestCount');
  const { duplicates, anchors } = pack;
  need(whole(duplicates?.shingleWords, 1), 'duplicates.shingleWords');
  need(whole(duplicates.bands, 1), 'duplicates.bands');
  need(whole(duplicates.rows, 1) && duplicates.bands * duplicates.rows <= 512, 'duplicates.rows');
  need(whole(duplicates.seed, 0), 'duplicates.seed');
  need(share(duplicates.threshold), 'duplicates.threshold');
  need(whole(anchors?.contextCharacters, 1), 'anchors.contextCharacters');
  need(share(anchors.wordsKept), 'anchors.wordsKept');
  return pack;
}

/** Reads the packs; throws RuleError `bad_policy` besides when two have one id, or begin on one day. */
export function consultationPolicies(raw: readonly unknown[]): ConsultationPolicy[] {
  const packs = raw.map(consultationPolicy);
  for (const field of ['id', 'effectiveFrom'] as const)
    if (new Set(packs.map((pack) => pack[field])).size !== packs.length)
      throw new RuleError('bad_policy', `consultation: two packs have one ${field}`, { field });
  return packs.sort((a, b) => (a.effectiveFrom < b.effectiveFrom ? -1 : 1));
}

/** The pack that holds on a day, of packs in their order; throws RuleError `no_policy` for a day before the first. */
export function inForceOn(packs: readonly ConsultationPolicy[], day: string): ConsultationPolicy {
  const found = packs.findLast(({ effectiveFrom }) => effectiveFrom <= day);
  if (!found)
    throw new RuleError('no_policy', 'there are no rules for consultations of that day', { field: 'firstDay' });
  return found;
}
