import { addDays, addMonths, type CaseDeadline, isDay, RuleError } from '@aiqyn/contracts';

export interface DeadlinePack {
  readonly id: string;
  readonly effectiveFrom: string;
  /** Days from the receipt within which it is acknowledged, and after which the office is reminded. */
  readonly acknowledgeDays: number;
  readonly remindAcknowledgeAfterDays: number;
  /** Months from the acknowledgement within which the reporting person is told what came of it. */
  readonly feedbackMonths: number;
  /** The same in a case that is extended with a reason. */
  readonly extendedFeedbackMonths: number;
  /** Days before the feedback is due on which the office is reminded. */
  readonly remindFeedbackDaysBefore: number;
}

/** What happens next about a deadline if nothing else does, and on which day. */
export interface Watch {
  readonly day: string;
  readonly deadline: CaseDeadline;
  readonly kind: 'reminder' | 'missed';
}

const FIELDS = [
  'acknowledgeDays',
  'remindAcknowledgeAfterDays',
  'feedbackMonths',
  'extendedFeedbackMonths',
  'remindFeedbackDaysBefore',
] as const;

/** Reads a deadline pack; throws RuleError `bad_policy` naming the field. */
export function deadlinePack(raw: unknown): DeadlinePack {
  const pack = raw as DeadlinePack;
  const bad = (field: string): never => {
    throw new RuleError('bad_policy', `deadline pack: ${field} is missing or wrong`, { field });
  };
  if (typeof pack?.id !== 'string') bad('id');
  if (!isDay(pack.effectiveFrom)) bad('effectiveFrom');
  for (const field of FIELDS) if (!Number.isInteger(pack[field]) || pack[field] < 1) bad(field);
  if (pack.remindAcknowledgeAfterDays >= pack.acknowledgeDays) bad('remindAcknowledgeAfterDays');
  if (pack.extendedFeedbackMonths <= pack.feedbackMonths) bad('extendedFeedbackMonths');
  return pack;
}

/** The last day to tell the reporting person that the report arrived. */
export const acknowledgeBy = (pack: DeadlinePack, receivedDay: string): string =>
  addDays(receivedDay, pack.acknowledgeDays);

/** The last day for feedback: months from the acknowledgement, or from the day by which it was owed. */
export const feedbackBy = (pack: DeadlinePack, acknowledgedDay: string, extended = false): string =>
  addMonths(acknowledgedDay, extended ? pack.extendedFeedbackMonths : pack.feedbackMonths);

/** What is watched from the receipt on. */
export const watchAcknowledgement = (pack: DeadlinePack, receivedDay: string): Watch => ({
  day: addDays(receivedDay, pack.remindAcknowledgeAfterDays),
  deadline: 'acknowledgement',
  kind: 'reminder',
});

/** What is watched from the acknowledgement on; no reminder where its day is not still to come. */
export function watchFeedback(pack: DeadlinePack, by: string, today: string): Watch {
  const reminder = addDays(by, -pack.remindFeedbackDaysBefore);
  return reminder > today
    ? { day: reminder, deadline: 'feedback', kind: 'reminder' }
    : { day: addDays(by, 1), deadline: 'feedback', kind: 'missed' };
}

/**
 * What is watched after `watch` came about: the deadline itself after its reminder, the feedback after a missed
 * acknowledgement (its clock starts by itself), nothing after a missed feedback.
 */
export function nextWatch(
  pack: DeadlinePack,
  watch: Watch,
  due: { readonly acknowledgeBy: string; readonly feedbackBy: string },
): Watch | undefined {
  if (watch.kind === 'reminder') {
    const by = watch.deadline === 'acknowledgement' ? due.acknowledgeBy : due.feedbackBy;
    return { day: addDays(by, 1), deadline: watch.deadline, kind: 'missed' };
  }
  return watch.deadline === 'acknowledgement' ? watchFeedback(pack, due.feedbackBy, watch.day) : undefined;
}

/** What came about by `today`, and what is watched then: more than one when the service was down over several days. */
export function cameAbout(
  pack: DeadlinePack,
  file: { readonly watch?: Watch | null; readonly acknowledgeBy: string; readonly feedbackBy: string },
  today: string,
): { readonly happened: readonly Watch[]; readonly next: Watch | undefined } {
  const happened: Watch[] = [];
  let next = file.watch ?? undefined;
  while (next && next.day <= today) {
    happened.push(next);
    next = nextWatch(pack, next, file);
  }
  return { happened, next };
}

/** The deadlines that are overdue after one was missed or kept; null when none is, so that no index keeps the row. */
export function overdueAfter(
  before: readonly CaseDeadline[] | null | undefined,
  change: { readonly missed?: readonly CaseDeadline[]; readonly kept?: CaseDeadline },
): CaseDeadline[] | null {
  const all = new Set([...(before ?? []), ...(change.missed ?? [])]);
  if (change.kept) all.delete(change.kept);
  return all.size > 0 ? [...all] : null;
}
