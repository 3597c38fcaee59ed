import { Day, Id, OpenCode, OrganisationBin } from '../../fields.js';
import { EventContract } from '../../event.js';

/** The expertise of a draft act went on to another state. */
@EventContract({
  type: 'compliance.act.moved.v1',
  topic: 'compliance.events',
  key: 'actId',
  time: 'instant',
  says: 'The expertise of a draft act went on to another state.',
})
export class ActMovedV1 {
  @Id() actId: string;
  @Day() day: string;
  @OrganisationBin() authorityBin: string;
  @OpenCode() from: string;
  @OpenCode() to: string;
}
