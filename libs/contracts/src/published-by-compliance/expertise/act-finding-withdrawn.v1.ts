import { Day, Id, OpenCode } from '../../fields.js';
import { EventContract } from '../../event.js';

/** A finding of a published opinion was taken back. */
@EventContract({
  type: 'compliance.act.finding-withdrawn.v1',
  topic: 'compliance.events',
  key: 'actId',
  time: 'instant',
  says: 'A finding of a published opinion was taken back.',
})
export class ActFindingWithdrawnV1 {
  @Id() actId: string;
  @Id() findingId: string;
  @Day() day: string;
  @OpenCode() factor: string;
}
