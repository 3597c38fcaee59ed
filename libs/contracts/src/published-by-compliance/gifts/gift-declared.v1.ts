import { Code, Day, Id, OpenCode, Optional, OrganisationBin, Tiyn } from '../../fields.js';
import { EventContract } from '../../event.js';
import {
  GIFT_KINDS,
  type GiftKind,
  GIFT_RECIPIENTS,
  type GiftRecipient,
  GIFT_SECTORS,
  type GiftSector,
  GIVER_KINDS,
  type GiverKind,
} from '../../vocabulary.js';

/** An official declared a gift; of who gave it only an organisation is named. */
@EventContract({
  type: 'compliance.gift.declared.v1',
  topic: 'compliance.events',
  key: 'giftId',
  time: 'instant',
  says: 'An official declared a gift; of who gave it only an organisation is named.',
})
export class GiftDeclaredV1 {
  @Id() giftId: string;
  @Day() day: string;
  @Day() knownDay: string;
  @Day() handOverBy: string;
  @Optional() @Tiyn() estimatedValue?: number;
  @OpenCode() policy: string;
  // Events of the first loop have none of these.
  @Optional() @Day() receivedDay?: string;
  /** Where the official serves. */
  @Optional() @OrganisationBin() organisationBin?: string;
  @Optional() @Code(GIFT_SECTORS) sector?: GiftSector;
  @Optional() @Code(GIFT_KINDS) kind?: GiftKind;
  @Optional() @Code(GIFT_RECIPIENTS) recipient?: GiftRecipient;
  @Optional() @Code(GIVER_KINDS) giverKind?: GiverKind;
  @Optional() @OrganisationBin() giverBin?: string;
}
