import { createParamDecorator, type ExecutionContext, type PipeTransform } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { NotFound } from '@aiqyn/platform';
import { CHARTS_POLICY, CONTENT_POLICY } from '../../publication/render-page/content-policy.rules.js';
import { LANGUAGES } from '../../report-model/report-model.rules.js';
import { SAY } from '../site-words/shipped-words.js';
import type { Say } from '../site-words/site-words.rules.js';

/** The languages as the first part of an address; each controller of the site stands below all of them. */
export const IN_EACH_LANGUAGE = [...LANGUAGES];

export const sayTo = ({ url }: Pick<FastifyRequest, 'url'>): Say =>
  SAY[LANGUAGES.find((one) => url === `/${one}` || new RegExp(`^/${one}[/?]`).test(url)) ?? 'kk'];

/** The language that the reader chose by the address. */
export const InLanguage = createParamDecorator((_: unknown, context: ExecutionContext): Say =>
  sayTo(context.switchToHttp().getRequest<FastifyRequest>()),
);

/** A part of an address that can be no id is that of nothing: the same page as for one that is not there. */
class Shaped implements PipeTransform<string, string> {
  constructor(private readonly shape: RegExp) {}

  transform(value: string): string {
    if (!this.shape.test(value)) throw new NotFound();
    return value;
  }
}
export const AnId = new Shaped(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
export const ANumber = new Shaped(/^[A-Za-z0-9][A-Za-z0-9.-]{0,149}$/);
export const AnIndex = new Shaped(/^[a-z][a-z-]{1,39}$/);

/** Sends a page; only one with charts may run a script. It may be kept for a minute; an answer to a form, and what a form has just changed, by nobody. */
export function asPage(
  reply: FastifyReply,
  say: Say,
  html: string,
  kept: 'a-minute' | 'never' = 'a-minute',
  charts: 'with-charts' | 'without-charts' = 'without-charts',
): string {
  void reply
    .header('content-type', 'text/html; charset=utf-8')
    .header('content-security-policy', charts === 'with-charts' ? CHARTS_POLICY : CONTENT_POLICY)
    .header('content-language', say.language)
    .header('cache-control', kept === 'never' ? 'no-store' : 'public, max-age=60');
  return html;
}
