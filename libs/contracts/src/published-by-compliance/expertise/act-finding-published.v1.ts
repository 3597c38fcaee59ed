import { Code, Day, Id, OpenCode, OrganisationBin } from '../../fields.js';
import { EventContract } from '../../event.js';
import { FACTOR_SEVERITIES, type FactorSeverity } from '../../vocabulary.js';

/** An opinion on a draft act confirmed a corruptogenic factor. */
@EventContract({
  type: 'compliance.act.finding-published.v1',
  topic: 'compliance.events',
  key: 'actId',
  time: 'instant',
  says: 'An opinion on a draft act confirmed a corruptogenic factor.',
})
export class ActFindingPublishedV1 {
  @Id() actId: string;
  @Id() findingId: string;
  @Day() day: string;
  @OpenCode() factor: string;
  @Code(FACTOR_SEVERITIES) severity: FactorSeverity;
  @Code(['screening', 'expert']) origin: 'screening' | 'expert';
  @OrganisationBin() authorityBin: string;
}
