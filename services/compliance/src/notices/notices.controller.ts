import { Controller, Get, Query } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { IsIn, IsOptional, Matches } from 'class-validator';
import type { Model } from 'mongoose';
import { type Caller, Can, From, type Page, pageById, PageQuery } from '@aiqyn/platform';
import { ownBody } from '../people/own-body.rules.js';
import { DELIVERIES, type Delivery } from './delivery.rules.js';
import { NOTICE_KINDS, type NoticeKind } from './notice-kinds.rules.js';
import { Notice } from './notice.schema.js';

export class NoticesQuery extends PageQuery {
  @IsOptional() @IsIn(DELIVERIES) delivery?: Delivery;
  @IsOptional() @IsIn(NOTICE_KINDS) kind?: NoticeKind;
  @IsOptional() @Matches(/^[A-Za-z0-9-]{1,60}$/) aboutId?: string;
}

/** Who was told what, and whether it got there. */
@Controller('v1/notices')
export class NoticesController {
  constructor(@InjectModel(Notice.name) private readonly notices: Model<Notice>) {}

  @Get()
  @Can('notice:read')
  list(@Query() query: NoticesQuery, @From() caller: Caller): Promise<Page<object>> {
    const own = ownBody(caller.subject?.department);
    const { delivery, kind, aboutId } = query;
    const filter = {
      ...(own ? { organisationBin: own } : {}),
      ...(delivery ? { delivery } : {}),
      ...(kind ? { kind } : {}),
      ...(aboutId ? { aboutId } : {}),
    };
    return pageById(this.notices, query, { filter, hide: ['events'] });
  }
}
