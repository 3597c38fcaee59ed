import { RuleError, transition, type Transitions } from '@aiqyn/contracts';

/** Where an incident may go (domain notes, compliance C3). */
export const INCIDENT_TRANSITIONS = {
  reported: ['triaged'],
  triaged: ['inquiry', 'unfounded'],
  inquiry: ['confirmed', 'unfounded'],
  confirmed: ['remedy-planned'],
  'remedy-planned': ['verified'],
  verified: ['closed'],
  unfounded: ['closed'],
  closed: [],
} as const satisfies Transitions<string>;

export type IncidentState = keyof typeof INCIDENT_TRANSITIONS;
export const INCIDENT_STATES = Object.keys(INCIDENT_TRANSITIONS) as IncidentState[];

/** What an incident is about; codes, no prose. */
export const INCIDENT_KINDS = [
  ...['bribery', 'gift', 'conflict-of-interest', 'procurement', 'embezzlement', 'hiring', 'retaliation', 'other'],
] as const;

/** The state after the move; throws RuleError `illegal_transition` with the moves that are allowed. */
export const moveIncident = (from: IncidentState, to: IncidentState): IncidentState =>
  transition(INCIDENT_TRANSITIONS as Transitions<IncidentState>, from, to);

/** Throws RuleError `wrong_fields` when what is said beside the outcome does not go with it. */
export function judgeFinding(outcome: 'confirmed' | 'unfounded', concealed: boolean, signsOfCrime: boolean): void {
  if (outcome === 'unfounded' && (concealed || signsOfCrime))
    throw new RuleError('wrong_fields', 'what is unfounded was neither hidden nor a crime', { field: 'outcome' });
}

/** Throws RuleError `not_notified` when signs of a crime were not sent to the authorised body. */
export function judgeNotified(incident: { readonly signsOfCrime?: boolean; readonly receiptNumber?: string }): void {
  if (incident.signsOfCrime && !incident.receiptNumber)
    throw new RuleError('not_notified', 'signs of a crime go to the authorised body first, with its receipt', {
      allowed: ['notification'],
    });
}
