import { randomUUID } from 'node:crypto';
import { Body, Controller, Post } from '@nestjs/common';
import { GiftRefusedV1, RuleError } from '@aiqyn/contracts';
import { type Caller, Can, Clock, Commands, create, From } from '@aiqyn/platform';
import { GIFTS } from '../gift-case/gift.schema.js';
import { organisationOnly } from '../../people/own-body.rules.js';
import { knownGiver, publicGiver } from '../gift-case/giver.rules.js';
import { mayTell } from '../../people/own-body.rules.js';
import { PersonIds } from '../../people/person-ids.js';
import { RefuseOffer } from './refuse-offer.dto.js';

/** An offer was refused: a sign of who tries, not of who said no. */
@Controller('v1/gifts')
export class RefuseOfferController {
  constructor(
    private readonly commands: Commands,
    private readonly persons: PersonIds,
    private readonly clock: Clock,
  ) {}

  @Post('refusals')
  @Can('gift:declare')
  refuse(@Body() body: RefuseOffer, @From() caller: Caller): Promise<object> {
    const giftId = randomUUID();
    const day = this.clock.today();
    const { giver: told, ...facts } = body;
    if (body.offeredDay > day)
      throw new RuleError('day_in_future', 'offeredDay must not be in the future', { field: 'offeredDay' });
    organisationOnly(body.organisationBin, 'organisationBin');
    mayTell(caller.subject?.department, body.organisationBin);
    const giver = knownGiver(told, (iin) => this.persons.of(iin));
    return this.commands.run(caller, (tx) => {
      const row = { _id: giftId, state: 'refused', declaredDay: day, declaredBy: caller.id, ...facts, giver };
      create(tx, GIFTS, row, Object.assign(new GiftRefusedV1(), { giftId, day, ...facts, ...publicGiver(giver) }));
      tx.audit({ actor: caller.id, action: 'gift:declare', resource: giftId, outcome: 'done', reason: 'refused' });
      return { giftId, state: 'refused', version: 1 };
    });
  }
}
