import type { Doc } from '@aiqyn/platform';
import type { Case } from '../cases/case.schema.js';
import { type DeadlinePack, feedbackBy, watchFeedback } from '../watch-deadlines/deadlines.rules.js';

/**
 * What is stored when a case comes back into triage: a new clock for the feedback, where somebody reported, and nothing of the
 * outcome before.
 */
export function reopened(pack: DeadlinePack, { finding }: Pick<Case, 'finding'>, day: string): Doc {
  const by = feedbackBy(pack, day);
  return {
    ...(finding ? {} : { acknowledgedDay: day, feedbackBy: by, watch: watchFeedback(pack, by, day) }),
    ...{ feedback: null, feedbackDay: null, extension: null, suspension: null, proposal: null },
    ...{ closedDay: null, closedFrom: null, outcomeBy: null, retainUntil: null, retentionPolicy: null, purgeDay: null },
  };
}
