import { Code, Count, Day, Id, Measure, OpenCode, OrganisationBin } from '../../fields.js';
import { EventContract } from '../../event.js';
import { ACT_TYPES, type ActType } from '../../vocabulary.js';

/** The opinion on a draft act was published. */
@EventContract({
  type: 'compliance.act.opinion-issued.v1',
  topic: 'compliance.events',
  key: 'actId',
  time: 'instant',
  says: 'The opinion on a draft act was published.',
})
export class ActOpinionIssuedV1 {
  @Id() actId: string;
  @Day() day: string;
  @OpenCode() opinionNumber: string;
  @OrganisationBin() authorityBin: string;
  @Code(ACT_TYPES) actType: ActType;
  /** Version of the catalogue of factors that it was made with. */
  @OpenCode() catalogue: string;
  @Count() findings: number;
  @Count() critical: number;
  /** 0 to 100. */
  @Measure() riskIndex: number;
  @OpenCode() riskBand: string;
}
