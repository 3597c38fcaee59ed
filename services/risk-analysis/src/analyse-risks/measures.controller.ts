import { randomUUID } from 'node:crypto';
import { Body, Controller, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { RecommendationIssuedV1, RuleError } from '@aiqyn/contracts';
import { type Caller, Can, create, From } from '@aiqyn/platform';
import { RECOMMENDATIONS } from '../assess-area/assessment.schema.js';
import { Policies } from '../policies/policies.js';
import { ExtendAnalysis, Recommend, SettleRecommendation } from './analysis.dto.js';
import { AnalysisMoves } from './analysis-moves.js';
import { isControlled } from './analysis-states.rules.js';
import { extended } from './analysis-terms.rules.js';
import { allSettled, type Recommended, settled } from './certificate.rules.js';

type Moved = ReturnType<AnalysisMoves['step']>;

/** What a signed certificate leads to: recommendations, which become goals, and the control of what the body does. */
@Controller('v1/analyses')
export class MeasuresController {
  constructor(
    private readonly moves: AnalysisMoves,
    private readonly policies: Policies,
  ) {}

  /** Each recommendation is published and becomes a goal with one accountable office. */
  @Post(':id/recommendations')
  @HttpCode(200)
  @Can('analysis:run')
  recommend(@Param('id', ParseUUIDPipe) id: string, @Body() body: Recommend, @From() caller: Caller): Moved {
    return this.moves.step(id, caller, (file, day, tx) => {
      const recommendations = body.recommendations.map(({ indicator, baseline, target, dueDay }): Recommended => {
        if (dueDay <= day)
          throw new RuleError('day_in_past', 'dueDay is after today', { field: 'recommendations.dueDay' });
        const recommendationId = randomUUID();
        const facts = { assessmentId: id, areaCode: file.areaCode, indicator, baseline, target, dueDay };
        const event = Object.assign(new RecommendationIssuedV1(), { recommendationId, ...facts, day });
        create(tx, RECOMMENDATIONS, { _id: recommendationId, ...facts }, event);
        return { recommendationId, indicator, dueDay };
      });
      return { to: 'recommended', set: { recommendations } };
    });
  }

  /** The body agrees to its plan of measures. */
  @Post(':id/plan-of-measures')
  @HttpCode(200)
  @Can('analysis:agree')
  agree(@Param('id', ParseUUIDPipe) id: string, @From() caller: Caller): Moved {
    return this.moves.step(id, caller, () => ({ to: 'plan-agreed' }));
  }

  /** A check of the measures; with the last recommendation done or refused the analysis is closed. */
  @Post(':id/checks')
  @HttpCode(200)
  @Can('analysis:run')
  check(@Param('id', ParseUUIDPipe) id: string, @Body() body: SettleRecommendation, @From() caller: Caller): Moved {
    return this.moves.step(id, caller, (file) => {
      if (!isControlled(file.kind, file.state)) return { to: 'closed' };
      const recommendations = settled(file.recommendations ?? [], body);
      return { set: { recommendations }, ...(allSettled(recommendations) ? { to: 'closed' as const } : {}) };
    });
  }

  /** A certificate without recommendations, or a concluded monitoring, is closed without a check. */
  @Post(':id/closure')
  @HttpCode(200)
  @Can('analysis:run')
  close(@Param('id', ParseUUIDPipe) id: string, @From() caller: Caller): Moved {
    return this.moves.step(id, caller, ({ recommendations }) => {
      if (!allSettled(recommendations ?? []))
        throw new RuleError('open_recommendations', 'each recommendation is done or refused first');
      return { to: 'closed' };
    });
  }

  @Post(':id/extension')
  @HttpCode(200)
  @Can('analysis:sign')
  extend(@Param('id', ParseUUIDPipe) id: string, @Body() { reason }: ExtendAnalysis, @From() caller: Caller): Moved {
    const { analysisTerms, workingDays } = this.policies;
    return this.moves.step(id, caller, (file) => ({
      set: { dueDay: extended(analysisTerms, workingDays, file), extension: reason },
    }));
  }
}
