import { Injectable } from '@nestjs/common';
import { ownPack } from '../policies/read-pack.js';
import { type GoalPack, goalPack, type PositionPack, positionPack } from './goal-status.rules.js';

/** The packs that goals are judged by, checked at start. */
@Injectable()
export class GoalPolicies {
  readonly goals: GoalPack = goalPack(ownPack('goals'));
  readonly positions: PositionPack = positionPack(ownPack('accountable-positions'));
}
