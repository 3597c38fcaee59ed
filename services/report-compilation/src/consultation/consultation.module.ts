import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { AnswerComment } from './answer-comment/answer-comment.dto.js';
import { AnswerCommentController } from './answer-comment/answer-comment.controller.js';
import { CloseConsultationController } from './close-consultation/close-consultation.controller.js';
import { ClusterComments } from './cluster-comments/cluster-comments.js';
import { ClustersController } from './cluster-comments/clusters.controller.js';
import { Comment, CommentSchema } from './comments/comment.schema.js';
import { Comments } from './comments/comments.js';
import { Consultation, ConsultationSchema } from './consultations/consultation.schema.js';
import { Consultations } from './consultations/consultations.js';
import {
  DocumentVersion,
  DocumentVersionSchema,
  PolicyDocument,
  PolicyDocumentSchema,
} from './documents/document.schema.js';
import { Documents } from './documents/documents.js';
import { DraftDocumentController } from './draft-document/draft-document.controller.js';
import { DraftDocument, DraftVersion } from './draft-document/draft-document.dto.js';
import { AskStatus, FollowCommentController } from './follow-comment/follow-comment.controller.js';
import {
  AppealHiding,
  DecideAppeal,
  HideComment,
  ModerateCommentController,
} from './moderate-comment/moderate-comment.controller.js';
import { AssessMeasure, FreezePlan, FreezePlanController } from './freeze-plan/freeze-plan.controller.js';
import { MeasurePlan, MeasurePlanSchema } from './freeze-plan/plan.schema.js';
import { OpenConsultation, OpenConsultationController } from './open-consultation/open-consultation.controller.js';
import { ConsultationPolicies } from './policies/consultation-policies.js';
import { NamedVersion, PublishVersionController } from './publish-version/publish-version.controller.js';
import { ReadDocumentController } from './read-document/read-document.controller.js';
import { ReanchorComments } from './reanchor-comments/reanchor-comments.js';
import { SubmitCommentController } from './submit-comment/submit-comment.controller.js';
import { SubmitComment } from './submit-comment/submit-comment.dto.js';
import { TakeComments } from './submit-comment/take-comments.js';
import { TellComments } from './follow-comment/tell-comments.js';
import { ModerationLog } from './moderate-comment/moderation-log.js';
import { Summaries } from './summarise-responses/summaries.js';
import { SummariseResponsesController } from './summarise-responses/summarise-responses.controller.js';

/** What comes in over HTTP; told in the OpenAPI document. */
export const CONSULTATION_DTOS = [
  ...[DraftDocument, DraftVersion, NamedVersion, OpenConsultation, SubmitComment, AskStatus],
  ...[HideComment, AppealHiding, DecideAppeal, AnswerComment, FreezePlan, AssessMeasure],
];

/** Policy documents and drafts of the National Report under consultation by civil society, up to an answer to each comment. */
@Module({
  imports: [
    MongooseModule.forFeature([
      { name: PolicyDocument.name, schema: PolicyDocumentSchema },
      { name: DocumentVersion.name, schema: DocumentVersionSchema },
      { name: Consultation.name, schema: ConsultationSchema },
      { name: Comment.name, schema: CommentSchema },
      { name: MeasurePlan.name, schema: MeasurePlanSchema },
    ]),
  ],
  controllers: [
    ...[DraftDocumentController, PublishVersionController, ReadDocumentController, OpenConsultationController],
    ...[SubmitCommentController, FollowCommentController, ModerateCommentController, ClustersController],
    ...[AnswerCommentController, CloseConsultationController, SummariseResponsesController],
    FreezePlanController,
  ],
  providers: [
    ...[ConsultationPolicies, Documents, Consultations, Comments, ClusterComments, ReanchorComments],
    ...[TakeComments, TellComments, ModerationLog, Summaries],
  ],
  exports: [Documents, Consultations, TakeComments, TellComments, ModerationLog, Summaries],
})
export class ConsultationModule {}
