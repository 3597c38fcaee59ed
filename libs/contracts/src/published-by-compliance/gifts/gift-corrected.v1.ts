import { Code, Day, Id, OpenCode, Optional, OrganisationBin, Tiyn } from '../../fields.js';
import { EventContract } from '../../event.js';
import {
  GIFT_KINDS,
  type GiftKind,
  GIFT_SECTORS,
  type GiftSector,
  GIVER_KINDS,
  type GiverKind,
} from '../../vocabulary.js';

/** What was declared of a gift is corrected; what stood before stays in the log. */
@EventContract({
  type: 'compliance.gift.corrected.v1',
  topic: 'compliance.events',
  key: 'giftId',
  time: 'instant',
  says: 'What was declared of a gift is corrected; what stood before stays in the log.',
})
export class GiftCorrectedV1 {
  @Id() giftId: string;
  @Day() day: string;
  @OpenCode() reason: string;
  @Optional() @OrganisationBin() organisationBin?: string;
  @Optional() @Code(GIFT_SECTORS) sector?: GiftSector;
  @Optional() @Code(GIFT_KINDS) kind?: GiftKind;
  @Optional() @Code(GIVER_KINDS) giverKind?: GiverKind;
  @Optional() @OrganisationBin() giverBin?: string;
  @Optional() @Tiyn() estimatedValue?: number;
}
