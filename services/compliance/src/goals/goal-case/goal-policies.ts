import { Injectable } from '@nestjs/common';
import { ownPack } from '../../policies/read-pack.js';
import { type PositionPack, positionPack } from '../take-recommendation/recommended-goal.rules.js';
import { type ClockPacks, ladderPack } from './goal-clock.rules.js';
import { goalPack } from './indicator.rules.js';

/** The packs that goals are judged by, checked at start. */
@Injectable()
export class GoalPolicies {
  readonly clock: ClockPacks = {
    goals: goalPack(ownPack('goals')),
    ladder: ladderPack(ownPack('escalation-ladder')),
  };
  readonly positions: PositionPack = positionPack(ownPack('accountable-positions'));
}
