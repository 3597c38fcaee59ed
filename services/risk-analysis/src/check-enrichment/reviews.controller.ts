import { Controller, Get, Param, Query } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Type } from 'class-transformer';
import { IsInt, Max, Min } from 'class-validator';
import type { Model } from 'mongoose';
import { type Caller, Can, From, NotFound, type Page, pageById, PageQuery } from '@aiqyn/platform';
import { Declaration } from '../declare-assets/declaration.schema.js';
import { ofRegions } from '../areas/regional.js';
import { Policies } from '../policies/policies.js';
import { type Check, checkAll } from './checks.rules.js';
import { packOn } from './enrichment-pack.rules.js';
import { dayOf } from './household.rules.js';
import { EnrichmentReview } from './review.schema.js';

class ComparatorQuery {
  /** Tiyn for one hryvnia: the asker's rate, which is kept in the evidence; we have none of our own. */
  @Type(() => Number) @IsInt() @Min(1) @Max(1_000_000) tiynPerUah: number;
}

/** What the checks say, and what another law would say of the same. */
@Controller('v1/enrichment-reviews')
export class ReviewsController {
  constructor(
    @InjectModel(EnrichmentReview.name) private readonly reviews: Model<EnrichmentReview>,
    @InjectModel(Declaration.name) private readonly declarations: Model<Declaration>,
    private readonly policies: Policies,
  ) {}

  @Get()
  @Can('enrichment:read')
  list(@Query() query: PageQuery, @From() caller: Caller): Promise<Page<object>> {
    return pageById(this.reviews, query, { filter: ofRegions(caller), hide: ['events', 'facts'] });
  }

  @Get(':id')
  @Can('enrichment:read')
  async read(@Param('id') id: string, @From() caller: Caller): Promise<object> {
    const { _id: reviewId, events: _, ...shown } = await this.one(id, caller);
    return { reviewId, ...shown };
  }

  /** Comparators of Ukraine: computed only when asked for, and stored nowhere. */
  @Get(':id/comparators')
  @Can('enrichment:read')
  async compare(
    @Param('id') id: string,
    @Query() { tiynPerUah }: ComparatorQuery,
    @From() caller: Caller,
  ): Promise<{ checks: Check[] }> {
    const { declarationId, beforeId, facts } = await this.one(id, caller);
    const [declared, before] = [await this.version(declarationId), beforeId ? await this.version(beforeId) : null];
    const file = { declared: declared!, ...(before ? { before } : {}), facts, proven: [], wins: [] };
    const { enrichmentPacks, mci } = this.policies;
    return { checks: checkAll(file, packOn(enrichmentPacks, 'UA', dayOf(file.declared)), mci, tiynPerUah) };
  }

  private version(id: string): Promise<Declaration | null> {
    return this.declarations.findOne({ _id: { $eq: id } }).lean<Declaration>();
  }

  private async one(id: string, caller: Caller): Promise<EnrichmentReview> {
    const row = await this.reviews.findOne({ _id: { $eq: id }, ...ofRegions(caller) }).lean<EnrichmentReview>();
    if (!row) throw new NotFound();
    return row;
  }
}
