import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { DeclareGiftController } from './declare-gift/declare-gift.controller.js';
import { GiftOverdue } from './declare-gift/gift-overdue.js';
import { Gift, GiftSchema } from './declare-gift/gift.schema.js';
import { Goal, GoalSchema } from './goals/goal.schema.js';
import { GoalsController } from './goals/goals.controller.js';
import { OnRecommendationIssued } from './goals/on-recommendation-issued.js';
import { Policies } from './policies/policies.js';

@Module({
  imports: [
    MongooseModule.forFeature([
      { name: Gift.name, schema: GiftSchema },
      { name: Goal.name, schema: GoalSchema },
    ]),
  ],
  controllers: [DeclareGiftController, GoalsController, OnRecommendationIssued],
  providers: [Policies, GiftOverdue],
})
export class ComplianceModule {}
