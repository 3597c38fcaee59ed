import { Controller, Get, Param, ParseUUIDPipe, Query, Res } from '@nestjs/common';
import { IsIn, IsOptional } from 'class-validator';
import type { FastifyReply } from 'fastify';
import { Can, NotFound, Public, Sends } from '@aiqyn/platform';
import { CONTENT_POLICY } from '../../publication/render-page/content-policy.rules.js';
import { type Language, LANGUAGES } from '../../report-model/report-model.rules.js';
import { Consultations } from '../consultations/consultations.js';
import { Summaries } from './summaries.js';
import { summaryCsv } from './summary-csv.js';
import { summaryPage } from './summary-page.rules.js';
import { summaryTexts } from './summary-texts.js';
import type { Summary } from './summary.rules.js';

const FORMATS = ['json', 'csv', 'html'] as const;

export class SummaryQuery {
  @IsOptional() @IsIn(FORMATS) format: (typeof FORMATS)[number] = 'json';
  @IsOptional() @IsIn(LANGUAGES) lang: Language = 'kk';
}

/** The summary of responses of a closed consultation, for everybody; its draft for the office. No person is named in it. */
@Controller('v1/consultations')
@Sends(['application/json', 'text/csv', 'text/html'])
export class SummariseResponsesController {
  constructor(
    private readonly consultations: Consultations,
    private readonly summaries: Summaries,
  ) {}

  @Get(':id/summary')
  @Public()
  async summary(
    @Param('id', ParseUUIDPipe) id: string,
    @Query() query: SummaryQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<unknown> {
    const row = await this.consultations.of(id);
    // Receipt numbers are told only when no appeal can be lodged with one any more.
    if (row.state !== 'closed') throw new NotFound();
    return this.show(await this.summaries.of(row, false), query, reply);
  }

  @Get(':id/summary-draft')
  @Can('comment:read')
  async draft(
    @Param('id', ParseUUIDPipe) id: string,
    @Query() query: SummaryQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<unknown> {
    return this.show(await this.summaries.of(await this.consultations.of(id), true), query, reply);
  }

  private show(summary: Summary, { format, lang }: SummaryQuery, reply: FastifyReply): unknown {
    const texts = summaryTexts[lang];
    if (format === 'json') return summary;
    void reply.header('content-language', lang);
    if (format === 'csv') {
      void reply
        .header('content-type', 'text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="responses-${lang}.csv"`);
      return summaryCsv(summary, lang, texts);
    }
    void reply.header('content-type', 'text/html; charset=utf-8').header('content-security-policy', CONTENT_POLICY);
    return summaryPage(summary, lang, texts);
  }
}
