import { Controller } from '@nestjs/common';
import { GiftBreachConfirmedV1 } from '@aiqyn/contracts';
import { type EventContext, On } from '@aiqyn/platform';
import { Orders } from './orders.js';

/** An official of an organisation of the sector broke the rules on gifts: it answers for that. */
@Controller()
export class OnGiftBreachConfirmed {
  constructor(private readonly orders: Orders) {}

  @On(GiftBreachConfirmedV1)
  async order(
    { giftId: causeId, day, organisationBin, sector }: GiftBreachConfirmedV1,
    { tx }: EventContext,
  ): Promise<void> {
    if (sector !== 'quasi-public') return;
    await this.orders.issue(tx, { organisationBin, cause: 'giftBreachConfirmed', causeId, day });
  }
}
