import { Day, Id } from '../../fields.js';
import { EventContract } from '../../event.js';

/** The term to hand over a declared gift ran out. */
@EventContract({
  type: 'compliance.gift.overdue.v1',
  topic: 'compliance.events',
  key: 'giftId',
  time: 'instant',
  says: 'The term to hand over a declared gift ran out.',
})
export class GiftOverdueV1 {
  @Id() giftId: string;
  @Day() day: string;
  @Day() handOverBy: string;
}
