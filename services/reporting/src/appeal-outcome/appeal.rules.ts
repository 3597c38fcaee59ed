import { addDays, isDay, RuleError } from '@aiqyn/contracts';
import { type CaseState, move } from '../cases/case-states.rules.js';

export interface AppealPack {
  readonly id: string;
  readonly effectiveFrom: string;
  /** Days from the word on the outcome within which it may be appealed, the day of the word not counted. */
  readonly appealDays: number;
}

/** The latest appeal of a case, as the case shows it; its words lie sealed in a row of their own. */
export interface Appeal {
  readonly appealId: string;
  readonly state: 'lodged' | 'allowed' | 'upheld';
  /** When it was lodged, then when it was decided. */
  readonly day: string;
  readonly policy: string;
  readonly decidedBy?: string;
}

/** What of a case decides whether its outcome may be appealed. */
export interface Appealed {
  readonly state: CaseState;
  /** The outcome that a closed case had. */
  readonly closedFrom?: CaseState | null;
  /** Who decided on the outcome. */
  readonly outcomeBy?: string | null;
  /** The day of the word to the reporting person. */
  readonly feedbackDay?: string | null;
  readonly appeal?: Appeal | null;
}

/** Reads the pack; throws RuleError `bad_policy` naming the field. */
export function appealPack(raw: unknown): AppealPack {
  const pack = raw as AppealPack;
  const bad = (field: string): never => {
    throw new RuleError('bad_policy', `appeal pack: ${field} is missing or wrong`, { field });
  };
  if (typeof pack?.id !== 'string') bad('id');
  if (!isDay(pack.effectiveFrom)) bad('effectiveFrom');
  if (!Number.isInteger(pack.appealDays) || pack.appealDays < 1) bad('appealDays');
  return pack;
}

/** What the agency itself decided; against a court's decision there are the court's own remedies. */
const OWN_OUTCOMES: readonly CaseState[] = ['rejected', 'unsubstantiated'];

/** The last day to appeal; undefined where nothing can be appealed: no outcome, not ours, or an appeal of it was heard. */
export function appealUntil(pack: AppealPack, file: Appealed): string | undefined {
  const outcome = file.state === 'closed' ? file.closedFrom : file.state;
  if (!outcome || !OWN_OUTCOMES.includes(outcome) || !file.feedbackDay || file.appeal) return undefined;
  return addDays(file.feedbackDay, pack.appealDays);
}

/** The appeal after it was lodged; throws RuleError `already_done`, `not_appealable`, or `appeal_too_late` with the last day. */
export function lodged(pack: AppealPack, file: Appealed, appealId: string, day: string): Appeal {
  if (file.appeal)
    throw new RuleError('already_done', file.appeal.state === 'lodged' ? 'an appeal is open' : 'the appeal was heard');
  const until = appealUntil(pack, file);
  if (!until) throw new RuleError('not_appealable', 'there is no outcome of the agency that could be appealed');
  if (day > until) throw new RuleError('appeal_too_late', `the last day to appeal was ${until}`);
  return { appealId, state: 'lodged', day, policy: pack.id };
}

/** The appeal after another person decided it; throws RuleError `no_appeal` or `same_person`. */
export function heard(file: Appealed, state: 'allowed' | 'upheld', { by, day }: { by: string; day: string }): Appeal {
  if (file.appeal?.state !== 'lodged') throw new RuleError('no_appeal', 'no appeal waits for a decision');
  if (file.outcomeBy === by) throw new RuleError('same_person', 'another person than who decided the outcome hears it');
  return { ...file.appeal, state, day, decidedBy: by };
}

/** The states that an allowed appeal takes a case through, each by the table: an outcome is closed before it is reopened. */
export function wayBack(state: CaseState): CaseState[] {
  const way: CaseState[] = state === 'closed' ? ['in-triage'] : ['closed', 'in-triage'];
  way.reduce((from, to) => move(from, to), state);
  return way;
}
