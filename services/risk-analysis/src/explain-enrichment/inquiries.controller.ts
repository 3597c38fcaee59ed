import { createHash } from 'node:crypto';
import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import type { KzRegion } from '@aiqyn/contracts';
import { type Caller, Can, From, NotFound, type Page, pageById, PageQuery, type Tx } from '@aiqyn/platform';
import { suspicion } from '../check-enrichment/checks.rules.js';
import { EnrichmentChecks } from '../check-enrichment/enrichment-checks.js';
import type { Proven } from '../check-enrichment/household.rules.js';
import { ofRegions } from '../areas/regional.js';
import { Policies } from '../policies/policies.js';
import { referFinding } from '../refer-finding/referral.js';
import { DecideInquiry, Explain, ExtendTerm, Recheck } from './inquiry.dto.js';
import { explainBy, extendedBy, mayDecide, provenOf } from './inquiry.rules.js';
import { Inquiry } from './inquiry.schema.js';
import { type Changed, InquiryMoves, type Moved } from './inquiry-moves.js';

/** From the signal over the explanation to a decision by another person. */
@Controller('v1/enrichment-inquiries')
export class InquiriesController {
  constructor(
    @InjectModel(Inquiry.name) private readonly inquiries: Model<Inquiry>,
    private readonly moves: InquiryMoves,
    private readonly checks: EnrichmentChecks,
    private readonly policies: Policies,
  ) {}

  @Get()
  @Can('enrichment:read')
  list(@Query() query: PageQuery, @From() caller: Caller): Promise<Page<object>> {
    return pageById(this.inquiries, query, { filter: ofRegions(caller), hide: ['events'] });
  }

  @Get(':id')
  @Can('enrichment:read')
  async read(@Param('id', ParseUUIDPipe) id: string, @From() caller: Caller): Promise<object> {
    const file = await this.inquiries.findOne({ _id: { $eq: id }, ...ofRegions(caller) }).lean<Inquiry>();
    if (!file) throw new NotFound();
    const { _id: inquiryId, events: _, ...shown } = file;
    return { inquiryId, ...shown };
  }

  /** The person is told what does not add up; their term begins. */
  @Post(':id/notice')
  @HttpCode(200)
  @Can('enrichment:inquire')
  notify(@Param('id', ParseUUIDPipe) id: string, @From() caller: Caller): Promise<Moved> {
    const { explanationTerms: pack } = this.policies;
    return this.moves.step(id, caller, (_, day) => ({
      ...{ to: 'notified', due: explainBy(pack, day) },
      set: { notice: { by: caller.id, day, policy: pack.id } },
    }));
  }

  /** The person told a valid reason within the first month. */
  @Post(':id/extension')
  @HttpCode(200)
  @Can('enrichment:inquire')
  extend(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { reason }: ExtendTerm,
    @From() caller: Caller,
  ): Promise<Moved> {
    return this.moves.step(id, caller, (file, day) => ({
      due: extendedBy(this.policies.explanationTerms, file, day),
      set: { extension: reason },
    }));
  }

  @Post(':id/explanation')
  @HttpCode(200)
  @Can('enrichment:inquire')
  explain(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { sources }: Explain,
    @From() caller: Caller,
  ): Promise<Moved> {
    return this.moves.step(id, caller, (_, day) => ({
      ...{ to: 'explained', due: null },
      set: { explanation: { by: caller.id, day, sources: sources.map((source) => ({ ...source })) } },
    }));
  }

  /** The checks once more, with what was declared since and what was proven of the explanation. */
  @Post(':id/recheck')
  @HttpCode(200)
  @Can('enrichment:inquire')
  recheck(@Param('id', ParseUUIDPipe) id: string, @Body() body: Recheck, @From() caller: Caller): Promise<Moved> {
    return this.moves.step(id, caller, async (file, day, tx) => {
      const proven = provenOf(file.explanation?.sources ?? [], body.proven);
      const { outcomes, basis } = await this.again(tx, file, proven);
      const checks = suspicion(outcomes).codes;
      return {
        ...{ to: 'rechecked', due: null },
        set: { rechecked: { by: caller.id, day, basis, proven, checks, outcomes } },
      };
    });
  }

  /** By another person than who notified: justified, referred for a case, or closed. */
  @Post(':id/decision')
  @HttpCode(200)
  @Can('enrichment:decide')
  decide(@Param('id', ParseUUIDPipe) id: string, @Body() asked: DecideInquiry, @From() caller: Caller): Promise<Moved> {
    const { outcome, reason } = asked;
    return this.moves.step(id, caller, async (file, day, tx): Promise<Changed> => {
      const decision = { by: caller.id, day, outcome, reason };
      // From any other state the transition table refuses it.
      if (file.state !== 'rechecked') return { to: outcome, set: { decision } };
      const { basis } = await this.again(tx, file, file.rechecked!.proven);
      mayDecide(file, { ...asked, by: caller.id, basis });
      if (outcome !== 'referred') return { to: outcome, set: { decision } };
      const { areaCode, region, bodyBin: organisationBin } = file;
      const about = { day, kind: 'enrichment' as const, subjectId: id, areaCode };
      const body = { category: 'unjustified-enrichment' as const, region: region as KzRegion, organisationBin };
      // Reporting opens a case of it; one an inquiry, since the subject of a referral is unique.
      const { findingId } = referFinding(tx, about, body, caller);
      return { to: outcome, set: { decision: { ...decision, findingId } } };
    });
  }

  private async again(tx: Tx, file: Inquiry, proven: readonly Proven[]) {
    const found = (await this.checks.fileOf(tx, file.personId, file.year, proven))!;
    const basis = createHash('sha256')
      .update(JSON.stringify([found.ids, found.file.facts]))
      .digest('base64url');
    return { outcomes: this.checks.judge(found.file), basis };
  }
}
