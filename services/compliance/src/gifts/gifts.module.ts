import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { CorrectGiftController, CorrectGift } from './correct-gift/correct-gift.controller.js';
import { DeclareGiftController } from './declare-gift/declare-gift.controller.js';
import { DisposeOfGiftController, DisposeOfGift } from './dispose-of-gift/dispose-of-gift.controller.js';
import { ExemptGiftController } from './exempt-gift/exempt-gift.controller.js';
import { Gift, GiftSchema } from './gift-case/gift.schema.js';
import { GiftMoves } from './gift-case/gift-moves.js';
import { GiftPolicies } from './gift-case/gift-policies.js';
import { PersonIds } from '../people/person-ids.js';
import { HandOverGiftController } from './hand-over-gift/hand-over-gift.controller.js';
import { InquireBreachController, DecideBreach } from './inquire-breach/inquire-breach.controller.js';
import { KeepGiftController, MoveCustody } from './keep-gift/keep-gift.controller.js';
import { GiftRegisterController } from './publish-gifts/gift-register.controller.js';
import { OnGiftFacts } from './publish-gifts/on-gift-facts.js';
import { RegisterRow, RegisterSchema } from './publish-gifts/register.schema.js';
import { PursueGiverController, DecideGiver } from './pursue-giver/pursue-giver.controller.js';
import { RefuseOfferController } from './refuse-offer/refuse-offer.controller.js';
import { OnCaseOpened } from './suspect-gift/on-case-opened.js';
import { SuspectGiftController, CloseSuspicion } from './suspect-gift/suspect-gift.controller.js';
import { ValueGiftController, ValueGift } from './value-gift/value-gift.controller.js';
import { DeclareGift } from './declare-gift/declare-gift.dto.js';
import { ClaimExemption, DenyExemption } from './exempt-gift/exempt-gift.dto.js';
import { HandOverGift, ReturnGift } from './hand-over-gift/hand-over-gift.dto.js';
import { RefuseOffer } from './refuse-offer/refuse-offer.dto.js';

/** What comes in over HTTP; told in the OpenAPI document. */
export const GIFT_DTOS = [
  ...[DeclareGift, RefuseOffer, CloseSuspicion, ClaimExemption, DenyExemption, HandOverGift, ReturnGift],
  ...[MoveCustody, ValueGift, DisposeOfGift, DecideBreach, DecideGiver, CorrectGift],
];

/** The ban on gifts to officials, from the offer to the public register. */
@Module({
  imports: [
    MongooseModule.forFeature([
      { name: Gift.name, schema: GiftSchema },
      { name: RegisterRow.name, schema: RegisterSchema },
    ]),
  ],
  controllers: [
    ...[DeclareGiftController, RefuseOfferController, SuspectGiftController, ExemptGiftController],
    ...[HandOverGiftController, KeepGiftController, ValueGiftController, DisposeOfGiftController],
    ...[InquireBreachController, PursueGiverController, CorrectGiftController, GiftRegisterController],
    ...[OnCaseOpened, OnGiftFacts],
  ],
  providers: [GiftPolicies, PersonIds, GiftMoves],
})
export class GiftsModule {}
