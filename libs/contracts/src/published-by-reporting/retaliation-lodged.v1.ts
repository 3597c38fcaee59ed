import { Code, Day, Id, OpenCode, Region } from '../fields.js';
import { EventContract } from '../event.js';
import { RETALIATION_KINDS, type RetaliationKind } from '../vocabulary.js';

/** A reporting person complained of retaliation; what happened stays sealed in reporting. */
@EventContract({
  type: 'reporting.retaliation.lodged.v1',
  topic: 'reporting.events',
  key: 'complaintId',
  time: 'day',
  says: 'A reporting person complained of retaliation; what happened stays sealed in reporting.',
})
export class RetaliationLodgedV1 {
  @Id() complaintId: string;
  @Id() caseId: string;
  @Day() day: string;
  @Code(RETALIATION_KINDS) kind: RetaliationKind;
  @OpenCode() areaCode: string;
  @Region() region: string;
}
