import { type ArgumentsHost, Catch, Controller, type ExceptionFilter, Get, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { NotFound, Public, Sends } from '@aiqyn/platform';
import { lostPage } from './page-frame.rules.js';
import { asPage, IN_EACH_LANGUAGE, sayTo } from './reader.js';

/** What is not there, or not published, as a page in the language of the address. */
@Catch(NotFound)
export class LostPage implements ExceptionFilter {
  catch(_error: NotFound, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const reply = http.getResponse<FastifyReply>();
    const say = sayTo(http.getRequest<FastifyRequest>());
    void reply.status(404).send(asPage(reply, say, lostPage(say), 'never'));
  }
}

/** Whatever else stands below a language. */
@Controller(IN_EACH_LANGUAGE)
@UseFilters(LostPage)
@Sends(['text/html'], 404)
export class LostPageController {
  @Get('*')
  @Public()
  lost(): never {
    throw new NotFound();
  }
}
