import { createHash } from 'node:crypto';
import { Controller } from '@nestjs/common';
import { GoalSetV1, RecommendationIssuedV1 } from '@aiqyn/contracts';
import { type EventContext, On } from '@aiqyn/platform';
import { GoalMoves } from '../goal-case/goal-moves.js';
import { GoalPolicies } from '../goal-case/goal-policies.js';
import { recommendedIndicator } from './recommended-goal.rules.js';

/** A recommendation becomes a running goal with one indicator and one accountable position. */
@Controller()
export class OnRecommendationIssued {
  constructor(
    private readonly policies: GoalPolicies,
    private readonly moves: GoalMoves,
  ) {}

  @On(RecommendationIssuedV1)
  setGoal(event: RecommendationIssuedV1, { tx }: EventContext): void {
    const { recommendationId, areaCode, indicator: code, baseline, target, day, dueDay } = event;
    // The same recommendation is always the same goal, however often this runs.
    const goalId = `goal-${createHash('sha256').update(recommendationId).digest('hex').slice(0, 32)}`;
    const indicator = recommendedIndicator(event, this.policies.clock.goals, this.policies.positions);
    const accountablePosition = indicator.terms[0]!.position;
    const facts = { recommendationId, areaCode, accountablePosition, indicator: code, baseline, target, day, dueDay };
    this.moves.set(
      ...([tx, 'on-recommendation-issued'] as const),
      { _id: goalId, recommendationId, areaCode, indicators: [indicator], milestones: [] },
      Object.assign(new GoalSetV1(), { goalId, ...facts }),
    );
  }
}
