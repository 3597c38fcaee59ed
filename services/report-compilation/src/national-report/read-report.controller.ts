import { Controller, Get, Headers, Param, Query, Res } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { FastifyReply } from 'fastify';
import { type Model, trusted } from 'mongoose';
import { Can, NotFound, PageQuery, Public } from '@aiqyn/platform';
import { Fact } from '../facts/fact.schema.js';
import { type Language, LANGUAGES } from '../report-model/report-model.rules.js';
import { FigurePath, ReportPath, ReportQuery } from './compile-report.dto.js';
import { FigureSources, NationalReport } from './national-report.schema.js';
import { renderPage } from './page.rules.js';
import { pageTexts } from './page-texts.js';

/** The published report for everybody, as JSON or as a page; its drafts for those who work on it. */
@Controller('v1/national-reports')
export class ReadReportController {
  constructor(
    @InjectModel(NationalReport.name) private readonly reports: Model<NationalReport>,
    @InjectModel(FigureSources.name) private readonly sources: Model<FigureSources>,
    @InjectModel(Fact.name) private readonly facts: Model<Fact>,
  ) {}

  /** Published editions, newest first. */
  @Get()
  @Public()
  async list(): Promise<object> {
    const rows = await this.reports
      .find({ state: 'published' }, { year: 1, edition: 1 })
      .sort({ year: -1, edition: -1 })
      .limit(100)
      .lean();
    return { items: rows.map((r) => ({ nationalReportId: r._id, year: r.year, edition: r.edition })) };
  }

  @Get(':id')
  @Public()
  async read(
    @Param() { id }: ReportPath,
    @Query() query: ReportQuery,
    @Headers('accept') accept: string | undefined,
    @Headers('accept-language') languages: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<unknown> {
    const report = await this.reports.findOne({ _id: { $eq: id }, state: 'published' }).lean();
    if (!report) throw new NotFound();
    return this.show(report, query, accept, languages, reply);
  }

  @Get(':id/draft')
  @Can('national-report:read-draft')
  async readDraft(
    @Param() { id }: ReportPath,
    @Query() query: ReportQuery,
    @Headers('accept') accept: string | undefined,
    @Headers('accept-language') languages: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<unknown> {
    const report = await this.reports.findOne({ _id: { $eq: id } }).lean();
    if (!report) throw new NotFound();
    return this.show(report, query, accept, languages, reply);
  }

  /** The events behind a figure: type, id and day of each, a page at a time. */
  @Get(':id/figures/:key/provenance')
  @Public()
  async provenance(@Param() { id, key }: FigurePath, @Query() query: PageQuery): Promise<object> {
    const report = await this.reports.findOne({ _id: { $eq: id }, state: 'published' }).lean();
    const figure = report?.figures.find((f) => f.key === key);
    if (!report || !figure) throw new NotFound();
    const from = query.cursor === undefined ? 0 : Number(Buffer.from(query.cursor, 'base64url').toString());
    if (!Number.isSafeInteger(from) || from < 0) throw new NotFound();
    const ids = await this.slice(id, key, from, query.limit);
    const facts = await this.facts
      .find({ _id: trusted({ $in: ids }) })
      .sort({ _id: 1 })
      .lean();
    const next = from + ids.length;
    return {
      key,
      unit: figure.unit,
      value: figure.value,
      events: figure.events,
      items: facts.map((f) => ({ type: f.type, id: f._id, day: f.day })),
      ...(next < figure.events ? { nextCursor: Buffer.from(String(next)).toString('base64url') } : {}),
    };
  }

  private async slice(reportId: string, key: string, from: number, limit: number): Promise<string[]> {
    const parts = await this.sources
      .find({ reportId: { $eq: reportId }, key: { $eq: key } })
      .sort({ part: 1 })
      .lean();
    return parts.flatMap((p) => p.facts).slice(from, from + limit);
  }

  private show(
    report: NationalReport,
    query: ReportQuery,
    accept: string | undefined,
    languages: string | undefined,
    reply: FastifyReply,
  ): unknown {
    void reply.header('etag', `"${report.version}"`).header('vary', 'accept, accept-language');
    if (!(accept ?? '').includes('text/html') && !query.lang) {
      const { events: _, history, ...shown } = report;
      return { ...shown, history: history.map(({ step, day }) => ({ step, day })) };
    }
    const lang: Language = query.lang ?? LANGUAGES.find((l) => (languages ?? '').toLowerCase().startsWith(l)) ?? 'kk';
    void reply
      .header('content-type', 'text/html; charset=utf-8')
      .header('content-language', lang)
      .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; img-src data:");
    return renderPage(report, lang, pageTexts[lang]);
  }
}
