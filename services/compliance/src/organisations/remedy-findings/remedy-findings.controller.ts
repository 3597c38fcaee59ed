import { Body, Controller, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, ValidateNested } from 'class-validator';
import { RuleError } from '@aiqyn/contracts';
import { type Caller, Can, From, IsDay, IsIin } from '@aiqyn/platform';
import { IsDocumentNumber } from '../../people/fields.dto.js';
import { anotherPerson } from '../../people/steps.rules.js';
import { PersonIds } from '../../people/person-ids.js';
import { AssessmentMoves } from '../assessment/assessment-moves.js';
import { judgePlan, moveAssessment } from '../assessment/assessment-states.rules.js';
import { requirementOf } from '../score-compliance/claim.rules.js';
import { IsRequirementCode } from '../self-assess/self-assess.dto.js';

export class MeasureTold {
  @IsRequirementCode() requirement: string;
  @IsDay() dueDay: string;
  /** The one person who answers for it. */
  @IsIin() accountableIin: string;
}

export class RemedialPlan {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(200)
  @ValidateNested({ each: true })
  @Type(() => MeasureTold)
  measures: MeasureTold[];
}

export class CompletePlan {
  @IsDocumentNumber() documentNumber: string;
}

/** What was found too low is put right by a plan, and another person sees that it was. */
@Controller('v1/assessments')
export class RemedyFindingsController {
  constructor(
    private readonly moves: AssessmentMoves,
    private readonly persons: PersonIds,
  ) {}

  @Post(':id/remedial-plan')
  @HttpCode(200)
  @Can('organisation:assess')
  plan(@Param('id', ParseUUIDPipe) id: string, @Body() body: RemedialPlan, @From() caller: Caller): Promise<object> {
    return this.moves.step(id, caller, 'own', ({ assessment, catalogue, day }) => {
      const to = moveAssessment(assessment.state, 'remedial-plan');
      body.measures.forEach((one, i) => requirementOf(catalogue, one.requirement, `measures[${i}].requirement`));
      judgePlan(assessment.planFor!, body.measures, day, catalogue.terms.measureDays);
      const plan = body.measures.map(({ requirement, dueDay, accountableIin }) => ({
        ...{ requirement, dueDay, accountableId: this.persons.of(accountableIin) },
      }));
      const dueDay = plan
        .map((one) => one.dueDay)
        .sort()
        .at(-1)!;
      const organisation = { cause: 'plan-moved', causeId: id } as const;
      return { to, dueDay, set: { plan, planDueDay: dueDay }, organisation };
    });
  }

  @Post(':id/plan-completion')
  @HttpCode(200)
  @Can('organisation:assess')
  complete(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: CompletePlan,
    @From() caller: Caller,
  ): Promise<object> {
    return this.moves.step(id, caller, 'own', ({ day }) => ({
      to: 'monitored',
      set: { planDueDay: undefined, completion: { day, by: caller.id, ...body } },
      organisation: { cause: 'plan-moved', causeId: id },
    }));
  }

  @Post(':id/closing')
  @HttpCode(200)
  @Can('organisation:review')
  close(@Param('id', ParseUUIDPipe) id: string, @From() caller: Caller): Promise<object> {
    return this.moves.step(id, caller, 'another', ({ assessment: { state, planFor, completion, assessor } }) => {
      const to = moveAssessment(state, 'closed');
      if (state === 'final' && planFor!.length > 0)
        throw new RuleError('out_of_order', 'a remedial plan is due first', { allowed: ['remedial-plan'] });
      anotherPerson(caller.id, [assessor!.id, completion?.by], 'than who assessed or carried out the plan closes');
      return { to };
    });
  }
}
