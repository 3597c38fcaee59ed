import { Body, Controller, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { GiftExemptedV1, GiftExemptionClaimedV1, GiftExemptionDeniedV1 } from '@aiqyn/contracts';
import { type Caller, Can, type Doc, From } from '@aiqyn/platform';
import type { Gift } from '../gift-case/gift.schema.js';
import { GiftMoves, type Moved } from '../gift-case/gift-moves.js';
import { anotherPerson } from '../../people/steps.rules.js';
import { ClaimExemption, DenyExemption } from './exempt-gift.dto.js';

/** A gift for merit may be kept when a second person finds so; meanwhile the term runs on. */
@Controller('v1/gifts')
export class ExemptGiftController {
  constructor(private readonly moves: GiftMoves) {}

  @Post(':id/exemption-claim')
  @HttpCode(200)
  @Can('gift:declare')
  claim(@Param('id', ParseUUIDPipe) id: string, @Body() body: ClaimExemption, @From() caller: Caller): Promise<Moved> {
    return this.moves.step(id, caller, (_, day) => ({
      to: 'exemption-review',
      set: { exemption: { ...body, day, by: caller.id } },
      event: Object.assign(new GiftExemptionClaimedV1(), { day, ground: body.ground }),
    }));
  }

  @Post(':id/exemption-grant')
  @HttpCode(200)
  @Can('gift:review')
  grant(@Param('id', ParseUUIDPipe) id: string, @From() caller: Caller): Promise<Moved> {
    return this.moves.step(id, caller, (gift, day) => ({
      to: 'exempt',
      set: this.decided(gift, caller, 'granted'),
      event: Object.assign(new GiftExemptedV1(), { day, ground: gift.exemption?.ground }),
    }));
  }

  @Post(':id/exemption-denial')
  @HttpCode(200)
  @Can('gift:review')
  deny(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { reason }: DenyExemption,
    @From() caller: Caller,
  ): Promise<Moved> {
    return this.moves.step(id, caller, (gift, day) => ({
      to: 'declared',
      set: this.decided(gift, caller, reason),
      event: Object.assign(new GiftExemptionDeniedV1(), { day, reason }),
    }));
  }

  private decided({ state, exemption, declaredBy }: Gift, { id: decidedBy }: Caller, outcome: string): Doc {
    // From any other state the transition table refuses it.
    if (state !== 'exemption-review') return {};
    anotherPerson(decidedBy, [exemption!.by, declaredBy], 'than who declared or claimed decides');
    return { exemption: { ...exemption, decidedBy, outcome } };
  }
}
