import { addDays, isDay, RuleError } from '@aiqyn/contracts';
import type { Appeal, AppealPack } from '../appeal-outcome/appeal.rules.js';
import type { CaseState } from '../cases/case-states.rules.js';
import type { Reward } from '../rewards/reward-steps.rules.js';

/** The outcomes with which a case is closed. */
const OUTCOMES = ['rejected', 'referred', 'unsubstantiated', 'decided-not-liable', 'decided-liable'] as const;
type Outcome = (typeof OUTCOMES)[number];

export interface RetentionPack {
  readonly id: string;
  readonly effectiveFrom: string;
  /** Days for which the content of a closed case is kept, by its outcome. */
  readonly daysAfterClosing: Readonly<Record<Outcome, number>>;
  /** Days after which a case that could not be purged is looked at again. */
  readonly lookAgainDays: number;
}

/** Reads the pack; throws RuleError `bad_policy` naming the field, also where an outcome could still be appealed after its purge. */
export function retentionPack(raw: unknown, appeals: AppealPack): RetentionPack {
  const pack = raw as RetentionPack;
  const bad = (field: string): never => {
    throw new RuleError('bad_policy', `retention pack: ${field} is missing or wrong`, { field });
  };
  if (typeof pack?.id !== 'string') bad('id');
  if (!isDay(pack.effectiveFrom)) bad('effectiveFrom');
  for (const outcome of OUTCOMES) {
    const days = pack.daysAfterClosing?.[outcome];
    if (!Number.isInteger(days) || days <= appeals.appealDays) bad(`daysAfterClosing.${outcome}`);
  }
  if (!Number.isInteger(pack.lookAgainDays) || pack.lookAgainDays < 1) bad('lookAgainDays');
  return pack;
}

/** What is stored when a case is closed: until when its content is kept, and when the row is looked at. */
export function kept(
  pack: RetentionPack,
  outcome: CaseState,
  day: string,
): { retainUntil: string; purgeDay: string; retentionPolicy: string } {
  const days = pack.daysAfterClosing[outcome as Outcome];
  if (days === undefined)
    throw new RuleError('illegal_transition', `nothing is closed from ${outcome}`, { allowed: [] });
  const retainUntil = addDays(day, days);
  return { retainUntil, purgeDay: addDays(retainUntil, 1), retentionPolicy: pack.id };
}

/** Why nothing of a case may be destroyed, by whose order, and since when. */
export interface LegalHold {
  readonly reason: string;
  readonly by: string;
  readonly day: string;
}

interface Holdable {
  readonly legalHold?: LegalHold | null;
  readonly purgedDay?: string | null;
}

/** Throws RuleError `purged` for a case whose content was deleted. */
export function assertNotPurged({ purgedDay }: { readonly purgedDay?: string | null }): void {
  if (purgedDay) throw new RuleError('purged', 'the content of this case was deleted when its retention was over');
}

/** The hold as it is stored; throws RuleError `already_done` or `purged`. */
export function held(file: Holdable, hold: LegalHold): LegalHold {
  assertNotPurged(file);
  if (file.legalHold) throw new RuleError('already_done', 'the case is held already');
  return hold;
}

/** Whether this person may release; throws RuleError `no_hold` or `same_person`. */
export function assertReleases({ legalHold }: Holdable, by: string): void {
  if (!legalHold) throw new RuleError('no_hold', 'the case is not held');
  if (legalHold.by === by) throw new RuleError('same_person', 'another person than who ordered the hold releases it');
}

/** Why a case is not purged. */
export type Obstacle =
  'not-closed' | 'retention-not-over' | 'legal-hold' | 'open-appeal' | 'unpaid-reward' | 'open-retaliation';

/** What decides whether a case is purged. */
export interface Retained {
  readonly state: CaseState;
  readonly retainUntil?: string | null;
  readonly legalHold?: LegalHold | null;
  readonly appeal?: Pick<Appeal, 'state'> | null;
  readonly reward?: Pick<Reward, 'state' | 'calculation'>;
  readonly retaliationOpen?: boolean;
}

/** Whether nobody can be owed anything any more. A reversal by a court is only an entry of the ledger, which is kept. */
const settled = ({ state, calculation }: NonNullable<Retained['reward']>): boolean =>
  ['ineligible', 'paid', 'declined', 'lapsed', 'reversed'].includes(state) || (state === 'upheld' && !calculation);

/** Everything that keeps a case from being purged on a day; what was merged into it goes with it, or holds it back. */
export function obstacles(file: Retained, merged: readonly Retained[], today: string): Obstacle[] {
  const all = [file, ...merged];
  const found: [Obstacle, boolean][] = [
    ['not-closed', file.state !== 'closed'],
    ['retention-not-over', !file.retainUntil || today <= file.retainUntil],
    ['legal-hold', all.some((one) => one.legalHold)],
    ['open-appeal', file.appeal?.state === 'lodged'],
    ['unpaid-reward', file.reward !== undefined && !settled(file.reward)],
    ['open-retaliation', all.some((one) => one.retaliationOpen)],
  ];
  return found.filter(([, stands]) => stands).map(([obstacle]) => obstacle);
}
