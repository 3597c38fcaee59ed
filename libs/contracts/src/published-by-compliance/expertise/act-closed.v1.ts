import { Code, Count, Day, Id, OrganisationBin } from '../../fields.js';
import { EventContract } from '../../event.js';
import { ACT_TYPES, type ActType } from '../../vocabulary.js';

/** A draft act was adopted and every finding has its outcome. */
@EventContract({
  type: 'compliance.act.closed.v1',
  topic: 'compliance.events',
  key: 'actId',
  time: 'instant',
  says: 'A draft act was adopted and every finding has its outcome.',
})
export class ActClosedV1 {
  @Id() actId: string;
  @Day() day: string;
  @OrganisationBin() authorityBin: string;
  @Code(ACT_TYPES) actType: ActType;
  @Count() removed: number;
  @Count() changed: number;
  @Count() kept: number;
  @Count() ignored: number;
}
