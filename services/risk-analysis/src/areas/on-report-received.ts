import { Controller } from '@nestjs/common';
import { ReportReceivedV1 } from '@aiqyn/contracts';
import { type EventContext, On } from '@aiqyn/platform';
import { AREA_SIGNALS } from './area.schema.js';

/** A citizen's report is a signal about its area. */
@Controller()
export class OnReportReceived {
  @On(ReportReceivedV1)
  count(event: ReportReceivedV1, { tx }: EventContext): void {
    tx.update(AREA_SIGNALS, { _id: event.areaCode }, { $inc: { reports: 1 } }, { upsert: true });
  }
}
