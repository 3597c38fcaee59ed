import { Code, Day, Id, OpenCode, OrganisationBin } from '../../fields.js';
import { EventContract } from '../../event.js';
import { GOAL_STATUSES, type GoalStatus } from '../../vocabulary.js';

/** A body outside assessed an indicator; the official status stays as it is. */
@EventContract({
  type: 'compliance.indicator.assessed-outside.v1',
  topic: 'compliance.events',
  key: 'goalId',
  time: 'instant',
  says: 'A body outside assessed an indicator; the official status stays as it is.',
})
export class IndicatorAssessedOutsideV1 {
  @Id() goalId: string;
  /** Its code within the goal. */
  @OpenCode() indicator: string;
  @Day() day: string;
  @Code(GOAL_STATUSES) status: GoalStatus;
  @OpenCode() reason: string;
  @OrganisationBin() assessorBin: string;
}
