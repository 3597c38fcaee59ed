import { Code, Day, Id, OpenCode } from '../fields.js';
import { EventContract } from '../event.js';
import { GROUP_KINDS, type GroupKind } from '../vocabulary.js';

/** Many purchases together show what one alone does not (a split, a dependence, a price); whom it is about stays in risk-analysis. */
@EventContract({
  type: 'risk-analysis.pattern.raised.v1',
  topic: 'risk-analysis.events',
  key: 'patternId',
  time: 'instant',
  says: 'Many purchases together show what one alone does not (a split, a dependence, a price); whom it is about stays in risk-analysis.',
})
export class PatternRaisedV1 {
  @Id() patternId: string;
  @Day() day: string;
  @OpenCode() indicator: string;
  /** What the purchases have in common: a buyer and a year, an item and a quarter, a pair of bidders and a year. */
  @Code(GROUP_KINDS) kind: GroupKind;
}
