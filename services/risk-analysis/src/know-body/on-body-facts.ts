import { Controller } from '@nestjs/common';
import {
  ActFindingSettledV1,
  ActResponseOverdueV1,
  eventKey,
  GiftBreachConfirmedV1,
  OrganisationAssessedV1,
  OrganisationGradeChangedV1,
} from '@aiqyn/contracts';
import { type EventContext, On } from '@aiqyn/platform';
import { BODY_FACTS, type BodyFact } from './body-fact.schema.js';

type Said = Omit<BodyFact, '_id'>;

/** Breaches of the gift ban, corruptogenic norms that were kept and grades are what is known of a body beside its procurement. */
@Controller()
export class OnBodyFacts {
  @On(GiftBreachConfirmedV1)
  breach(
    { organisationBin: bin, day, giftId: subjectId, reason: code }: GiftBreachConfirmedV1,
    context: EventContext,
  ): void {
    keep(context, { kind: 'gift-breach', bin, day, subjectId, code });
  }

  @On(ActFindingSettledV1)
  settled(
    { authorityBin: bin, day, findingId: subjectId, factor: code, outcome }: ActFindingSettledV1,
    context: EventContext,
  ): void {
    if (outcome === 'kept' || outcome === 'ignored') keep(context, { kind: 'finding-kept', bin, day, subjectId, code });
  }

  @On(ActResponseOverdueV1)
  overdue({ authorityBin: bin, day, actId: subjectId }: ActResponseOverdueV1, context: EventContext): void {
    keep(context, { kind: 'response-overdue', bin, day, subjectId });
  }

  @On(OrganisationAssessedV1)
  assessed({ organisationBin: bin, day, grade }: OrganisationAssessedV1, context: EventContext): void {
    keep(context, graded(bin, day, grade));
  }

  @On(OrganisationGradeChangedV1)
  gradeChanged({ organisationBin: bin, day, newGrade }: OrganisationGradeChangedV1, context: EventContext): void {
    keep(context, graded(bin, day, newGrade));
  }
}

const graded = (bin: string, day: string, grade: string | undefined): Said => ({
  ...{ kind: 'graded', bin, day, subjectId: bin },
  ...(grade === undefined ? {} : { code: grade }),
});

function keep({ tx, envelope }: EventContext, said: Said): void {
  tx.update(BODY_FACTS, { _id: eventKey(envelope) }, { $set: said }, { upsert: true });
}
