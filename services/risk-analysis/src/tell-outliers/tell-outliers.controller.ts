import { Controller, Get, Post, Query } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { type Caller, Can, From, type Page, pageById, PageQuery } from '@aiqyn/platform';
import { Outlier } from './outlier.schema.js';
import { Outliers } from './outliers.js';

/** Who stands out among all: R024, R025, R038, R048, R058. */
@Controller('v1/outliers')
export class TellOutliersController {
  constructor(
    @InjectModel(Outlier.name) private readonly rows: Model<Outlier>,
    private readonly outliers: Outliers,
  ) {}

  @Get()
  @Can('flag:read')
  list(@Query() query: PageQuery): Promise<Page<object>> {
    return pageById(this.rows, query, { filter: { outcome: 'triggered' }, hide: ['events', 'version'] });
  }

  /** Takes a snapshot of the fences now, and judges everybody by it. After a crash in between a timer goes on. */
  @Post()
  @Can('outlier:tell')
  tell(@From() caller: Caller): Promise<{ snapshot: string; processes: number; outliers: number }> {
    return this.outliers.tell(caller.id);
  }
}
