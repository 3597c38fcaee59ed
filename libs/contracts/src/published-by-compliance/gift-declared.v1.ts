import { Day, Id, OpenCode, Optional, Tiyn } from '../fields.js';
import { EventContract } from '../event.js';

/** An official declared a gift; who gave it stays in compliance. */
@EventContract({
  type: 'compliance.gift.declared.v1',
  topic: 'compliance.events',
  key: 'giftId',
  time: 'instant',
  says: 'An official declared a gift; who gave it stays in compliance.',
})
export class GiftDeclaredV1 {
  @Id() giftId: string;
  @Day() day: string;
  @Day() knownDay: string;
  @Day() handOverBy: string;
  @Optional() @Tiyn() estimatedValue?: number;
  @OpenCode() policy: string;
}
