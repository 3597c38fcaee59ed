import { addDays, type ComplianceTerm, RuleError, transition, type Transitions } from '@aiqyn/contracts';

/** Where an assessment may go (domain notes, compliance C3). */
export const ASSESSMENT_TRANSITIONS = {
  open: ['self-assessed'],
  'self-assessed': ['under-review'],
  'under-review': ['result-draft'],
  // Without an objection it is final by time.
  'result-draft': ['objection', 'final'],
  objection: ['final'],
  // Closed at once when nothing needs a plan.
  final: ['remedial-plan', 'closed'],
  'remedial-plan': ['monitored'],
  monitored: ['closed'],
  closed: [],
} as const satisfies Transitions<string>;

export type AssessmentState = keyof typeof ASSESSMENT_TRANSITIONS;
export const ASSESSMENT_STATES = Object.keys(ASSESSMENT_TRANSITIONS) as AssessmentState[];

/** The state after the move; throws RuleError `illegal_transition` with the moves that are allowed. */
export const moveAssessment = (from: AssessmentState, to: AssessmentState): AssessmentState =>
  transition(ASSESSMENT_TRANSITIONS as Transitions<AssessmentState>, from, to);

/** The term that is missed when the day of a state passes; none where time itself is the next step, or nothing is due. */
export const termOf = (state: AssessmentState): ComplianceTerm | undefined => TERMS[state];
const TERMS: Readonly<Partial<Record<AssessmentState, ComplianceTerm>>> = {
  open: 'self-assessment',
  'self-assessed': 'review',
  'under-review': 'review',
  final: 'remedial-plan',
  'remedial-plan': 'remedial-plan',
};

/** Throws RuleError `too_late` for an objection after its last day. */
export function judgeObjectionDay(day: string, dueDay: string | undefined): void {
  if (dueDay === undefined || day > dueDay)
    throw new RuleError('too_late', 'the term to object is over, and the result final');
}

/** Throws RuleError `plan_incomplete` unless each requirement has a measure, and `day_out_of_range` for one that is due before today or after the longest term. */
export function judgePlan(
  planFor: readonly string[],
  measures: readonly { readonly requirement: string; readonly dueDay: string }[],
  day: string,
  measureDays: number,
): void {
  const missing = planFor.filter((code) => !measures.some(({ requirement }) => requirement === code));
  if (missing.length > 0)
    throw new RuleError('plan_incomplete', 'each of these requirements needs a measure', {
      ...{ field: 'measures', allowed: missing },
    });
  const i = measures.findIndex(({ dueDay }) => dueDay < day || dueDay > addDays(day, measureDays));
  if (i >= 0)
    throw new RuleError('day_out_of_range', `a measure is due within ${measureDays} days`, {
      field: `measures[${i}].dueDay`,
    });
}
