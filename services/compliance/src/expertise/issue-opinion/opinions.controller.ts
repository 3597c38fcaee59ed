import { Controller, Get, Param, Query } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { type Model, trusted } from 'mongoose';
import { NotFound, type Page, pageById, PageQuery, Public } from '@aiqyn/platform';
import { Catalogues } from '../draft-acts/catalogues.js';
import { DraftAct } from '../draft-acts/draft-act.schema.js';
import { published, riskIndex } from '../draft-acts/findings.rules.js';
import { OpinionPath } from './issue-opinion.controller.js';

const PUBLISHED = { 'opinion.publishedDay': trusted({ $exists: true }) };

/** Published opinions: what was found, what the authority answered and what became of it. No person is named. */
@Controller('v1/opinions')
export class OpinionsController {
  constructor(
    @InjectModel(DraftAct.name) private readonly acts: Model<DraftAct>,
    private readonly catalogues: Catalogues,
  ) {}

  @Get()
  @Public()
  async list(@Query() query: PageQuery): Promise<Page<object>> {
    const { items, nextCursor } = await pageById(this.acts, query, { filter: PUBLISHED });
    const shown = (items as (DraftAct & { id: string })[]).map((act) => this.head(act));
    return { items: shown, ...(nextCursor ? { nextCursor } : {}) };
  }

  @Get(':number')
  @Public()
  async read(@Param() { number }: OpinionPath): Promise<object> {
    const act = await this.acts.findOne({ 'opinion.opinionNumber': { $eq: number }, ...PUBLISHED }).lean<DraftAct>();
    if (!act) throw new NotFound();
    const { factors } = await this.catalogues.of(act.catalogue!);
    const findings = published(act.findings, act.opinion!.textVersion).map((finding) => {
      const {
        findingId,
        code,
        severity,
        language,
        textVersion,
        article,
        start,
        end,
        quote,
        origin,
        reason,
        answer,
        outcomes,
      } = finding;
      const factor = factors.get(code);
      return {
        ...{ findingId, code, severity, language, textVersion, article, start, end, quote, origin, reason },
        ...(factor ? { name: factor.name, remedy: factor.remedy } : {}),
        ...(answer ? { answer: { answer: answer.answer, reason: answer.reason, day: answer.day } } : {}),
        ...(outcomes ? { outcomes } : {}),
      };
    });
    return { ...this.head(act), versions: act.versions, findings };
  }

  private head({ opinion, authorityBin, actType, titles, catalogue, state, findings }: DraftAct): object {
    const { opinionNumber, publishedDay } = opinion!;
    const { index, band } = riskIndex(published(findings, opinion!.textVersion));
    return {
      opinionNumber,
      publishedDay,
      authorityBin,
      actType,
      titles,
      catalogue,
      state,
      riskIndex: index,
      riskBand: band,
    };
  }
}
