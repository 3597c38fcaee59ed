import { Controller, Get, Param, Query, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { PageQuery, Public, Sends } from '@aiqyn/platform';
import { PublishedReports } from '../../national-report/read-report/published-reports.js';
import { registerNamed } from '../../numbers/define-metrics/registers.js';
import { NumberTraces } from '../../numbers/trace-number/number-traces.js';
import { frameWords } from '../../publication/frame-words/shipped-words.js';
import { drawForPage } from '../page-frame/draw-for-page.js';
import { LostPage } from '../page-frame/lost-page.js';
import { AnId, ANumber, asPage, IN_EACH_LANGUAGE, InLanguage } from '../page-frame/reader.js';
import type { Say } from '../site-words/site-words.rules.js';
import { chartOf } from './number-chart.rules.js';
import { numberPage } from './number-page.rules.js';

@Controller(IN_EACH_LANGUAGE)
@UseFilters(LostPage)
@Sends(['text/html'], 404)
export class ExplainNumberController {
  constructor(
    private readonly reports: PublishedReports,
    private readonly traces: NumberTraces,
  ) {}

  @Get('editions/:id/numbers/:number')
  @Public()
  async read(
    @InLanguage() say: Say,
    @Param('id', AnId) id: string,
    @Param('number', ANumber) number: string,
    @Query() query: PageQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const report = await this.reports.published(id);
    const { year, edition } = report;
    const { definition, register, snapshot, open, ...told } = await this.traces.trace(id, number);
    const events = open ? await this.traces.events(id, number, query) : undefined;
    const model = await this.reports.printed(report);
    const block = chartOf(model, number);
    const chart = block && {
      ...(await drawForPage(say, block, model.numbers)),
      ...{ block, model, words: frameWords[say.language] },
    };
    const explained = {
      ...{
        edition: { id, year, edition },
        number: told,
        metric: definition,
        register: registerNamed(register),
        snapshot,
      },
      ...(events ? { events } : {}),
      ...(chart ? { chart } : {}),
    };
    return asPage(reply, say, numberPage(say, explained), 'a-minute', chart ? 'with-charts' : 'without-charts');
  }
}
