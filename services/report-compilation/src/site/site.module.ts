import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { ConsultationModule } from '../consultation/consultation.module.js';
import { Fact, FactSchema } from '../facts/fact.schema.js';
import { IndicesModule } from '../indices/indices.module.js';
import {
  NationalReport,
  NationalReportSchema,
  NumberSources,
  NumberSourcesSchema,
  StoredNumber,
  StoredNumberSchema,
} from '../national-report/editions/national-report.schema.js';
import { PublishedReports } from '../national-report/read-report/published-reports.js';
import { NumberTraces } from '../numbers/trace-number/number-traces.js';
import { ExplainNumberController } from './explain-number/explain-number.controller.js';
import { ConsultationViews } from './follow-consultation/consultation-views.js';
import { FollowConsultationController } from './follow-consultation/follow-consultation.controller.js';
import { ChooseLanguageController, FrontPageController } from './front-page/front-page.controller.js';
import { LostPageController } from './page-frame/lost-page.js';
import { ShowEditionController } from './show-edition/show-edition.controller.js';
import { ShowIndexController } from './show-index/show-index.controller.js';

/** The site for everybody: what is published, as pages in three languages that need no script. */
@Module({
  imports: [
    ConsultationModule,
    IndicesModule,
    MongooseModule.forFeature([
      { name: Fact.name, schema: FactSchema },
      { name: NationalReport.name, schema: NationalReportSchema },
      { name: StoredNumber.name, schema: StoredNumberSchema },
      { name: NumberSources.name, schema: NumberSourcesSchema },
    ]),
  ],
  controllers: [
    ...[ChooseLanguageController, FrontPageController, ShowEditionController, ExplainNumberController],
    ...[ShowIndexController, FollowConsultationController, LostPageController],
  ],
  // Both read only what is published and keep nothing between two readings.
  providers: [PublishedReports, NumberTraces, ConsultationViews],
})
export class SiteModule {}
