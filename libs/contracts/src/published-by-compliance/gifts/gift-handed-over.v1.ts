import { Count, Day, Id } from '../../fields.js';
import { EventContract } from '../../event.js';

/** A declared gift was handed over to the authorised body. */
@EventContract({
  type: 'compliance.gift.handed-over.v1',
  topic: 'compliance.events',
  key: 'giftId',
  time: 'instant',
  says: 'A declared gift was handed over to the authorised body.',
})
export class GiftHandedOverV1 {
  @Id() giftId: string;
  @Day() day: string;
  @Count() daysLate: number;
}
