import { Code, Day, Id, Optional, Region } from '../fields.js';
import { EventContract } from '../event.js';
import { type Area, AREAS } from '../vocabulary.js';

/** What is known of an area in a period was compiled; the hash changes when anything that it was made of does. */
@EventContract({
  type: 'risk-analysis.dossier.compiled.v1',
  topic: 'risk-analysis.events',
  key: 'dossierId',
  time: 'instant',
  says: 'What is known of an area in a period was compiled; the hash changes when anything that it was made of does.',
})
export class DossierCompiledV1 {
  @Id() dossierId: string;
  @Day() day: string;
  @Code(AREAS) areaCode: Area;
  /** Of one region alone; without it the whole area. */
  @Optional() @Region() region?: string;
  @Day() from: string;
  @Day() to: string;
  @Id() inputsHash: string;
}
