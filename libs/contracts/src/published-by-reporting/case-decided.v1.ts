import { Code, Day, Id, OpenCode, Optional, OrganisationBin, Region, Tiyn } from '../fields.js';
import { EventContract } from '../event.js';
import {
  CASE_OUTCOMES,
  type CaseOutcome,
  GIFT_SECTORS,
  type GiftSector,
  LIABLE_POSITIONS,
  type LiablePosition,
  OFFENCE_CLASSES,
  type OffenceClass,
} from '../vocabulary.js';

/** A decision on a case came into legal force. */
@EventContract({
  type: 'reporting.case.decided.v1',
  topic: 'reporting.events',
  key: 'caseId',
  time: 'instant',
  says: 'A decision on a case came into legal force.',
})
export class CaseDecidedV1 {
  @Id() caseId: string;
  @Day() day: string;
  @Code(CASE_OUTCOMES) outcome: CaseOutcome;
  @Optional() @Code(OFFENCE_CLASSES) offenceClass?: OffenceClass;
  @Optional() @Tiyn() damage?: number;
  @OpenCode() areaCode: string;
  @Region() region: string;
  /** What the person found liable was, and where; only told with the decision, never taken from a report. */
  @Optional() @Code(LIABLE_POSITIONS) liable?: LiablePosition;
  @Optional() @OrganisationBin() organisationBin?: string;
  @Optional() @Code(GIFT_SECTORS) sector?: GiftSector;
}
