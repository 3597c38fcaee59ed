import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsOptional, Matches } from 'class-validator';
import { type Model, trusted } from 'mongoose';
import { type Caller, Can, Clock, Commands, From, IsDay, NotFound } from '@aiqyn/platform';
import { Entity, Link } from './entity.schema.js';
import { issuesOf, type LineRefusal, type LinkLine, readLinkLine } from './link.rules.js';
import { LinkBook } from './link-book.js';

export class ImportLinks {
  /** The register that says so: a code. */
  @Matches(/^[A-Za-z0-9][A-Za-z0-9.-]{0,63}$/) source: string;
  /** Each is read for itself: a bad one keeps out no good one. */
  @IsArray() @ArrayMinSize(1) @ArrayMaxSize(1_000) links: unknown[];
}

export class AsOf {
  @IsOptional() @IsDay() day?: string;
}

/** Links that are shown of one entity. */
const SHOWN = 1_000;

/** Registries hand in who has what to do with whom; an analyst looks one up. */
@Controller('v1')
export class LinksController {
  constructor(
    @InjectModel(Entity.name) private readonly entities: Model<Entity>,
    @InjectModel(Link.name) private readonly links: Model<Link>,
    private readonly commands: Commands,
    private readonly book: LinkBook,
    private readonly clock: Clock,
  ) {}

  @Post('links')
  @HttpCode(200)
  @Can('link:import')
  import(
    @Body() { source, links }: ImportLinks,
    @From() caller: Caller,
  ): Promise<{ recorded: number; unchanged: number; refused: ({ line: number } & LineRefusal)[] }> {
    const read = links.map(readLinkLine);
    const good = read.filter((one): one is LinkLine => !('code' in one));
    const refused = read.flatMap((one, i) => ('code' in one ? [{ line: i + 1, ...one }] : []));
    return this.commands.run(caller, async (tx) => {
      const recorded = await this.book.enter(tx, source, good);
      if (recorded > 0)
        tx.audit({ actor: caller.id, action: 'link:import', resource: `${recorded} links`, outcome: 'done' });
      return { recorded, unchanged: good.length - recorded, refused };
    });
  }

  /** With the links that hold on the day (today, when none is given) and what is odd in them. */
  @Get('entities/:id')
  @Can('entity:read')
  async read(@Param('id') id: string, @Query() { day = this.clock.today() }: AsOf): Promise<object> {
    const entity = await this.entities.findOne({ _id: id }, { words: 0, born: 0, events: 0 }).lean<Entity>();
    if (!entity) throw new NotFound();
    const [open, begun, left] = [null, trusted({ $lte: day }), trusted({ $gte: day })];
    const all = await this.links
      .find(
        {
          $and: [
            { $or: [{ from: id }, { to: id }] },
            { $or: [{ since: open }, { since: begun }] },
            { $or: [{ until: open }, { until: left }] },
          ],
        },
        { events: 0 },
      )
      .sort({ _id: 1 })
      .limit(SHOWN + 1)
      .lean<Link[]>();
    const links = all.slice(0, SHOWN);
    return { ...entity, day, links, issues: issuesOf(id, links), ...(all.length > SHOWN ? { more: true } : {}) };
  }
}
