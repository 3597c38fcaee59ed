import { Day, Id, OpenCode } from '../../fields.js';
import { EventContract } from '../../event.js';

/** A second person found no breach in a gift that was not handed over in time. */
@EventContract({
  type: 'compliance.gift.breach-dismissed.v1',
  topic: 'compliance.events',
  key: 'giftId',
  time: 'instant',
  says: 'A second person found no breach in a gift that was not handed over in time.',
})
export class GiftBreachDismissedV1 {
  @Id() giftId: string;
  @Day() day: string;
  @OpenCode() reason: string;
}
