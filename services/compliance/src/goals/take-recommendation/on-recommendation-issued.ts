import { createHash } from 'node:crypto';
import { Controller } from '@nestjs/common';
import { GoalSetV1, RecommendationIssuedV1 } from '@aiqyn/contracts';
import { create, type EventContext, On } from '@aiqyn/platform';
import { GoalPolicies } from './goal-policies.js';
import { goalFromRecommendation } from './goal-status.rules.js';
import { GOALS } from './goal.schema.js';

/** A recommendation becomes a goal with one accountable office. */
@Controller()
export class OnRecommendationIssued {
  constructor(private readonly policies: GoalPolicies) {}

  @On(RecommendationIssuedV1)
  setGoal(event: RecommendationIssuedV1, { tx }: EventContext): void {
    const { recommendationId } = event;
    // The same recommendation is always the same goal, however often this runs.
    const goalId = `goal-${createHash('sha256').update(recommendationId).digest('hex').slice(0, 32)}`;
    const goal = goalFromRecommendation(event, this.policies.positions);
    create(
      tx,
      GOALS,
      { _id: goalId, recommendationId, ...goal, status: 'grey', policy: this.policies.goals.id, measurements: [] },
      Object.assign(new GoalSetV1(), {
        goalId,
        recommendationId,
        areaCode: goal.areaCode,
        accountablePosition: goal.accountablePosition,
        indicator: goal.indicator,
        baseline: goal.baseline,
        target: goal.target,
        day: goal.startDay,
        dueDay: goal.dueDay,
      }),
    );
    tx.audit({ actor: 'on-recommendation-issued', action: 'goal:set', resource: goalId, outcome: 'done' });
  }
}
