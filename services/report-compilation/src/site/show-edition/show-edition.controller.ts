import { Controller, Get, Inject, Param, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CONFIG, Public } from '@aiqyn/platform';
import type { ReportCompilationConfig } from '../../config.js';
import { signingKey } from '../../national-report/build-report/signing-key.js';
import { ReportTerms } from '../../national-report/keep-terms/report-terms.js';
import { differencesOf } from '../../national-report/read-report/differences.rules.js';
import { PublishedReports } from '../../national-report/read-report/published-reports.js';
import { registerNamed } from '../../numbers/define-metrics/registers.js';
import { listedEdition } from '../front-page/listed-editions.rules.js';
import { LostPage } from '../page-frame/lost-page.js';
import { AnId, asPage, IN_EACH_LANGUAGE, InLanguage } from '../page-frame/reader.js';
import type { Say } from '../site-words/site-words.rules.js';
import { editionPage } from './edition-page.rules.js';

@Controller(IN_EACH_LANGUAGE)
@UseFilters(LostPage)
export class ShowEditionController {
  constructor(
    @Inject(CONFIG) private readonly config: ReportCompilationConfig,
    private readonly reports: PublishedReports,
    private readonly terms: ReportTerms,
  ) {}

  @Get('editions/:id')
  @Public()
  async read(
    @InLanguage() say: Say,
    @Param('id', AnId) id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const report = await this.reports.published(id);
    const model = await this.reports.printed(report);
    const all = await this.reports.list();
    const previous = all.find((one) => one.build?.manifestSha256 === model.previous?.manifestSha256);
    const correctedBy = all.find((one) => one.corrects === id);
    const before = previous && report.corrects === previous._id ? await this.reports.printed(previous) : undefined;
    const { build, snapshot, year, edition, history } = report;
    const page = editionPage(say, {
      ...{ id, year, edition, model, key: signingKey(this.config.REPORT_SIGNING_KEY) },
      ...{
        files: build!.files,
        manifestSha256: build!.manifestSha256,
        metrics: registerNamed(snapshot!.register).metrics,
      },
      steps: history.map(({ step, day }) => ({ step, day })),
      ...this.terms.of(report),
      ...(previous ? { previous: listedEdition(previous) } : {}),
      ...(correctedBy ? { correctedBy: listedEdition(correctedBy) } : {}),
      ...(before ? { differences: { before, ...differencesOf(before, model) } } : {}),
    });
    return asPage(reply, say, page);
  }
}
