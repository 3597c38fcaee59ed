import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Injectable } from '@nestjs/common';
import { type UnitTable, unitTable, type WorkingDays, workingDays } from '@aiqyn/contracts';
import { type GiftPack, giftPacks } from '../declare-gift/gift-ban.rules.js';
import { type GiftState } from '../gifts/gift-states.rules.js';
import { stepDue, type StepTerms, stepTerms } from '../gifts/step-terms.rules.js';
import { type GoalPack, goalPack, type PositionPack, positionPack } from '../goals/goal-status.rules.js';
import { type GiverPack, giverPack } from '../pursue-giver/giver-liability.rules.js';

const json = (file: string | URL): unknown => JSON.parse(readFileSync(file, 'utf8'));
const read = (name: string): unknown => json(new URL(`../../data/policies/${name}.json`, import.meta.url));
/** What all services count by lies with the contracts. */
const counted = (name: string): unknown =>
  json(createRequire(import.meta.url).resolve(`@aiqyn/contracts/data/${name}.json`));

/** The policy packs of this service, checked at start. */
@Injectable()
export class Policies {
  readonly goals: GoalPack = goalPack(read('goals'));
  readonly positions: PositionPack = positionPack(read('accountable-positions'));
  readonly gifts: readonly GiftPack[] = giftPacks(read('gifts-kz'));
  readonly givers: GiverPack = giverPack(read('gift-givers'));
  readonly mci: UnitTable = unitTable(counted('mci-kz'));
  private readonly terms: StepTerms = stepTerms(read('gift-terms'));
  private readonly calendar: WorkingDays = workingDays(counted('working-days-kz'));

  /** The last day of the office at which a gift waits in this state since a day. */
  giftStepDue(state: GiftState, since: string): string | undefined {
    return stepDue(this.terms, this.calendar, state, since);
  }
}
