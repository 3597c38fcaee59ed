import { Controller, Get, Inject, Param, Query, Res, UseFilters } from '@nestjs/common';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import type { FastifyReply } from 'fastify';
import { RuleError } from '@aiqyn/contracts';
import { CONFIG, Public, Sends } from '@aiqyn/platform';
import type { ReportCompilationConfig } from '../../config.js';
import { Claims } from '../../indices/check-claim/claims.js';
import { KnownSeries } from '../../indices/read-index/known-series.js';
import { drawForPage } from '../page-frame/draw-for-page.js';
import { LostPage } from '../page-frame/lost-page.js';
import { AnIndex, asPage, IN_EACH_LANGUAGE, InLanguage } from '../page-frame/reader.js';
import type { Say } from '../site-words/site-words.rules.js';
import { type CheckedSentence, indexChart, indexPage } from './index-page.rules.js';

export class ClaimQuery {
  @IsOptional() @IsString() @MaxLength(500) claim?: string;
}

@Controller(IN_EACH_LANGUAGE)
@UseFilters(LostPage)
@Sends(['text/html'], 404, 422)
export class ShowIndexController {
  constructor(
    @Inject(CONFIG) private readonly config: ReportCompilationConfig,
    private readonly series: KnownSeries,
    private readonly claims: Claims,
  ) {}

  @Get('indices/:index')
  @Public()
  async read(
    @InLanguage() say: Say,
    @Param('index', AnIndex) index: string,
    @Query() { claim }: ClaimQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const told = await this.series.of(index, this.config.COUNTRY);
    const checked = claim === undefined ? undefined : await this.check(say, index, claim);
    const drawn = indexChart(say, told);
    const chart = drawn && (await drawForPage(say, drawn.chart, drawn.numbers));
    if (checked && checked.finding === undefined) void reply.status(422);
    const page = indexPage(say, told, chart, checked);
    return asPage(reply, say, page, checked ? 'never' : 'a-minute', chart ? 'with-charts' : 'without-charts');
  }

  private async check(say: Say, index: string, sentence: string): Promise<CheckedSentence> {
    try {
      return { sentence, finding: (await this.claims.check({ index, sentence, lang: say.language })).text };
    } catch (error) {
      if (error instanceof RuleError && error.code === 'claim_not_read') return { sentence };
      throw error;
    }
  }
}
