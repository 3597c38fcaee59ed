import { readFileSync } from 'node:fs';
import { Injectable } from '@nestjs/common';
import { deadlinePack, type DeadlinePack } from '../submit-report/deadlines.rules.js';
import { readRewardPolicies, type RewardPolicies } from './reward-policies.js';

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../data/policies/${name}.json`, import.meta.url), 'utf8'));

/** The policy packs of this service, checked at start: a malformed one keeps the service from starting. */
@Injectable()
export class Policies {
  readonly deadlines: DeadlinePack = deadlinePack(read('deadlines'));
  readonly rewards: RewardPolicies = readRewardPolicies();
}
