import { Code, Count, Day, Id, OpenCode, OrganisationBin } from '../../fields.js';
import { EventContract } from '../../event.js';
import { type Deduction, DEDUCTIONS } from '../../vocabulary.js';

/** A conviction, a breach of the gift rules or a hidden incident takes points off an organisation, which is ordered to remove the cause. */
@EventContract({
  type: 'compliance.order.issued.v1',
  topic: 'compliance.events',
  key: 'orderId',
  time: 'instant',
  says: 'A conviction, a breach of the gift rules or a hidden incident takes points off an organisation, which is ordered to remove the cause.',
})
export class OrderIssuedV1 {
  @Id() orderId: string;
  @OrganisationBin() organisationBin: string;
  /** On which the decision behind it came into force. */
  @Day() day: string;
  @Code(DEDUCTIONS) cause: Deduction;
  @Id() causeId: string;
  @Count() points: number;
  /** The first day on which the points count no more. */
  @Day() endsDay: string;
  @Day() dueDay: string;
  @OpenCode() catalogue: string;
}
