import { Injectable } from '@nestjs/common';
import { type UnitTable, unitTable, type WorkingDays, workingDays } from '@aiqyn/contracts';
import { ownPack, sharedPack } from '../../policies/read-pack.js';
import { type GiftPack, giftPacks } from '../declare-gift/gift-ban.rules.js';
import { type GiverPack, giverPack } from '../pursue-giver/giver-liability.rules.js';
import { type GiftState } from './gift-states.rules.js';
import { stepDue, type StepTerms, stepTerms } from './step-terms.rules.js';

/** The packs that gifts are judged by, checked at start. */
@Injectable()
export class GiftPolicies {
  readonly gifts: readonly GiftPack[] = giftPacks(ownPack('gifts-kz'));
  readonly givers: GiverPack = giverPack(ownPack('gift-givers'));
  readonly mci: UnitTable = unitTable(sharedPack('mci-kz'));
  private readonly terms: StepTerms = stepTerms(ownPack('gift-terms'));
  private readonly calendar: WorkingDays = workingDays(sharedPack('working-days-kz'));

  /** The last day of the office at which a gift waits in this state since a day. */
  giftStepDue(state: GiftState, since: string): string | undefined {
    return stepDue(this.terms, this.calendar, state, since);
  }
}
