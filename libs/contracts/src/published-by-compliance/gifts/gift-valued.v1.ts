import { Day, Id, Tiyn } from '../../fields.js';
import { EventContract } from '../../event.js';

/** An independent valuer valued a gift of the state fund. */
@EventContract({
  type: 'compliance.gift.valued.v1',
  topic: 'compliance.events',
  key: 'giftId',
  time: 'instant',
  says: 'An independent valuer valued a gift of the state fund.',
})
export class GiftValuedV1 {
  @Id() giftId: string;
  @Day() day: string;
  @Tiyn() value: number;
}
