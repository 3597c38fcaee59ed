import { Controller } from '@nestjs/common';
import { CaseDecidedV1 } from '@aiqyn/contracts';
import { type EventContext, On } from '@aiqyn/platform';
import { convictionOf } from './order-states.rules.js';
import { Orders } from './orders.js';

/** The head or an employee of an organisation of the sector was found liable: it answers for that. */
@Controller()
export class OnCaseDecided {
  constructor(private readonly orders: Orders) {}

  @On(CaseDecidedV1)
  async order(
    { caseId, day, outcome, liable, organisationBin, sector }: CaseDecidedV1,
    { tx }: EventContext,
  ): Promise<void> {
    if (outcome !== 'decided-liable' || !liable || !organisationBin || sector !== 'quasi-public') return;
    await this.orders.issue(tx, { organisationBin, cause: convictionOf(liable), causeId: caseId, day });
  }
}
