import { Code, Day, Id, OpenCode } from '../../fields.js';
import { EventContract } from '../../event.js';
import { ASSESSMENT_SIDES, type AssessmentSide, COMPLETION_STEPS, type CompletionStep } from '../../vocabulary.js';

/** A measure of a frozen plan was assessed, by the office or from outside; who did it is not told. */
@EventContract({
  type: 'report-compilation.plan.measure-assessed.v1',
  topic: 'report-compilation.events',
  key: 'planId',
  time: 'instant',
  says: 'A measure of a frozen plan was assessed, by the office or from outside; who did it is not told.',
})
export class PlanMeasureAssessedV1 {
  @Id() planId: string;
  @Id() documentId: string;
  @OpenCode() quarter: string;
  @Day() day: string;
  @OpenCode() measureId: string;
  @Code(ASSESSMENT_SIDES) side: AssessmentSide;
  @Code(COMPLETION_STEPS) step: CompletionStep;
}
