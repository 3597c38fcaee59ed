import { Controller, Get, Header, Headers, Param, Query, Res } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { FastifyReply } from 'fastify';
import type { Connection } from 'mongoose';
import { Can, NotFound, Public } from '@aiqyn/platform';
import { modelOf } from '../build-report/build-job.js';
import { fileOf } from '../build-report/packages.js';
import type { NationalReport } from '../editions/national-report.schema.js';
import { ReportPath, ReportQuery } from '../editions/report-path.dto.js';
import { CHARTS_POLICY } from '../../publication/render-page/content-policy.rules.js';
import { mediaType } from '../../publication/publish-open-data/descriptions.rules.js';
import type { ReportModel } from '../../report-model/report-model.rules.js';
import { languageFor } from '../../report-model/language.rules.js';
import { differencesOf } from './differences.rules.js';
import { ReportTerms } from '../keep-terms/report-terms.js';
import { PublishedReports } from './published-reports.js';
import { FilePath, OtherEdition } from './read-report.dto.js';

/** What a browser or a program says that it wants. */
type Asked = Readonly<Partial<Record<'accept' | 'accept-language', string>>>;

/** The published report for everybody, as data, page or package; its drafts for those who work on it. */
@Controller('v1/national-reports')
export class ReadReportController {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly reports: PublishedReports,
    private readonly terms: ReportTerms,
  ) {}

  @Get()
  @Public()
  async list(): Promise<object> {
    return { items: (await this.reports.list()).map(summary) };
  }

  @Get(':id')
  @Public()
  async read(
    @Param() { id }: ReportPath,
    @Query() query: ReportQuery,
    @Headers() headers: Asked,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<unknown> {
    return this.show(await this.reports.published(id), query, headers, reply, 'package');
  }

  /** Texts and told numbers as they would be printed; what is withheld is withheld here too. */
  @Get(':id/draft')
  @Can('national-report:read-draft')
  async readDraft(
    @Param() { id }: ReportPath,
    @Query() query: ReportQuery,
    @Headers() headers: Asked,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<unknown> {
    return this.show(await this.reports.any(id), query, headers, reply, 'draft');
  }

  @Get(':id/draft/*')
  @Can('national-report:read-draft')
  @Header('x-content-type-options', 'nosniff')
  async draftFile(
    @Param() { id, '*': path }: FilePath,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<unknown> {
    return this.send(await this.reports.any(id), path, reply);
  }

  /** The files of the package with their hashes. */
  @Get(':id/package')
  @Public()
  async files(@Param() { id }: ReportPath): Promise<object> {
    const { build } = await this.reports.published(id);
    return { manifestSha256: build!.manifestSha256, files: build!.files };
  }

  @Get(':id/package/*')
  @Public()
  @Header('x-content-type-options', 'nosniff')
  async file(@Param() { id, '*': path }: FilePath, @Res({ passthrough: true }) reply: FastifyReply): Promise<unknown> {
    return this.send(await this.reports.published(id), path, reply);
  }

  /** What changed against another published edition, number by number. */
  @Get(':id/differences')
  @Public()
  async differences(@Param() { id }: ReportPath, @Query() { from }: OtherEdition): Promise<object> {
    const [now, before] = await Promise.all([this.reports.published(id), this.reports.published(from)]);
    const [a, b] = await Promise.all([this.reports.printed(before), this.reports.printed(now)]);
    return { from: summary(before), to: summary(now), ...differencesOf(a, b) };
  }

  private async drafted(report: NationalReport): Promise<ReportModel | undefined> {
    return report.snapshot?.root === undefined ? undefined : modelOf(this.connection.db!, report);
  }

  private async show(
    report: NationalReport,
    query: ReportQuery,
    { accept, 'accept-language': languages }: Asked,
    reply: FastifyReply,
    pages: 'package' | 'draft',
  ): Promise<unknown> {
    void reply.header('etag', `"${report.version}"`).header('vary', 'accept, accept-language');
    if (!(accept ?? '').includes('text/html') && !query.lang) {
      const model = pages === 'package' ? await this.reports.printed(report) : await this.drafted(report);
      return {
        ...summary(report),
        history: report.history.map(({ step, day }) => ({ step, day })),
        ...this.terms.of(report),
        ...(model ? { model } : {}),
      };
    }
    if (!report.build) throw new NotFound();
    const lang = query.lang ?? languageFor(languages);
    // The pages of a package stand beside each other, and point to each other.
    return reply.redirect(`/v1/national-reports/${report._id}/${pages}/report.${lang}.html`, 302);
  }

  private async send({ build }: NationalReport, path: string, reply: FastifyReply): Promise<unknown> {
    const known = build?.files.find((file) => file.path === path);
    const file = known ? await fileOf(this.connection.db!, build!.id, path, known.sha256) : undefined;
    if (!file) throw new NotFound();
    const type = mediaType(path);
    void reply
      .header('content-type', type.startsWith('text/') ? `${type}; charset=utf-8` : type)
      .header('content-length', file.bytes)
      .header('content-security-policy', CHARTS_POLICY)
      .header('content-language', /^report\.(kk|ru|en)\./.exec(path)?.[1] ?? 'mul');
    return reply.send(file.stream);
  }
}

const summary = ({ _id, year, edition, state, corrects, build }: NationalReport): object => ({
  ...{ nationalReportId: _id, year, edition, state },
  ...(corrects === undefined ? {} : { corrects }),
  ...(build ? { manifestSha256: build.manifestSha256 } : {}),
});
