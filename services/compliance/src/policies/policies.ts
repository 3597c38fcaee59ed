import { readFileSync } from 'node:fs';
import { Injectable } from '@nestjs/common';
import { type GiftPack, giftPacks, packOn } from '../declare-gift/gift.rules.js';
import { type GoalPack, goalPack, type PositionPack, positionPack } from '../goals/goal-status.rules.js';

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../data/policies/${name}.json`, import.meta.url), 'utf8'));

/** The policy packs of this service, checked at start. */
@Injectable()
export class Policies {
  readonly goals: GoalPack = goalPack(read('goals'));
  readonly positions: PositionPack = positionPack(read('accountable-positions'));
  private readonly gifts: readonly GiftPack[] = giftPacks(read('gifts-kz'));

  /** The rule set in force when the gift was received. */
  giftsOn(receivedDay: string): GiftPack {
    return packOn(this.gifts, receivedDay);
  }
}
