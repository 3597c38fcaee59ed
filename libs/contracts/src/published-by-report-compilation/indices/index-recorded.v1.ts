import { Count, Day, Id, Measure, OpenCode, Optional } from '../../fields.js';
import { EventContract } from '../../event.js';

/** The standing of the country in an edition of an international index was recorded as its producer published it. */
@EventContract({
  type: 'report-compilation.index.recorded.v1',
  topic: 'report-compilation.events',
  key: 'indexId',
  time: 'instant',
  says: 'The standing of the country in an edition of an international index was recorded as its producer published it.',
})
export class IndexRecordedV1 {
  @Id() indexId: string;
  @OpenCode() series: string;
  @OpenCode() country: string;
  @Count() year: number;
  @OpenCode() vintage: string;
  @Day() day: string;
  @Optional() @Measure() score?: number;
  @Optional() @Measure() standardError?: number;
  @Optional() @Count() rank?: number;
  @Optional() @Count() countries?: number;
}
