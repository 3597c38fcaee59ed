import { Code, Count, Day, Id, OpenCode, Optional, OrganisationBin } from '../../fields.js';
import { EventContract } from '../../event.js';
import {
  FACTOR_SEVERITIES,
  type FactorSeverity,
  FINDING_ANSWERS,
  FINDING_OUTCOMES,
  type FindingAnswer,
  type FindingOutcome,
} from '../../vocabulary.js';

/** A later text of a draft act removed, changed, kept or ignored a finding. */
@EventContract({
  type: 'compliance.act.finding-settled.v1',
  topic: 'compliance.events',
  key: 'actId',
  time: 'instant',
  says: 'A later text of a draft act removed, changed, kept or ignored a finding.',
})
export class ActFindingSettledV1 {
  @Id() actId: string;
  @Id() findingId: string;
  @Day() day: string;
  @OpenCode() factor: string;
  @Code(FACTOR_SEVERITIES) severity: FactorSeverity;
  @Count() textVersion: number;
  @Code(FINDING_OUTCOMES) outcome: FindingOutcome;
  @Optional() @Code(FINDING_ANSWERS) answer?: FindingAnswer;
  @OrganisationBin() authorityBin: string;
  @Optional() @OpenCode() areaCode?: string;
}
