import { Code, Day, Id, Optional, Tiyn } from '../../fields.js';
import { EventContract } from '../../event.js';
import { GIFT_DISPOSALS, type GiftDisposal } from '../../vocabulary.js';

/** A gift of the state fund was bought back, put to use, sold or destroyed. */
@EventContract({
  type: 'compliance.gift.disposed.v1',
  topic: 'compliance.events',
  key: 'giftId',
  time: 'instant',
  says: 'A gift of the state fund was bought back, put to use, sold or destroyed.',
})
export class GiftDisposedV1 {
  @Id() giftId: string;
  @Day() day: string;
  @Code(GIFT_DISPOSALS) method: GiftDisposal;
  /** What was paid for it, where it was paid for. */
  @Optional() @Tiyn() price?: number;
}
