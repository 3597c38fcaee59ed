import { addDays, addMonths, isDay, RuleError } from '@aiqyn/contracts';

export interface DeadlinePack {
  readonly id: string;
  readonly effectiveFrom: string;
  readonly acknowledgeDays: number;
  readonly feedbackMonths: number;
}

/** Reads a deadline pack; throws RuleError `bad_policy` naming the field. */
export function deadlinePack(raw: unknown): DeadlinePack {
  const pack = raw as DeadlinePack;
  const bad = (field: string): never => {
    throw new RuleError('bad_policy', `deadline pack: ${field} is missing or wrong`, { field });
  };
  if (typeof pack?.id !== 'string') bad('id');
  if (!isDay(pack.effectiveFrom)) bad('effectiveFrom');
  if (!Number.isInteger(pack.acknowledgeDays) || pack.acknowledgeDays < 1) bad('acknowledgeDays');
  if (!Number.isInteger(pack.feedbackMonths) || pack.feedbackMonths < 1) bad('feedbackMonths');
  return pack;
}

/** The last day to tell the reporting person that the report arrived. */
export const acknowledgeBy = (pack: DeadlinePack, receivedDay: string): string =>
  addDays(receivedDay, pack.acknowledgeDays);

/** The last day for feedback: months from the acknowledgement, or from the day by which it was owed. */
export const feedbackBy = (pack: DeadlinePack, acknowledgedDay: string): string =>
  addMonths(acknowledgedDay, pack.feedbackMonths);
