import { Day, Id } from '../../fields.js';
import { EventContract } from '../../event.js';

/** An inquiry began into a gift that was not handed over in time. */
@EventContract({
  type: 'compliance.gift.breach-opened.v1',
  topic: 'compliance.events',
  key: 'giftId',
  time: 'instant',
  says: 'An inquiry began into a gift that was not handed over in time.',
})
export class GiftBreachOpenedV1 {
  @Id() giftId: string;
  @Day() day: string;
}
