import { Code, Day, Id, OpenCode, OpenCodes, Optional, OrganisationBin } from '../../fields.js';
import { EventContract } from '../../event.js';
import { ACT_TYPES, type ActType } from '../../vocabulary.js';

/** A draft act was registered for anti-corruption expertise. */
@EventContract({
  type: 'compliance.act.registered.v1',
  topic: 'compliance.events',
  key: 'actId',
  time: 'instant',
  says: 'A draft act was registered for anti-corruption expertise.',
})
export class ActRegisteredV1 {
  @Id() actId: string;
  @Day() day: string;
  @OrganisationBin() authorityBin: string;
  @Code(ACT_TYPES) actType: ActType;
  @OpenCodes() languages: string[];
  /** The area that it rules, where one was named. */
  @Optional() @OpenCode() areaCode?: string;
}
