import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { AnswerFinding, AnswerOpinionController } from './answer-opinion/answer-opinion.controller.js';
import { LoadedCatalogue, LoadedCatalogueSchema } from './draft-acts/catalogue.schema.js';
import { Catalogues } from './draft-acts/catalogues.js';
import { ChangeCatalogueController, LoadCatalogue } from './change-catalogue/change-catalogue.controller.js';
import { ActMoves } from './draft-acts/act-moves.js';
import { ActPolicies } from './draft-acts/act-policies.js';
import { ActTexts } from './draft-acts/act-texts.js';
import { DraftAct, DraftActSchema, StoredText, StoredTextSchema } from './draft-acts/draft-act.schema.js';
import { Reasoned } from './draft-acts/fields.dto.js';
import { AddFinding, AssignExpert, ExamineActController } from './examine-act/examine-act.controller.js';
import { FollowTextController, NextText } from './follow-text/follow-text.controller.js';
import { IssueOpinionController, ReviewOpinion } from './issue-opinion/issue-opinion.controller.js';
import { OpinionsController } from './issue-opinion/opinions.controller.js';
import { AcceptanceController } from './measure-acceptance/acceptance.controller.js';
import { RegisterActController } from './register-act/register-act.controller.js';
import { Dossier, RegisterAct } from './register-act/register-act.dto.js';
import { ScreenActController } from './screen-act/screen-act.controller.js';
import { TriageAct, TriageActController } from './triage-act/triage-act.controller.js';

/** What comes in over HTTP; told in the OpenAPI document. */
export const EXPERTISE_DTOS = [
  ...[RegisterAct, TriageAct, Dossier, Reasoned, AssignExpert, AddFinding, ReviewOpinion],
  ...[AnswerFinding, NextText, LoadCatalogue],
];

/** Anti-corruption expertise of draft acts, from the text that comes in to what became of each finding. */
@Module({
  imports: [
    MongooseModule.forFeature([
      { name: DraftAct.name, schema: DraftActSchema },
      { name: StoredText.name, schema: StoredTextSchema },
      { name: LoadedCatalogue.name, schema: LoadedCatalogueSchema },
    ]),
  ],
  controllers: [
    ...[RegisterActController, TriageActController, ScreenActController, ExamineActController],
    ...[IssueOpinionController, OpinionsController, AnswerOpinionController, FollowTextController],
    ...[AcceptanceController, ChangeCatalogueController],
  ],
  providers: [ActPolicies, ActTexts, ActMoves, Catalogues],
})
export class ExpertiseModule {}
