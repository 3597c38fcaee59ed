import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { almatyDay, GiftOverdueV1 } from '@aiqyn/contracts';
import { change, load, Timers } from '@aiqyn/platform';
import { type Gift, GIFTS } from './gift.schema.js';

export const GIFT_OVERDUE = 'gift-overdue';

/** The term ran out at 00:00 of the eighth day: a breach without anybody's action. */
@Injectable()
export class GiftOverdue {
  constructor(timers: Timers, @InjectConnection() connection: Connection) {
    timers.on(GIFT_OVERDUE, async (data, { tx, dueAt }) => {
      const gift = await load<Gift>(tx, connection, GIFTS, String(data['giftId']));
      if (gift.state !== 'declared') return;
      const { _id: giftId, handOverBy } = gift;
      // The day of the breach is the day the term ran out, not the day the service came back to see it.
      const event = Object.assign(new GiftOverdueV1(), { giftId, day: almatyDay(dueAt), handOverBy });
      change(tx, GIFTS, gift, { state: 'overdue' }, event);
      tx.audit({ actor: GIFT_OVERDUE, action: 'gift:overdue', resource: giftId, outcome: 'done' });
    });
  }
}
