import { Day, Id, OpenCode, Optional, OrganisationBin } from '../../fields.js';
import { EventContract } from '../../event.js';

/** Somebody is told that something is overdue, late or escalated; the position is named, no person. */
@EventContract({
  type: 'compliance.notice.issued.v1',
  topic: 'compliance.events',
  key: 'noticeId',
  time: 'instant',
  says: 'Somebody is told that something is overdue, late or escalated; the position is named, no person.',
})
export class NoticeIssuedV1 {
  @Id() noticeId: string;
  @OpenCode() kind: string;
  /** The gift, goal or other thing that it is about. */
  @Id() aboutId: string;
  @Day() day: string;
  @OpenCode() toPosition: string;
  @Optional() @OrganisationBin() organisationBin?: string;
}
