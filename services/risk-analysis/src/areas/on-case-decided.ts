import { Controller } from '@nestjs/common';
import { CaseDecidedV1 } from '@aiqyn/contracts';
import { type EventContext, On } from '@aiqyn/platform';
import { AREA_SIGNALS } from './area.schema.js';

/** A decision of liability is ground truth about its area. */
@Controller()
export class OnCaseDecided {
  @On(CaseDecidedV1)
  count(event: CaseDecidedV1, { tx }: EventContext): void {
    if (event.outcome !== 'decided-liable') return;
    tx.update(AREA_SIGNALS, { _id: event.areaCode }, { $inc: { decidedLiable: 1 } }, { upsert: true });
  }
}
