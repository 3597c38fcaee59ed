import { Body, Controller, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { RuleError } from '@aiqyn/contracts';
import { type Caller, Can, From } from '@aiqyn/platform';
import { anotherPerson } from '../../people/steps.rules.js';
import { AssessmentMoves } from '../assessment/assessment-moves.js';
import { moveAssessment } from '../assessment/assessment-states.rules.js';
import { levelsOf } from '../score-compliance/claim.rules.js';
import { Levels } from '../self-assess/self-assess.dto.js';
import { foundLevels, judgeSample } from './review.rules.js';

/** Somebody of another organisation looks at what was claimed. */
@Controller('v1/assessments')
export class ReviewAssessmentController {
  constructor(private readonly moves: AssessmentMoves) {}

  @Post(':id/review')
  @HttpCode(200)
  @Can('organisation:review')
  begin(@Param('id', ParseUUIDPipe) id: string, @From() caller: Caller): Promise<object> {
    const department = caller.subject?.department;
    return this.moves.step(id, caller, 'another', ({ assessment: { state, assessor, dueDay }, day }) => {
      const to = moveAssessment(state, 'under-review');
      anotherPerson(caller.id, [assessor!.id], 'than who assessed reviews');
      if (assessor!.department === department)
        throw new RuleError('not_independent', 'who reviews is not of the organisation of who assessed', {
          field: 'department',
        });
      // The term of the review runs since the claim, whoever takes it when.
      return { to, dueDay: dueDay!, set: { reviewer: { id: caller.id, department, day } } };
    });
  }

  @Post(':id/result')
  @HttpCode(200)
  @Can('organisation:review')
  result(@Param('id', ParseUUIDPipe) id: string, @Body() { levels }: Levels, @From() caller: Caller): Promise<object> {
    return this.moves.step(id, caller, 'another', (at) => {
      const { state, claims, reviewer } = at.assessment;
      moveAssessment(state, 'result-draft');
      if (reviewer!.id !== caller.id) throw new RuleError('another_reviewer', 'who began the review ends it');
      const claimed = levelsOf(at.catalogue, claims!);
      const reviewed = levelsOf(at.catalogue, levels);
      const found = foundLevels(claimed, reviewed);
      judgeSample(at.catalogue, claimed, reviewed);
      return this.moves.draft(at, found, { sample: [...reviewed.keys()] });
    });
  }
}
