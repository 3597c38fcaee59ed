import { Count, Day, Id, OrganisationBin } from '../../fields.js';
import { EventContract } from '../../event.js';

/** The authority did not answer the findings of an opinion in time. */
@EventContract({
  type: 'compliance.act.response-overdue.v1',
  topic: 'compliance.events',
  key: 'actId',
  time: 'instant',
  says: 'The authority did not answer the findings of an opinion in time.',
})
export class ActResponseOverdueV1 {
  @Id() actId: string;
  @Day() day: string;
  @Day() dueDay: string;
  @OrganisationBin() authorityBin: string;
  @Count() unanswered: number;
}
