import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { PersonIds } from '../people/person-ids.js';
import { AssessOutside, AssessOutsideController } from './assess-outside/assess-outside.controller.js';
import { GoalMoves } from './goal-case/goal-moves.js';
import { GoalPolicies } from './goal-case/goal-policies.js';
import { Goal, GoalSchema } from './goal-case/goal.schema.js';
import { ReadGoalsController } from './goal-case/read-goals.controller.js';
import { AnswerHandover, HandOverGoal, HandOverGoalController } from './hand-over-goal/hand-over-goal.controller.js';
import { CorrectMeasurement, MeasureGoal, MeasureGoalController } from './measure-goal/measure-goal.controller.js';
import { OverrideStatus, OverrideStatusController } from './override-status/override-status.controller.js';
import { PlanProgrammeController } from './plan-programme/plan-programme.controller.js';
import { PlanGoal, PlanIndicator, PlanMilestone, PlanProgramme } from './plan-programme/plan-programme.dto.js';
import { Programme, ProgrammeSchema } from './programme/programme.schema.js';
import { Programmes } from './programme/programmes.js';
import {
  ClaimMilestone,
  DropMilestone,
  ReachMilestoneController,
  VerifyMilestone,
} from './reach-milestone/reach-milestone.controller.js';
import { RunProgrammeController } from './run-programme/run-programme.controller.js';
import { OnRecommendationIssued } from './take-recommendation/on-recommendation-issued.js';

/** What comes in over HTTP; told in the OpenAPI document. */
export const GOAL_DTOS = [
  ...[PlanProgramme, PlanGoal, PlanIndicator, PlanMilestone, MeasureGoal, CorrectMeasurement],
  ...[HandOverGoal, AnswerHandover, OverrideStatus, AssessOutside, ClaimMilestone, VerifyMilestone, DropMilestone],
];

/** Programmes and their goals, each indicator with one accountable official at every instant. */
@Module({
  imports: [
    MongooseModule.forFeature([
      { name: Goal.name, schema: GoalSchema },
      { name: Programme.name, schema: ProgrammeSchema },
    ]),
  ],
  controllers: [
    ...[ReadGoalsController, PlanProgrammeController, RunProgrammeController, MeasureGoalController],
    ...[HandOverGoalController, ReachMilestoneController, OverrideStatusController, AssessOutsideController],
    OnRecommendationIssued,
  ],
  providers: [GoalPolicies, GoalMoves, Programmes, PersonIds],
})
export class GoalsModule {}
