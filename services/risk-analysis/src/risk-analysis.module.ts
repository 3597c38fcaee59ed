import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { BodiesController } from './know-body/bodies.controller.js';
import { BodyFact, BodyFactSchema } from './know-body/body-fact.schema.js';
import { OnBodyFacts } from './know-body/on-body-facts.js';
import { AreaFact, AreaFactSchema } from './areas/area.schema.js';
import { OnAreaFacts } from './areas/on-area-facts.js';
import { AssessAreaController } from './assess-area/assess-area.controller.js';
import { Assessment, AssessmentSchema, Recommendation, RecommendationSchema } from './assess-area/assessment.schema.js';
import { StoredDeal, StoredDealSchema } from './deals/deal.schema.js';
import { Deals } from './deals/deals.js';
import { SchemeRow, SchemeRowSchema, SchemeRun, SchemeRunSchema } from './detect-schemes/scheme.schema.js';
import { SchemeDetection } from './detect-schemes/scheme-detection.js';
import { SchemeFacts } from './detect-schemes/scheme-facts.js';
import { SchemesController } from './detect-schemes/schemes.controller.js';
import { Entity, EntitySchema, Link, LinkSchema } from './entities/entity.schema.js';
import { LinkBook } from './entities/link-book.js';
import { LinksController } from './entities/links.controller.js';
import { ImportOwnershipController } from './import-ownership/import-ownership.controller.js';
import { OwnershipImport } from './import-ownership/ownership-import.js';
import { OwnershipRecord, OwnershipRecordSchema } from './import-ownership/ownership-record.schema.js';
import { ImportReleasesController } from './import-releases/import-releases.controller.js';
import { ReleaseImport } from './import-releases/release-import.js';
import { Release, ReleaseDocument, ReleaseDocumentSchema, ReleaseSchema } from './import-releases/release.schema.js';
import { Flag, FlagSchema } from './indicators/flag.schema.js';
import { AnalysesController } from './analyse-risks/analyses.controller.js';
import { Analysis, AnalysisSchema } from './analyse-risks/analysis.schema.js';
import { AnalysisMoves } from './analyse-risks/analysis-moves.js';
import { MeasuresController } from './analyse-risks/measures.controller.js';
import { ReadSignalsController } from './read-signals/read-signals.controller.js';
import { CheckUsedThings } from './check-enrichment/check-used-things.js';
import { EnrichmentChecks } from './check-enrichment/enrichment-checks.js';
import { WinsOfOwners } from './check-enrichment/wins-of-owners.js';
import { EnrichmentReview, EnrichmentReviewSchema } from './check-enrichment/review.schema.js';
import { ReviewsController } from './check-enrichment/reviews.controller.js';
import {
  Declaration,
  DeclarationSchema,
  EnrichmentLock,
  EnrichmentLockSchema,
  RegisterFact,
  RegisterFactSchema,
} from './declare-assets/declaration.schema.js';
import { DeclarationsController } from './declare-assets/declarations.controller.js';
import { RegisterFactsController } from './declare-assets/register-facts.controller.js';
import { TakeIn } from './declare-assets/take-in.js';
import { InquiriesController } from './explain-enrichment/inquiries.controller.js';
import { Inquiry, InquirySchema } from './explain-enrichment/inquiry.schema.js';
import { InquiryMoves } from './explain-enrichment/inquiry-moves.js';
import { DossiersController } from './compile-dossier/dossiers.controller.js';
import { DossierReader } from './compile-dossier/dossier-inputs.js';
import { StoredDossier, StoredDossierSchema } from './compile-dossier/dossier.schema.js';
import { PlanWorkController } from './plan-work/plan-work.controller.js';
import { MeasurePrecisionController } from './measure-precision/measure-precision.controller.js';
import { ReferFindingController } from './refer-finding/refer-finding.controller.js';
import { Referral, ReferralSchema } from './refer-finding/referral.schema.js';
import {
  FenceSnapshot,
  FenceSnapshotSchema,
  Outlier,
  OutlierSchema,
  StoredContribution,
  StoredContributionSchema,
  StoredSum,
  StoredSumSchema,
} from './tell-outliers/outlier.schema.js';
import { Outliers } from './tell-outliers/outliers.js';
import { TellOutliersController } from './tell-outliers/tell-outliers.controller.js';
import { Match, MatchSchema } from './match-entities/match.schema.js';
import { MatchesController } from './match-entities/matches.controller.js';
import { PersonIds } from './persons/person-ids.js';
import { ChangeIndicatorController } from './change-indicator/change-indicator.controller.js';
import { Replay, ReplaySchema } from './change-indicator/replay.schema.js';
import { Replays } from './change-indicator/replays.js';
import { StoreSignals } from './import-releases/store-signals.js';
import { StoredProcesses } from './import-releases/stored-processes.js';
import { StoredDefinition, StoredDefinitionSchema } from './indicators/definition.schema.js';
import { Definitions } from './indicators/definitions.js';
import {
  DueGroup,
  DueGroupSchema,
  Pattern,
  PatternSchema,
  StoredPurchase,
  StoredPurchaseSchema,
} from './judge-groups/group.schema.js';
import { Groups } from './judge-groups/groups.js';
import { Policies } from './policies/policies.js';

@Module({
  imports: [
    MongooseModule.forFeature([
      { name: Release.name, schema: ReleaseSchema },
      { name: ReleaseDocument.name, schema: ReleaseDocumentSchema },
      { name: Flag.name, schema: FlagSchema },
      { name: StoredPurchase.name, schema: StoredPurchaseSchema },
      { name: DueGroup.name, schema: DueGroupSchema },
      { name: Pattern.name, schema: PatternSchema },
      { name: StoredDefinition.name, schema: StoredDefinitionSchema },
      { name: Replay.name, schema: ReplaySchema },
      { name: StoredDossier.name, schema: StoredDossierSchema },
      { name: AreaFact.name, schema: AreaFactSchema },
      { name: BodyFact.name, schema: BodyFactSchema },
      { name: StoredContribution.name, schema: StoredContributionSchema },
      { name: FenceSnapshot.name, schema: FenceSnapshotSchema },
      { name: StoredSum.name, schema: StoredSumSchema },
      { name: Outlier.name, schema: OutlierSchema },
      { name: Analysis.name, schema: AnalysisSchema },
      { name: StoredDeal.name, schema: StoredDealSchema },
      { name: Entity.name, schema: EntitySchema },
      { name: Link.name, schema: LinkSchema },
      { name: Match.name, schema: MatchSchema },
      { name: SchemeRow.name, schema: SchemeRowSchema },
      { name: SchemeRun.name, schema: SchemeRunSchema },
      { name: OwnershipRecord.name, schema: OwnershipRecordSchema },
      { name: Referral.name, schema: ReferralSchema },
      { name: Declaration.name, schema: DeclarationSchema },
      { name: RegisterFact.name, schema: RegisterFactSchema },
      { name: EnrichmentLock.name, schema: EnrichmentLockSchema },
      { name: EnrichmentReview.name, schema: EnrichmentReviewSchema },
      { name: Inquiry.name, schema: InquirySchema },
      { name: Assessment.name, schema: AssessmentSchema },
      { name: Recommendation.name, schema: RecommendationSchema },
    ]),
  ],
  controllers: [
    ImportReleasesController,
    AssessAreaController,
    ReferFindingController,
    TellOutliersController,
    ChangeIndicatorController,
    ReadSignalsController,
    AnalysesController,
    MeasuresController,
    DeclarationsController,
    RegisterFactsController,
    ReviewsController,
    InquiriesController,
    MeasurePrecisionController,
    DossiersController,
    PlanWorkController,
    LinksController,
    ImportOwnershipController,
    SchemesController,
    MatchesController,
    OnAreaFacts,
    OnBodyFacts,
    BodiesController,
  ],
  providers: [
    ...[
      Policies,
      Groups,
      Definitions,
      StoredProcesses,
      StoreSignals,
      Replays,
      Outliers,
      PersonIds,
      ReleaseImport,
      AnalysisMoves,
    ],
    ...[DossierReader, Deals, LinkBook, OwnershipImport, SchemeFacts, SchemeDetection],
    ...[TakeIn, WinsOfOwners, EnrichmentChecks, CheckUsedThings, InquiryMoves],
  ],
})
export class RiskAnalysisModule {}
