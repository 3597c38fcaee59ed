import { Code, Day, Id, Optional, OrganisationBin, Tiyn } from '../../fields.js';
import { EventContract } from '../../event.js';
import {
  GIFT_KINDS,
  type GiftKind,
  GIFT_SECTORS,
  type GiftSector,
  GIVER_KINDS,
  type GiverKind,
} from '../../vocabulary.js';

/** An offer was refused; nothing of the official is kept, and of the giver only an organisation is named. */
@EventContract({
  type: 'compliance.gift.refused.v1',
  topic: 'compliance.events',
  key: 'giftId',
  time: 'instant',
  says: 'An offer was refused; nothing of the official is kept, and of the giver only an organisation is named.',
})
export class GiftRefusedV1 {
  @Id() giftId: string;
  @Day() day: string;
  @Day() offeredDay: string;
  @OrganisationBin() organisationBin: string;
  @Code(GIFT_SECTORS) sector: GiftSector;
  @Code(GIFT_KINDS) kind: GiftKind;
  @Code(GIVER_KINDS) giverKind: GiverKind;
  @Optional() @OrganisationBin() giverBin?: string;
  @Optional() @Tiyn() estimatedValue?: number;
}
