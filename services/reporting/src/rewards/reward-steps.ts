import { Inject, Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { type Caller, change, Clock, Commands, CONFIG, load, type Tx } from '@aiqyn/platform';
import { type RewardPack, packOn } from '../calculate-reward/reward-pack.rules.js';
import { type Case, CASES } from '../cases/case.schema.js';
import { loadCase } from '../cases/case-access.js';
import type { ReportingConfig } from '../config.js';
import { Policies } from '../policies/policies.js';
import { post } from '../reward-ledger/ledger.schema.js';
import { moveReward } from './reward-states.rules.js';
import type { Outcome, Reward, Step } from './reward-steps.rules.js';

export interface Facts {
  readonly tx: Tx;
  readonly file: Case;
  readonly reward: Reward;
  /** The policy of the decision's day. */
  readonly pack: RewardPack;
  readonly step: Step;
}

/** What every step of a reward has in common: reading, storing, booking, and an audit entry. */
@Injectable()
export class RewardSteps {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly commands: Commands,
    private readonly policies: Policies,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: ReportingConfig,
  ) {}

  /** Runs one step on the reward of a case; `work` decides by the rules and says what to store and to publish. */
  async take(
    caller: Caller,
    caseId: string,
    action: string,
    work: (facts: Facts) => { outcome: Outcome; events?: object[]; reason?: string },
  ): Promise<{ reward: Reward; version: number }> {
    return this.commands.run(caller, async (tx) => {
      const facts = await this.facts(tx, caseId, caller);
      const { outcome, events = [], reason } = work(facts);
      const version = change(tx, CASES, facts.file, { reward: outcome.reward }, ...events);
      post(tx, outcome.entries);
      tx.audit({ actor: caller.id, action, resource: caseId, outcome: 'done', ...(reason ? { reason } : {}) });
      return { reward: outcome.reward, version };
    });
  }

  /** What a step decides on; `by` is an office, a citizen with a receipt, or the name of a timer. */
  async facts(tx: Tx, caseId: string, by: Caller | string): Promise<Facts> {
    const office = typeof by !== 'string' && by.subject !== undefined;
    const file = office
      ? await loadCase(tx, this.connection, caseId, by)
      : await load<Case>(tx, this.connection, CASES, caseId);
    // A case without a decision of liability has no reward: the same answer as for every move that is not possible.
    if (!file.reward || !file.decidedDay) {
      moveReward('none', 'eligible');
      throw new Error('unreachable');
    }
    const pack = packOn(this.policies.rewards.packs, this.config.REWARD_JURISDICTION, file.decidedDay);
    return {
      tx,
      file,
      reward: file.reward,
      pack,
      step: { caseId, by: typeof by === 'string' ? by : by.id, day: this.clock.today() },
    };
  }
}
