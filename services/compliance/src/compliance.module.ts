import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { CorrectGiftController } from './correct-gift/correct-gift.controller.js';
import { DeclareGiftController } from './declare-gift/declare-gift.controller.js';
import { DisposeOfGiftController } from './dispose-of-gift/dispose-of-gift.controller.js';
import { ExemptGiftController } from './exempt-gift/exempt-gift.controller.js';
import { Gift, GiftSchema } from './gifts/gift.schema.js';
import { GiftMoves } from './gifts/gift-moves.js';
import { PersonIds } from './gifts/person-ids.js';
import { Goal, GoalSchema } from './goals/goal.schema.js';
import { GoalsController } from './goals/goals.controller.js';
import { OnRecommendationIssued } from './goals/on-recommendation-issued.js';
import { HandOverGiftController } from './hand-over-gift/hand-over-gift.controller.js';
import { InquireBreachController } from './inquire-breach/inquire-breach.controller.js';
import { KeepGiftController } from './keep-gift/keep-gift.controller.js';
import { Policies } from './policies/policies.js';
import { GiftRegisterController } from './publish-gifts/gift-register.controller.js';
import { OnGiftFacts } from './publish-gifts/on-gift-facts.js';
import { RegisterRow, RegisterSchema } from './publish-gifts/register.schema.js';
import { PursueGiverController } from './pursue-giver/pursue-giver.controller.js';
import { RefuseOfferController } from './refuse-offer/refuse-offer.controller.js';
import { OnCaseOpened } from './suspect-gift/on-case-opened.js';
import { SuspectGiftController } from './suspect-gift/suspect-gift.controller.js';
import { ValueGiftController } from './value-gift/value-gift.controller.js';

const GIFT_CONTROLLERS = [
  ...[DeclareGiftController, RefuseOfferController, SuspectGiftController, ExemptGiftController],
  ...[HandOverGiftController, KeepGiftController, ValueGiftController, DisposeOfGiftController],
  ...[InquireBreachController, PursueGiverController, CorrectGiftController, GiftRegisterController],
  ...[OnCaseOpened, OnGiftFacts],
];

@Module({
  imports: [
    MongooseModule.forFeature([
      { name: Gift.name, schema: GiftSchema },
      { name: RegisterRow.name, schema: RegisterSchema },
      { name: Goal.name, schema: GoalSchema },
    ]),
  ],
  controllers: [...GIFT_CONTROLLERS, GoalsController, OnRecommendationIssued],
  providers: [Policies, PersonIds, GiftMoves],
})
export class ComplianceModule {}
