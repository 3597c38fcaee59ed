import { Day, Id, OpenCode } from '../fields.js';
import { EventContract } from '../event.js';

/** An inquiry into unjustified enrichment went from one state to another. */
@EventContract({
  type: 'risk-analysis.enrichment.moved.v1',
  topic: 'risk-analysis.events',
  key: 'inquiryId',
  time: 'instant',
  says: 'An inquiry into unjustified enrichment went from one state to another.',
})
export class EnrichmentMovedV1 {
  @Id() inquiryId: string;
  @OpenCode() from: string;
  @OpenCode() to: string;
  @Day() day: string;
}
