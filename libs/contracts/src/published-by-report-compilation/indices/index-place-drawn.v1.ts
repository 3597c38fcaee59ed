import { Count, Day, Id, OpenCode } from '../../fields.js';
import { EventContract } from '../../event.js';

/** Between which places the country lies with 90 % in an edition of an index, when scores are drawn from their errors. */
@EventContract({
  type: 'report-compilation.index.place-drawn.v1',
  topic: 'report-compilation.events',
  key: 'indexId',
  time: 'instant',
  says: 'Between which places the country lies with 90 % in an edition of an index, when scores are drawn from their errors.',
})
export class IndexPlaceDrawnV1 {
  @Id() indexId: string;
  @OpenCode() series: string;
  @OpenCode() country: string;
  @Count() year: number;
  @OpenCode() vintage: string;
  @Day() day: string;
  @Count() low: number;
  @Count() high: number;
  /** With these two and the errors of all countries the draw gives the same. */
  @Count() draws: number;
  @Count() seed: number;
}
