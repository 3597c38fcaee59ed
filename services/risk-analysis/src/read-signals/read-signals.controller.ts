import { Controller, Get, Param, Query } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { IsIn, IsOptional, Matches } from 'class-validator';
import { type Model, trusted } from 'mongoose';
import { AREAS, type Area } from '@aiqyn/contracts';
import { Can, IsDay, NotFound, type Page, pageById, PageQuery } from '@aiqyn/platform';
import { Release } from '../import-releases/release.schema.js';
import { Flag } from '../indicators/flag.schema.js';
import { Pattern } from '../judge-groups/group.schema.js';
import { FenceSnapshot, Outlier } from '../tell-outliers/outlier.schema.js';
import { asOf, type Lived } from '../indicators/lived.rules.js';

export class SignalQuery extends PageQuery {
  /** The signals as they stood on that day; left out, as they stand. */
  @IsOptional() @IsDay() asOf?: string;
  @IsOptional() @Matches(/^[A-Z0-9-]{1,20}$/) indicator?: string;
}

export class FlagQuery extends SignalQuery {
  @IsOptional() @IsIn(AREAS) areaCode?: Area;
}

/** The signals that stand, or stood on a day: flags of processes, and who stands out among all. */
@Controller('v1')
export class ReadSignalsController {
  constructor(
    @InjectModel(Flag.name) private readonly flags: Model<Flag>,
    @InjectModel(Release.name) private readonly releases: Model<Release>,
    @InjectModel(FenceSnapshot.name) private readonly snapshots: Model<FenceSnapshot>,
    @InjectModel(Pattern.name) private readonly patterns: Model<Pattern>,
    @InjectModel(Outlier.name) private readonly outliers: Model<Outlier>,
  ) {}

  @Get('flags')
  @Can('flag:read')
  listFlags(@Query() query: FlagQuery): Promise<Page<object>> {
    const { areaCode } = query;
    return list(this.flags, query, areaCode ? { areaCode } : {});
  }

  /** One signal with its evidence, whatever it says now. */
  @Get('flags/:id')
  @Can('flag:read')
  async readFlag(@Param('id') id: string): Promise<object> {
    const flag = await this.flags.findOne({ _id: id }, { events: 0, version: 0 }).lean<Flag>();
    if (!flag) throw new NotFound();
    return flag;
  }

  /** What each indicator says of each process: an answer, or why there is none. */
  @Get('procurement/releases')
  @Can('flag:read')
  listReleases(@Query() query: PageQuery): Promise<Page<object>> {
    return pageById(this.releases, query, { hide: ['events', 'version', 'projection'] });
  }

  /** The snapshot of the fences that is in force; empty before the first one. */
  @Get('outliers/fences')
  @Can('flag:read')
  async fences(): Promise<object> {
    return (await this.snapshots.findOne({}, {}, { sort: { no: -1 } }).lean<FenceSnapshot>()) ?? {};
  }

  /** Signals about many purchases together. */
  @Get('patterns')
  @Can('flag:read')
  listPatterns(@Query() query: SignalQuery): Promise<Page<object>> {
    return list(this.patterns, query, {});
  }

  @Get('outliers')
  @Can('flag:read')
  listOutliers(@Query() query: SignalQuery): Promise<Page<object>> {
    return list(this.outliers, query, {});
  }
}

type Row = Lived & { readonly _id: string; readonly events: number; readonly version: number };

async function list<T extends Row>(model: Model<T>, query: SignalQuery, more: object): Promise<Page<object>> {
  const { asOf: day, indicator } = query;
  const filter = { ...more, ...(indicator ? { indicator } : {}) };
  const hide = ['events', 'version'] as const;
  if (!day) return pageById(model, query, { filter: { ...filter, outcome: 'triggered' }, hide });
  const stood = [
    { outcome: 'triggered', since: trusted({ $lte: day }) },
    { earlier: trusted({ $elemMatch: { outcome: 'triggered', from: { $lte: day }, to: { $gt: day } } }) },
  ];
  const page = await pageById(model, query, { filter: { ...filter, $or: stood }, hide });
  // What is known of it today (value, evidence) is of today's version: on that day it may have been another one.
  return { ...page, items: (page.items as T[]).map((row) => atThatTime(row, day)) };
}

function atThatTime({ _id, ...row }: Row, day: string): object {
  if (row.since <= day) return { _id, ...row };
  const { ocid, group, subjectId, indicator, areaCode } = row as Record<string, unknown>;
  const known = Object.entries({ ocid, group, subjectId, indicator, areaCode }).filter(([, v]) => v !== undefined);
  return { _id, ...Object.fromEntries(known), ...asOf(row, day) };
}
