import { Body, Controller, Get, HttpCode, Param, Post, Query, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { RuleError } from '@aiqyn/contracts';
import { type Caller, From, NotFound, PageQuery, Public, Sends, Takes } from '@aiqyn/platform';
import { AskStatus } from '../../consultation/follow-comment/follow-comment.controller.js';
import { TellComments } from '../../consultation/follow-comment/tell-comments.js';
import { SubmitComment } from '../../consultation/submit-comment/submit-comment.dto.js';
import { TakeComments } from '../../consultation/submit-comment/take-comments.js';
import { LostPage } from '../page-frame/lost-page.js';
import { AnId, asPage, IN_EACH_LANGUAGE, InLanguage } from '../page-frame/reader.js';
import type { Say } from '../site-words/site-words.rules.js';
import { consultationPage, consultationsPage, receiptPage, statusPage } from './consultation-page.rules.js';
import { ConsultationViews } from './consultation-views.js';
import { readForm, typedIn } from './read-form.js';

const FORM = { type: 'object', additionalProperties: { type: 'string' } };

/** Consultations for people: what is asked, what was said, and forms that work without a script. */
@Controller(IN_EACH_LANGUAGE)
@UseFilters(LostPage)
@Sends(['text/html'], 404)
export class FollowConsultationController {
  constructor(
    private readonly views: ConsultationViews,
    private readonly take: TakeComments,
    private readonly tell: TellComments,
  ) {}

  @Get('consultations')
  @Public()
  async list(
    @InLanguage() say: Say,
    @Query() query: PageQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return asPage(reply, say, consultationsPage(say, await this.views.list(query)), 'never');
  }

  @Get('consultations/:id')
  @Public()
  async read(
    @InLanguage() say: Say,
    @Param('id', AnId) id: string,
    @Query() query: PageQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return asPage(reply, say, consultationPage(say, await this.views.of(id, query)), 'never');
  }

  /** Takes a comment as the API does. No cookie is set, so that a form of another site has no session to misuse. */
  @Post('consultations/:id/comments')
  @Takes({ 'application/x-www-form-urlencoded': FORM })
  @Sends(['text/html'], 404, 409, 422)
  @Public()
  async comment(
    @InLanguage() say: Say,
    @Param('id', AnId) id: string,
    @Body() form: unknown,
    @From() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const typed = typedIn(form, ['unitId', 'quote', 'kind', 'region', 'language', 'text']);
    try {
      const { quote, ...fields } = typed;
      const body = readForm(SubmitComment, { ...fields, ...(quote === undefined ? {} : { quote: { text: quote } }) });
      return asPage(reply, say, receiptPage(say, id, await this.take.take(id, body, caller)), 'never');
    } catch (error) {
      if (!(error instanceof RuleError)) throw error;
      const view = await this.views.of(id, new PageQuery());
      const field = error.details?.field;
      const refused = { typed, code: error.code, ...(field === undefined ? {} : { field }) };
      void reply.status(error.code === 'reception_closed' ? 409 : 422);
      return asPage(reply, say, consultationPage(say, { ...view, refused }), 'never');
    }
  }

  @Post('comments/status')
  @Takes({ 'application/x-www-form-urlencoded': FORM })
  @HttpCode(200)
  @Public()
  async status(
    @InLanguage() say: Say,
    @Body() form: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    try {
      const { receiptNumber } = readForm(AskStatus, typedIn(form, ['receiptNumber']));
      return asPage(reply, say, statusPage(say, await this.tell.status(receiptNumber)), 'never');
    } catch (error) {
      if (!(error instanceof NotFound || error instanceof RuleError)) throw error;
      void reply.status(404);
      return asPage(reply, say, statusPage(say), 'never');
    }
  }
}
