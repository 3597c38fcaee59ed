import { type ServiceState, transition, type Transitions } from '@aiqyn/contracts';

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
