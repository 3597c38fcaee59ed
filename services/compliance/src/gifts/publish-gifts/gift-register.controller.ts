import { Readable } from 'node:stream';
import { Controller, Get, Param, ParseUUIDPipe, Query, StreamableFile } from '@nestjs/common';
import { InjectConnection, InjectModel } from '@nestjs/mongoose';
import type { Connection, Model } from 'mongoose';
import { NotFound, type Page, pageById, PageQuery, Public, Sends } from '@aiqyn/platform';
import { type Entry, entryOf } from './register.rules.js';
import { csvFile } from './register-files.js';
import { REGISTER, RegisterRow } from './register.schema.js';

/** The public register of gifts, and how often offers were refused, body by body. */
@Controller('v1')
export class GiftRegisterController {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    @InjectModel(RegisterRow.name) private readonly rows: Model<RegisterRow>,
  ) {}

  @Get('gift-register')
  @Public()
  async list(@Query() query: PageQuery): Promise<Page<Entry>> {
    const { items, nextCursor } = (await pageById(this.rows, query)) as Page<RegisterRow>;
    return {
      items: items.map(({ _id, versions }) => entryOf(_id, versions)),
      ...(nextCursor ? { nextCursor } : {}),
    };
  }

  @Get('gift-register.csv')
  @Sends(['text/csv'])
  @Public()
  file(): StreamableFile {
    const pieces = Readable.from(csvFile(this.connection.db!.collection<RegisterRow>(REGISTER)));
    return new StreamableFile(pieces, {
      type: 'text/csv; charset=utf-8',
      disposition: 'attachment; filename="gifts.csv"',
    });
  }

  /** Counts by body, year and state: what a refused offer is known by. */
  @Get('gift-register/numbers')
  @Public()
  async numbers(): Promise<{ items: object[] }> {
    // What was said last of the body and the state, first of the day; a version that does not say it stands not in the list.
    const last = (column: string) => ({ $last: `$versions.set.${column}` });
    const items = await this.rows.aggregate<object>([
      {
        $group: {
          _id: {
            organisationBin: last('organisationBin'),
            year: { $substrBytes: [{ $first: '$versions.set.declaredDay' }, 0, 4] },
            state: last('state'),
          },
          count: { $sum: 1 },
        },
      },
      { $replaceWith: { $mergeObjects: ['$_id', { count: '$count' }] } },
      { $sort: { organisationBin: 1, year: 1, state: 1 } },
    ]);
    return { items };
  }

  /** One entry with all that it said before. */
  @Get('gift-register/:id')
  @Public()
  async read(@Param('id', ParseUUIDPipe) id: string): Promise<object> {
    const row = await this.rows.findOne({ _id: { $eq: id } }).lean<RegisterRow>();
    if (!row) throw new NotFound();
    return { ...entryOf(id, row.versions), versions: row.versions };
  }
}
