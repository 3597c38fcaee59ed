import { Body, Controller, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { IsIn } from 'class-validator';
import { GIFT_KINDS, GIFT_SECTORS, GiftCorrectedV1, type GiftKind, type GiftSector, RuleError } from '@aiqyn/contracts';
import { type Caller, Can, From, IsBin, IsPart } from '@aiqyn/platform';
import { judgeGift } from '../declare-gift/gift-ban.rules.js';
import { GiverTold, IsTiyn } from '../gift-case/fields.dto.js';
import { MayBeMissing } from '../../people/fields.dto.js';
import type { Gift } from '../gift-case/gift.schema.js';
import { GiftMoves, type Moved } from '../gift-case/gift-moves.js';
import { anotherPerson } from '../../people/steps.rules.js';
import { organisationOnly } from '../../people/own-body.rules.js';
import { knownGiver, publicGiver } from '../gift-case/giver.rules.js';
import { PersonIds } from '../../people/person-ids.js';
import { GiftPolicies } from '../gift-case/gift-policies.js';
import { type Correctable, corrected, CORRECTION_REASONS } from './correction.rules.js';

export class CorrectGift {
  @IsIn(CORRECTION_REASONS) reason: (typeof CORRECTION_REASONS)[number];
  @MayBeMissing() @IsBin() organisationBin?: string;
  @MayBeMissing() @IsIn(GIFT_SECTORS) sector?: GiftSector;
  @MayBeMissing() @IsIn(GIFT_KINDS) kind?: GiftKind;
  @MayBeMissing() @IsTiyn() estimatedValue?: number;
  @MayBeMissing() @IsPart(() => GiverTold) giver?: GiverTold;
}

/** What was declared is put right by another person; the register shows both. */
@Controller('v1/gifts')
export class CorrectGiftController {
  constructor(
    private readonly moves: GiftMoves,
    private readonly policies: GiftPolicies,
    private readonly persons: PersonIds,
  ) {}

  @Post(':id/correction')
  @HttpCode(200)
  @Can('gift:review')
  correct(@Param('id', ParseUUIDPipe) id: string, @Body() body: CorrectGift, @From() caller: Caller): Promise<Moved> {
    const { reason, giver: told, ...facts } = body;
    if (body.organisationBin !== undefined) organisationOnly(body.organisationBin, 'organisationBin');
    const giver = told && knownGiver(told, (iin) => this.persons.of(iin));
    return this.moves.step(id, caller, (gift, day) => {
      if (!gift.declaredBy) throw new RuleError('out_of_order', 'nothing was declared');
      anotherPerson(caller.id, [gift.declaredBy], 'than who declared corrects');
      const { set, before } = corrected(gift, { ...facts, giver });
      this.stillBanned({ ...gift, ...set });
      const { giver: _, ...plain } = set;
      const event = Object.assign(new GiftCorrectedV1(), {
        day,
        reason,
        ...plain,
        ...(set.giver ? publicGiver(set.giver) : {}),
      });
      const corrections = [...(gift.corrections ?? []), { day, by: caller.id, reason, before }];
      return { set: { ...set, corrections }, event };
    });
  }

  private stillBanned(gift: Gift & Correctable): void {
    if (gift.state === 'refused') return;
    const facts = { receivedDay: gift.receivedDay, sector: gift.sector!, recipient: gift.recipient! };
    const { relation, estimatedValue } = gift;
    const value = estimatedValue === undefined ? {} : { estimatedValue };
    const { banned, policy } = judgeGift(this.policies.gifts, this.policies.mci, {
      ...{ ...facts, ...value },
      ...(relation ? { relation } : {}),
    });
    if (!banned) throw new RuleError('gift_allowed', `rule set ${policy} would have allowed this gift`);
  }
}
