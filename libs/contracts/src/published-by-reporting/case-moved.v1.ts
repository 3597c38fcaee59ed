import { Day, Id, OpenCode, Optional } from '../fields.js';
import { EventContract } from '../event.js';

/** A case went to another state; moves that are facts of their own (acknowledged, opened, decided) have their own event. */
@EventContract({
  type: 'reporting.case.moved.v1',
  topic: 'reporting.events',
  key: 'caseId',
  time: 'instant',
  says: 'A case went to another state: into triage, rejected, referred, merged, suspended, resumed, found, closed, reopened or purged.',
})
export class CaseMovedV1 {
  @Id() caseId: string;
  @Day() day: string;
  @OpenCode() from: string;
  @OpenCode() to: string;
  /** A code of why, where the move asks for one. */
  @Optional() @OpenCode() reason?: string;
}
