import { Count, Day, Id, OrganisationBin } from '../../fields.js';
import { EventContract } from '../../event.js';

/** An organisation claimed a score far above what was found. */
@EventContract({
  type: 'compliance.assessment.overstated.v1',
  topic: 'compliance.events',
  key: 'assessmentId',
  time: 'instant',
  says: 'An organisation claimed a score far above what was found.',
})
export class AssessmentOverstatedV1 {
  @Id() assessmentId: string;
  @OrganisationBin() organisationBin: string;
  @Day() day: string;
  /** Hundredths of a point. */
  @Count() self: number;
  @Count() verified: number;
}
