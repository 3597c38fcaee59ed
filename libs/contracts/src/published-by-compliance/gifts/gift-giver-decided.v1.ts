import { Code, Day, Id, OpenCode, Optional, OrganisationBin } from '../../fields.js';
import { EventContract } from '../../event.js';
import { GIVER_KINDS, type GiverKind } from '../../vocabulary.js';

/** It was decided whether the giver of a gift answers for it; a person is never named. */
@EventContract({
  type: 'compliance.gift.giver-decided.v1',
  topic: 'compliance.events',
  key: 'giftId',
  time: 'instant',
  says: 'It was decided whether the giver of a gift answers for it; a person is never named.',
})
export class GiftGiverDecidedV1 {
  @Id() giftId: string;
  @Day() day: string;
  @Code(GIVER_KINDS) giverKind: GiverKind;
  @Optional() @OrganisationBin() giverBin?: string;
  @Code(['referred', 'no-grounds']) outcome: 'referred' | 'no-grounds';
  @OpenCode() reason: string;
}
