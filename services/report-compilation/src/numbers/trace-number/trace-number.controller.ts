import { Controller, Get, Headers, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Can, PageQuery, Public, Sends } from '@aiqyn/platform';
import { ReportQuery } from '../../national-report/editions/report-path.dto.js';
import { languageFor } from '../../report-model/language.rules.js';
import { NumberTraces } from './number-traces.js';
import { NumberPath, ProvenEvent } from './trace-number.dto.js';

/** Where a number comes from, for machines; a person who follows the link of a number is led to its page. */
@Controller('v1/national-reports')
export class TraceNumberController {
  constructor(private readonly traces: NumberTraces) {}

  @Get(':id/numbers/:number')
  @Sends(['application/json'], 303)
  @Public()
  async trace(
    @Param() { id, number }: NumberPath,
    @Query() { lang }: ReportQuery,
    @Headers('accept') accept: string | undefined,
    @Headers('accept-language') languages: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<unknown> {
    void reply.header('vary', 'accept, accept-language');
    const told = await this.traces.trace(id, number);
    if (!(accept ?? '').includes('text/html')) return told;
    return reply.redirect(`/${lang ?? languageFor(languages)}/editions/${id}/numbers/${number}`, 303);
  }

  /** The events behind a number of open events: type, id and day of each, a page at a time. */
  @Get(':id/numbers/:number/events')
  @Public()
  events(@Param() { id, number }: NumberPath, @Query() query: PageQuery): Promise<object> {
    return this.traces.events(id, number, query);
  }

  /** The same for auditors, of every number. */
  @Get(':id/numbers/:number/audit')
  @Can('national-report:audit')
  audit(@Param() { id, number }: NumberPath, @Query() query: PageQuery): Promise<object> {
    return this.traces.audit(id, number, query);
  }

  /** The proof that an open event is among those behind a number and in the sealed log (RFC 9162). */
  @Get(':id/numbers/:number/proof')
  @Public()
  proof(@Param() { id, number }: NumberPath, @Query() { event }: ProvenEvent): Promise<object> {
    return this.traces.proof(id, number, event);
  }
}
