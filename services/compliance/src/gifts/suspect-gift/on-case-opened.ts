import { randomUUID } from 'node:crypto';
import { Controller } from '@nestjs/common';
import { CaseOpenedV1 } from '@aiqyn/contracts';
import { create, type EventContext, On } from '@aiqyn/platform';
import { GIFTS } from '../gift-case/gift.schema.js';

/** An investigated report names a gift: an officer finds out whether there was one. Nothing is published of it. */
@Controller()
export class OnCaseOpened {
  @On(CaseOpenedV1)
  suspect({ category, caseId, day }: CaseOpenedV1, { tx }: EventContext): void {
    if (category !== 'gift') return;
    // Not the id of the case: a gift's is public, and would lead to the report.
    const giftId = randomUUID();
    create(tx, GIFTS, { _id: giftId, state: 'suspected', declaredDay: day, caseId });
    tx.audit({ actor: 'on-case-opened', action: 'gift:suspect', resource: giftId, outcome: 'done' });
  }
}
