import { Code, Day, Id, OpenCode, OrganisationBin } from '../../fields.js';
import { EventContract } from '../../event.js';
import { FINDING_ANSWERS, type FindingAnswer } from '../../vocabulary.js';

/** The authority answered a finding of an opinion. */
@EventContract({
  type: 'compliance.act.finding-answered.v1',
  topic: 'compliance.events',
  key: 'actId',
  time: 'instant',
  says: 'The authority answered a finding of an opinion.',
})
export class ActFindingAnsweredV1 {
  @Id() actId: string;
  @Id() findingId: string;
  @Day() day: string;
  @OpenCode() factor: string;
  @Code(FINDING_ANSWERS) answer: FindingAnswer;
  @OrganisationBin() authorityBin: string;
}
