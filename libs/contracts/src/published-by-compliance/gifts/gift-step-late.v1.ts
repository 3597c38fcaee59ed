import { Day, Id, OpenCode } from '../../fields.js';
import { EventContract } from '../../event.js';

/** An office let the term of its step with a gift pass: review, inquiry, valuation or disposal. */
@EventContract({
  type: 'compliance.gift.step-late.v1',
  topic: 'compliance.events',
  key: 'giftId',
  time: 'instant',
  says: 'An office let the term of its step with a gift pass: review, inquiry, valuation or disposal.',
})
export class GiftStepLateV1 {
  @Id() giftId: string;
  @Day() day: string;
  /** Where the gift waits. */
  @OpenCode() state: string;
  @Day() dueDay: string;
}
