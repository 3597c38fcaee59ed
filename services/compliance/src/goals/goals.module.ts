import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { GoalPolicies } from './goal-policies.js';
import { Goal, GoalSchema } from './goal.schema.js';
import { GoalsController } from './goals.controller.js';
import { MeasureGoal } from './measure-goal.dto.js';
import { OnRecommendationIssued } from './on-recommendation-issued.js';

/** What comes in over HTTP; told in the OpenAPI document. */
export const GOAL_DTOS = [MeasureGoal];

/** Goals, each with one accountable official. */
@Module({
  imports: [MongooseModule.forFeature([{ name: Goal.name, schema: GoalSchema }])],
  controllers: [GoalsController, OnRecommendationIssued],
  providers: [GoalPolicies],
})
export class GoalsModule {}
