import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { PersonIds } from '../people/person-ids.js';
import { OnCaseDecided } from './answer-for-breach/on-case-decided.js';
import { OnGiftBreachConfirmed } from './answer-for-breach/on-gift-breach-confirmed.js';
import { Order, OrderSchema } from './answer-for-breach/order.schema.js';
import { AnswerOrder, OrdersController } from './answer-for-breach/orders.controller.js';
import { Orders } from './answer-for-breach/orders.js';
import { AssessmentMoves } from './assessment/assessment-moves.js';
import { Assessment, AssessmentSchema } from './assessment/assessment.schema.js';
import { HandleIncidentController } from './handle-incident/handle-incident.controller.js';
import {
  DecideIncident,
  NotifyBody,
  PlanRemedy,
  ReportIncident,
  TriageIncident,
} from './handle-incident/handle-incident.dto.js';
import { Incident, IncidentSchema } from './handle-incident/incident.schema.js';
import {
  DecideObjection,
  ObjectToResult,
  ObjectToResultController,
} from './object-to-result/object-to-result.controller.js';
import { OrganisationMoves } from './organisation/organisation-moves.js';
import { OrganisationPolicies } from './organisation/organisation-policies.js';
import { Organisation, OrganisationSchema } from './organisation/organisation.schema.js';
import { Evidence, EvidenceSchema } from './prove-requirement/evidence.schema.js';
import { EvidenceMoves } from './prove-requirement/evidence-moves.js';
import { ProveRequirementController } from './prove-requirement/prove-requirement.controller.js';
import {
  EvidenceTold,
  RejectEvidence,
  RequestEvidence,
  SubmitEvidence,
} from './prove-requirement/prove-requirement.dto.js';
import {
  RegisterOrganisation,
  RegisterOrganisationController,
} from './register-organisation/register-organisation.controller.js';
import {
  CompletePlan,
  MeasureTold,
  RemedialPlan,
  RemedyFindingsController,
} from './remedy-findings/remedy-findings.controller.js';
import { ReviewAssessmentController } from './review-assessment/review-assessment.controller.js';
import { OpenAssessment, SelfAssessController } from './self-assess/self-assess.controller.js';
import { ClaimTold, Levels } from './self-assess/self-assess.dto.js';
import { StaffServiceController } from './staff-service/staff-service.controller.js';
import { AppointOfficer, ChangeReportingLine, CutPay, OfficerLeaves } from './staff-service/staff-service.dto.js';

/** What comes in over HTTP; told in the OpenAPI document. */
export const ORGANISATION_DTOS = [
  ...[RegisterOrganisation, AppointOfficer, OfficerLeaves, ChangeReportingLine, CutPay],
  ...[OpenAssessment, ClaimTold, Levels, ObjectToResult, DecideObjection, MeasureTold, RemedialPlan, CompletePlan],
  ...[RequestEvidence, EvidenceTold, SubmitEvidence, RejectEvidence],
  ...[ReportIncident, TriageIncident, DecideIncident, NotifyBody, PlanRemedy, AnswerOrder],
];

/** Compliance of the quasi-public sector, from the registration to the order that a breach leads to. */
@Module({
  imports: [
    MongooseModule.forFeature([
      { name: Organisation.name, schema: OrganisationSchema },
      { name: Assessment.name, schema: AssessmentSchema },
      { name: Evidence.name, schema: EvidenceSchema },
      { name: Incident.name, schema: IncidentSchema },
      { name: Order.name, schema: OrderSchema },
    ]),
  ],
  controllers: [
    ...[RegisterOrganisationController, StaffServiceController, SelfAssessController, ReviewAssessmentController],
    ...[ObjectToResultController, RemedyFindingsController, ProveRequirementController, HandleIncidentController],
    ...[OrdersController, OnCaseDecided, OnGiftBreachConfirmed],
  ],
  providers: [PersonIds, OrganisationPolicies, OrganisationMoves, AssessmentMoves, EvidenceMoves, Orders],
})
export class OrganisationsModule {}
