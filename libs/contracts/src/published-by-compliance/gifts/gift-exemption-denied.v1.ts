import { Day, Id, OpenCode } from '../../fields.js';
import { EventContract } from '../../event.js';

/** A second person found that a gift was not given for merit; its term never stopped. */
@EventContract({
  type: 'compliance.gift.exemption-denied.v1',
  topic: 'compliance.events',
  key: 'giftId',
  time: 'instant',
  says: 'A second person found that a gift was not given for merit; its term never stopped.',
})
export class GiftExemptionDeniedV1 {
  @Id() giftId: string;
  @Day() day: string;
  @OpenCode() reason: string;
}
