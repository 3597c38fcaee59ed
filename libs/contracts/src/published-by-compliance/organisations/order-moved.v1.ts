import { Day, Id, OpenCode, OrganisationBin } from '../../fields.js';
import { EventContract } from '../../event.js';

/** An organisation answered an order, or the answer was found good or sent back. */
@EventContract({
  type: 'compliance.order.moved.v1',
  topic: 'compliance.events',
  key: 'orderId',
  time: 'instant',
  says: 'An organisation answered an order, or the answer was found good or sent back.',
})
export class OrderMovedV1 {
  @Id() orderId: string;
  @OrganisationBin() organisationBin: string;
  @Day() day: string;
  @OpenCode() state: string;
}
