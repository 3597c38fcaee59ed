import { RuleError, type ServiceState, transition, type Transitions } from '@aiqyn/contracts';
import { ownBody } from '../../people/own-body.rules.js';

/** Where the compliance service of an organisation may go (domain notes, compliance C3). */
export const SERVICE_TRANSITIONS: Transitions<ServiceState> = {
  registered: ['service-appointed'],
  'service-appointed': ['active', 'service-vacant'],
  active: ['service-vacant'],
  'service-vacant': ['service-appointed'],
};

/** The state after the move; throws RuleError `illegal_transition` with the moves that are allowed. */
export const moveService = (from: ServiceState, to: ServiceState): ServiceState =>
  transition(SERVICE_TRANSITIONS, from, to);

/**
 * Throws RuleError `not_independent` unless who acts is known to be of another organisation: a token without a department proves
 * nothing of it.
 */
export function ofAnotherOrganisation(department: string | undefined, organisationBin: string): void {
  if (department === undefined || ownBody(department) === organisationBin)
    throw new RuleError('not_independent', 'who reviews is of another organisation, which the token names', {
      field: 'department',
    });
}
