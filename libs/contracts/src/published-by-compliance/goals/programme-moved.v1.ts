import { Count, Day, Id, OpenCode } from '../../fields.js';
import { EventContract } from '../../event.js';

/** A programme went from one state to another: approved as an edition, running, taken back to be revised, closed. */
@EventContract({
  type: 'compliance.programme.moved.v1',
  topic: 'compliance.events',
  key: 'programmeId',
  time: 'instant',
  says: 'A programme went from one state to another: approved as an edition, running, taken back to be revised, closed.',
})
export class ProgrammeMovedV1 {
  @Id() programmeId: string;
  @Day() day: string;
  @OpenCode() state: string;
  /** Counts the approvals. */
  @Count() edition: number;
}
