import { Day, Id, OpenCode } from '../../fields.js';
import { EventContract } from '../../event.js';

/** A second person found that a gift was given for merit: it may be kept. */
@EventContract({
  type: 'compliance.gift.exempted.v1',
  topic: 'compliance.events',
  key: 'giftId',
  time: 'instant',
  says: 'A second person found that a gift was given for merit: it may be kept.',
})
export class GiftExemptedV1 {
  @Id() giftId: string;
  @Day() day: string;
  @OpenCode() ground: string;
}
