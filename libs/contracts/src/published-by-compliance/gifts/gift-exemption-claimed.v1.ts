import { Day, Id, OpenCode } from '../../fields.js';
import { EventContract } from '../../event.js';

/** It is claimed that a gift was given for merit; the term to hand it over runs on. */
@EventContract({
  type: 'compliance.gift.exemption-claimed.v1',
  topic: 'compliance.events',
  key: 'giftId',
  time: 'instant',
  says: 'It is claimed that a gift was given for merit; the term to hand it over runs on.',
})
export class GiftExemptionClaimedV1 {
  @Id() giftId: string;
  @Day() day: string;
  @OpenCode() ground: string;
}
