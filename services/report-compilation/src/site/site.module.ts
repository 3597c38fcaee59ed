import { Module } from '@nestjs/common';
import { ConsultationModule } from '../consultation/consultation.module.js';
import { IndicesModule } from '../indices/indices.module.js';
import { NationalReportModule } from '../national-report/national-report.module.js';
import { ExplainNumberController } from './explain-number/explain-number.controller.js';
import { ConsultationViews } from './follow-consultation/consultation-views.js';
import { FollowConsultationController } from './follow-consultation/follow-consultation.controller.js';
import { ChooseLanguageController, FrontPageController } from './front-page/front-page.controller.js';
import { ChartsScriptController } from './page-frame/charts-script.controller.js';
import { LostPageController } from './page-frame/lost-page.js';
import { ShowEditionController } from './show-edition/show-edition.controller.js';
import { ShowIndexController } from './show-index/show-index.controller.js';

/** The site for everybody: what is published, as pages in three languages that are whole without a script. */
@Module({
  imports: [ConsultationModule, IndicesModule, NationalReportModule],
  controllers: [
    ...[ChooseLanguageController, FrontPageController, ShowEditionController, ExplainNumberController],
    ...[ShowIndexController, FollowConsultationController, ChartsScriptController, LostPageController],
  ],
  providers: [ConsultationViews],
})
export class SiteModule {}
