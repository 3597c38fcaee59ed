import { readFileSync } from 'node:fs';
import { Injectable } from '@nestjs/common';
import { appealPack, type AppealPack } from '../appeal-outcome/appeal.rules.js';
import { type AttachmentPack, attachmentPack } from '../attach-file/attachment.rules.js';
import { deadlinePack, type DeadlinePack } from '../watch-deadlines/deadlines.rules.js';
import { referralBodies, type ReferralBodies } from '../close-case/referral-bodies.rules.js';
import { statisticsPack, type StatisticsPack } from '../publish-statistics/disclosure.rules.js';
import { identityPack, type IdentityPack } from '../see-identity/identity.rules.js';
import { retentionPack, type RetentionPack } from '../purge-cases/retention.rules.js';
import { type TransparencyPack, transparencyPack } from '../transparency-log/promise.rules.js';
import { readRewardPolicies, type RewardPolicies } from './reward-policies.js';

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../data/policies/${name}.json`, import.meta.url), 'utf8'));

/** The policy packs of this service, checked at start: a malformed one keeps the service from starting. */
@Injectable()
export class Policies {
  readonly deadlines: DeadlinePack = deadlinePack(read('deadlines'));
  readonly appeals: AppealPack = appealPack(read('appeals'));
  readonly retention: RetentionPack = retentionPack(read('retention'), this.appeals);
  readonly attachments: AttachmentPack = attachmentPack(read('attachments'));
  readonly identity: IdentityPack = identityPack(read('identity-access'));
  readonly statistics: StatisticsPack = statisticsPack(read('statistics'));
  readonly referralBodies: ReferralBodies = referralBodies(read('referral-bodies'));
  readonly transparency: TransparencyPack = transparencyPack(read('transparency'));
  readonly rewards: RewardPolicies = readRewardPolicies();
}
