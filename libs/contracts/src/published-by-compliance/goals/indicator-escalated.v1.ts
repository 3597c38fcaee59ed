import { Day, Id, OpenCode, Optional, OrganisationBin } from '../../fields.js';
import { EventContract } from '../../event.js';

/** An indicator stayed red or unmeasured for so long that the next one up is told; each step once an episode. */
@EventContract({
  type: 'compliance.indicator.escalated.v1',
  topic: 'compliance.events',
  key: 'goalId',
  time: 'instant',
  says: 'An indicator stayed red or unmeasured for so long that the next one up is told; each step once an episode.',
})
export class IndicatorEscalatedV1 {
  @Id() goalId: string;
  /** Its code within the goal. */
  @OpenCode() indicator: string;
  @Day() day: string;
  /** The day on which the episode began. */
  @Day() since: string;
  @OpenCode() step: string;
  @OpenCode() toPosition: string;
  @Optional() @OrganisationBin() organisationBin?: string;
}
