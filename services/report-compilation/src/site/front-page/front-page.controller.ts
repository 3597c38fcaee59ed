import { Controller, Get, Headers, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Public, Sends } from '@aiqyn/platform';
import { Consultations } from '../../consultation/consultations/consultations.js';
import { Documents } from '../../consultation/documents/documents.js';
import { KnownSeries } from '../../indices/read-index/known-series.js';
import { PublishedReports } from '../../national-report/read-report/published-reports.js';
import { languageFor } from '../../report-model/language.rules.js';
import { LostPage } from '../page-frame/lost-page.js';
import { asPage, IN_EACH_LANGUAGE, InLanguage } from '../page-frame/reader.js';
import type { Say } from '../site-words/site-words.rules.js';
import { frontPage } from './front-page.rules.js';
import { listedEdition } from './listed-editions.rules.js';

/** Leads a reader who named no language to the one that the browser asks for. */
@Controller()
export class ChooseLanguageController {
  @Get()
  @Public()
  @Sends([], 302)
  choose(@Headers('accept-language') languages: string | undefined, @Res() reply: FastifyReply): void {
    void reply.header('vary', 'accept-language').redirect(`/${languageFor(languages)}`, 302);
  }
}

@Controller(IN_EACH_LANGUAGE)
@UseFilters(LostPage)
@Sends(['text/html'], 404)
export class FrontPageController {
  constructor(
    private readonly reports: PublishedReports,
    private readonly consultations: Consultations,
    private readonly documents: Documents,
    private readonly series: KnownSeries,
  ) {}

  @Get()
  @Public()
  async read(@InLanguage() say: Say, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const [editions, indices, open] = await Promise.all([
      this.reports.list(),
      this.series.list(),
      this.consultations.open(),
    ]);
    const consultations = await Promise.all(
      open.map(async ({ _id, documentId, lastDay }) => {
        const { titles } = await this.documents.of(documentId);
        return { id: _id, titles, lastDay };
      }),
    );
    return asPage(reply, say, frontPage(say, { editions: editions.map(listedEdition), consultations, indices }));
  }
}
