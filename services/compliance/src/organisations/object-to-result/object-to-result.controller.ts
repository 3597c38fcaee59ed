import { Body, Controller, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsIn, Matches, ValidateNested } from 'class-validator';
import { RuleError } from '@aiqyn/contracts';
import { type Caller, Can, From } from '@aiqyn/platform';
import { anotherPerson } from '../../people/steps.rules.js';
import { AssessmentMoves } from '../assessment/assessment-moves.js';
import { judgeObjectionDay, moveAssessment } from '../assessment/assessment-states.rules.js';
import { levelsOf, requirementOf } from '../score-compliance/claim.rules.js';
import { ClaimTold } from '../self-assess/self-assess.dto.js';
import { decidedLevels, OBJECTION_OUTCOMES, type ObjectionOutcome } from './objection.rules.js';

export class ObjectToResult {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(200)
  @ArrayUnique()
  @Matches(/^[A-Z]{2,8}-\d{2,3}$/, { each: true })
  requirements: string[];
}

export class DecideObjection {
  @IsIn(OBJECTION_OUTCOMES) outcome: ObjectionOutcome;
  /** What holds of the disputed requirements; none when the objection is dismissed. */
  @IsArray() @ArrayMaxSize(200) @ValidateNested({ each: true }) @Type(() => ClaimTold) levels: ClaimTold[];
}

/** The organisation disputes what was found; a third person decides. */
@Controller('v1/assessments')
export class ObjectToResultController {
  constructor(private readonly moves: AssessmentMoves) {}

  @Post(':id/objection')
  @HttpCode(200)
  @Can('organisation:assess')
  object(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: ObjectToResult,
    @From() caller: Caller,
  ): Promise<object> {
    const { requirements } = body;
    return this.moves.step(id, caller, 'own', ({ assessment: { state, dueDay, claims }, catalogue, day }) => {
      const to = moveAssessment(state, 'objection');
      judgeObjectionDay(day, dueDay);
      requirements.forEach((code, i) => {
        requirementOf(catalogue, code, `requirements[${i}]`);
        if (!claims!.some((one) => one.requirement === code))
          throw new RuleError('not_claimed', 'nothing was claimed of this', { field: `requirements[${i}]` });
      });
      return { to, set: { objection: { day, by: caller.id, requirements } } };
    });
  }

  @Post(':id/objection-decision')
  @HttpCode(200)
  @Can('organisation:arbitrate')
  decide(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: DecideObjection,
    @From() caller: Caller,
  ): Promise<object> {
    const { outcome, levels } = body;
    return this.moves.step(id, caller, 'another', (at) => {
      const { state, objection, assessor, reviewer, claims, found } = at.assessment;
      // The result is final by time too, but not by this.
      if (state !== 'objection') throw new RuleError('out_of_order', 'there is no objection to decide');
      const earlier = [objection!.by, assessor!.id, reviewer!.id];
      anotherPerson(caller.id, earlier, 'than who assessed, reviewed or objected decides');
      const [claimed, decided] = [levelsOf(at.catalogue, claims!), levelsOf(at.catalogue, levels)];
      const after = decidedLevels(outcome, claimed, found!, objection!.requirements, decided);
      return this.moves.final(at, after, { objection: { ...objection, outcome, decidedBy: caller.id } });
    });
  }
}
