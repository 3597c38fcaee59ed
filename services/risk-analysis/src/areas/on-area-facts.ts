import { Controller } from '@nestjs/common';
import {
  CaseDecidedV1,
  CaseOpenedV1,
  GoalSetV1,
  GoalStatusChangedV1,
  ReportReceivedV1,
  eventKey,
} from '@aiqyn/contracts';
import { type EventContext, On } from '@aiqyn/platform';
import { AREA_FACTS, type AreaFact } from './area.schema.js';

type Said = Omit<AreaFact, '_id'>;

/** Reports, cases and goals are what is known of an area beside its procurement; a decision of a case is ground truth. */
@Controller()
export class OnAreaFacts {
  @On(ReportReceivedV1)
  report(event: ReportReceivedV1, context: EventContext): void {
    const { areaCode, region, day, reportId: subjectId, category: code } = event;
    keep(context, { kind: 'report', areaCode, region, day, subjectId, code });
  }

  @On(CaseOpenedV1)
  opened(event: CaseOpenedV1, context: EventContext): void {
    const { areaCode, region, day, caseId: subjectId, category: code } = event;
    keep(context, { kind: 'case-opened', areaCode, region, day, subjectId, code });
  }

  @On(CaseDecidedV1)
  decided(event: CaseDecidedV1, context: EventContext): void {
    const { areaCode, region, day, caseId: subjectId, outcome: code, damage } = event;
    const said = { areaCode, region, day, subjectId, code };
    keep(context, { kind: 'case-decided', ...said, ...(damage ? { value: damage } : {}) });
  }

  @On(GoalSetV1)
  goal(event: GoalSetV1, context: EventContext): void {
    const { areaCode, day, goalId: subjectId, recommendationId, indicator: code, dueDay } = event;
    keep(context, { kind: 'goal-set', areaCode, day, subjectId, code, recommendationId, dueDay });
  }

  @On(GoalStatusChangedV1)
  status({ day, goalId: subjectId, status: code, value }: GoalStatusChangedV1, context: EventContext): void {
    keep(context, { kind: 'goal-status', day, subjectId, code, value });
  }
}

function keep({ tx, envelope }: EventContext, said: Said): void {
  tx.update(AREA_FACTS, { _id: eventKey(envelope) }, { $set: said }, { upsert: true });
}
