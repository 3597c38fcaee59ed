import { Controller } from '@nestjs/common';
import {
  ActClosedV1,
  ActFindingPublishedV1,
  ActFindingSettledV1,
  ActOpinionIssuedV1,
  ActResponseOverdueV1,
  AreaAssessedV1,
  CaseDecidedV1,
  CaseOpenedV1,
  FlagClearedV1,
  FlagRaisedV1,
  GiftBreachConfirmedV1,
  GiftDeclaredV1,
  GiftHandedOverV1,
  GiftOverdueV1,
  GoalSetV1,
  GoalStatusChangedV1,
  IndexRecordedV1,
  RecommendationIssuedV1,
  ReleaseRecordedV1,
  ReportAcknowledgedV1,
  ReportReceivedV1,
  RewardCalculatedV1,
  TreeHeadSignedV1,
} from '@aiqyn/contracts';
import { type EventContext, On } from '@aiqyn/platform';
import { FACTS } from './fact.schema.js';
import { factOf } from './fact.rules.js';

/** The events that figures are made of, its own index records among them: the log is the only source. */
export const COUNTED = [
  ReportReceivedV1,
  ReportAcknowledgedV1,
  CaseOpenedV1,
  CaseDecidedV1,
  RewardCalculatedV1,
  TreeHeadSignedV1,
  ReleaseRecordedV1,
  FlagRaisedV1,
  FlagClearedV1,
  AreaAssessedV1,
  RecommendationIssuedV1,
  GoalSetV1,
  GoalStatusChangedV1,
  GiftDeclaredV1,
  GiftHandedOverV1,
  GiftOverdueV1,
  GiftBreachConfirmedV1,
  ActOpinionIssuedV1,
  ActFindingPublishedV1,
  ActFindingSettledV1,
  ActResponseOverdueV1,
  ActClosedV1,
  IndexRecordedV1,
] as const;

/** Keeps each counted event as a fact. */
@Controller()
export class OnFacts {
  @On(...COUNTED)
  keep(event: object, { tx, envelope }: EventContext): void {
    const { _id, ...fact } = factOf(envelope, { ...event });
    // A rebuild may have read it from the log before it came here.
    tx.update(FACTS, { _id }, { $setOnInsert: fact }, { upsert: true });
  }
}
