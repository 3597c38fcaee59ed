import { Controller, Get, Query, Res } from '@nestjs/common';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import type { FastifyReply } from 'fastify';
import { Public, Sends } from '@aiqyn/platform';
import { chartsScript, scriptVersion } from '../../publication/walk-charts/shipped-script.js';

export class ScriptQuery {
  @IsOptional() @IsString() @MaxLength(64) v?: string;
}

/** The one script of the site: pages name it with its version, so that a browser fetches it once and never keeps an old one. */
@Controller()
export class ChartsScriptController {
  @Get('charts.js')
  @Public()
  @Sends(['text/javascript'])
  read(@Query() { v }: ScriptQuery, @Res() reply: FastifyReply): void {
    void reply
      .header('content-type', 'text/javascript; charset=utf-8')
      .header('x-content-type-options', 'nosniff')
      .header('cache-control', v === scriptVersion ? 'public, max-age=31536000, immutable' : 'no-cache')
      .send(Buffer.from(chartsScript));
  }
}
