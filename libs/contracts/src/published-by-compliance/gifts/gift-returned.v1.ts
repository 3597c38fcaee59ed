import { Day, Id } from '../../fields.js';
import { EventContract } from '../../event.js';

/** A gift was returned to its giver, where the rule set allows it. */
@EventContract({
  type: 'compliance.gift.returned.v1',
  topic: 'compliance.events',
  key: 'giftId',
  time: 'instant',
  says: 'A gift was returned to its giver, where the rule set allows it.',
})
export class GiftReturnedV1 {
  @Id() giftId: string;
  @Day() day: string;
}
