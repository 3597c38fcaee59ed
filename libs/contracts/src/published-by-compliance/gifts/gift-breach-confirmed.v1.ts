import { Code, Day, Id, OpenCode, OrganisationBin } from '../../fields.js';
import { EventContract } from '../../event.js';
import { GIFT_SECTORS, type GiftSector } from '../../vocabulary.js';

/** A second person found that the official broke the rules on gifts; the body is named, the person is not. */
@EventContract({
  type: 'compliance.gift.breach-confirmed.v1',
  topic: 'compliance.events',
  key: 'giftId',
  time: 'instant',
  says: 'A second person found that the official broke the rules on gifts; the body is named, the person is not.',
})
export class GiftBreachConfirmedV1 {
  @Id() giftId: string;
  @Day() day: string;
  /** Where the official serves. */
  @OrganisationBin() organisationBin: string;
  @Code(GIFT_SECTORS) sector: GiftSector;
  @OpenCode() reason: string;
  @OpenCode() policy: string;
}
