import { Controller, Get, Param, ParseUUIDPipe, Query, Res } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { IsIn, IsOptional } from 'class-validator';
import type { FastifyReply } from 'fastify';
import type { Model } from 'mongoose';
import { CASE_DEADLINES, type CaseDeadline } from '@aiqyn/contracts';
import { type Caller, Can, From, NotFound, type Page, pageById, PageQuery } from '@aiqyn/platform';
import { Case, SEALED_FIELDS } from '../cases/case.schema.js';
import { visibleCases } from '../cases/case-access.js';
import { CASE_STATES, type CaseState } from '../cases/case-states.rules.js';

export class CaseQuery extends PageQuery {
  @IsOptional() @IsIn(CASE_STATES) state?: CaseState;
  /** Only cases in which that deadline towards the reporting person is missed and still open. */
  @IsOptional() @IsIn(CASE_DEADLINES) overdue?: CaseDeadline;
}

/** Cases as an office sees them: where they stand and what is due, nothing that is sealed. */
@Controller('v1/cases')
export class ReadCasesController {
  constructor(@InjectModel(Case.name) private readonly cases: Model<Case>) {}

  @Get()
  @Can('case:read')
  list(@Query() query: CaseQuery, @From() caller: Caller): Promise<Page<object>> {
    const { state, overdue } = query;
    const asked = { ...(state ? { state } : {}), ...(overdue ? { overdue } : {}) };
    return pageById(this.cases, query, { filter: visibleCases(caller, asked), hide: SEALED_FIELDS });
  }

  @Get(':id')
  @Can('case:read')
  async read(
    @Param('id', ParseUUIDPipe) id: string,
    @From() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    const hidden = Object.fromEntries(SEALED_FIELDS.map((field) => [field, 0]));
    const file = await this.cases.findOne(visibleCases(caller, { _id: id }), hidden).lean<Case>();
    if (!file) throw new NotFound();
    void reply.header('etag', `"${file.version}"`);
    return file;
  }
}
