import { Controller, Get, Param, ParseUUIDPipe, Query, Res } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { IsIn, IsOptional } from 'class-validator';
import type { FastifyReply } from 'fastify';
import type { Model } from 'mongoose';
import { Can, NotFound, Public } from '@aiqyn/platform';
import { type Language, LANGUAGES } from '../../report-model/report-model.rules.js';
import { Comment } from '../comments/comment.schema.js';
import type { Consultation } from '../consultations/consultation.schema.js';
import { Consultations } from '../consultations/consultations.js';
import { Documents } from '../documents/documents.js';
import type { Unit } from '../documents/units.rules.js';
import { ConsultationPolicies } from '../policies/consultation-policies.js';
import { summaryCsv } from './summary-csv.js';
import { summaryPage } from './summary-page.rules.js';
import { summaryTexts } from './summary-texts.js';
import { type Summary, summaryOf } from './summary.rules.js';

const FORMATS = ['json', 'csv', 'html'] as const;

export class SummaryQuery {
  @IsOptional() @IsIn(FORMATS) format: (typeof FORMATS)[number] = 'json';
  @IsOptional() @IsIn(LANGUAGES) lang: Language = 'kk';
}

/** The summary of responses of a closed consultation, for everybody; its draft for the office. No person is named in it. */
@Controller('v1/consultations')
export class SummariseResponsesController {
  constructor(
    @InjectModel(Comment.name) private readonly rows: Model<Comment>,
    private readonly consultations: Consultations,
    private readonly documents: Documents,
    private readonly policies: ConsultationPolicies,
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
    return this.show(await this.of(row, false), query, reply);
  }

  @Get(':id/summary-draft')
  @Can('comment:read')
  async draft(
    @Param('id', ParseUUIDPipe) id: string,
    @Query() query: SummaryQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<unknown> {
    return this.show(await this.of(await this.consultations.of(id), true), query, reply);
  }

  private async of(row: Consultation, forOffice: boolean): Promise<Summary> {
    const { _id: consultationId, documentId, documentVersion, state, firstDay, lastDay, policy } = row;
    const { titles } = await this.documents.of(documentId);
    const comments = await this.rows.find({ consultationId: { $eq: consultationId } }).lean<Comment[]>();
    const named = new Set(comments.flatMap(({ answers }) => answers.at(-1)?.changed?.documentVersion ?? []));
    const versions = new Map<number, readonly Unit[]>();
    for (const one of named) versions.set(one, await this.documents.units(documentId, one));
    const consulted = { consultationId, documentId, documentVersion, state, firstDay, lastDay, policy, titles };
    const units = await this.documents.units(documentId, documentVersion);
    const { smallestCount } = this.policies.of(row);
    return summaryOf(consulted, units, comments, versions, { smallestCount, forOffice });
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
    void reply
      .header('content-type', 'text/html; charset=utf-8')
      .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'");
    return summaryPage(summary, lang, texts);
  }
}
