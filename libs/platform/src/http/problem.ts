import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Inject, Injectable } from '@nestjs/common';
import { RuleError } from '@aiqyn/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Busy, ConcurrentChange, CONFLICTS, IdempotencyMismatch, NotFound } from '../errors.js';
import type { Logger } from '../observe/logger.js';
import { currentTrace } from '../observe/trace.js';
import { LOGGER } from '../tokens.js';

export interface FieldProblem {
  readonly field: string;
  readonly problem: string;
}

/** A refusal with a stable code (RFC 9457). `detail` says what would be right; it never repeats the input. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    readonly extra: {
      fields?: readonly FieldProblem[];
      allowed?: readonly string[];
      open?: { readonly count: number; readonly first: readonly string[] };
      retryAfter?: number;
      /** What the resource does have, when it is asked for another method. */
      methods?: readonly string[];
    } = {},
  ) {
    super(code);
  }
}

const TITLES: Record<number, string> = {
  400: 'The request cannot be read',
  401: 'Not authenticated',
  403: 'Not permitted',
  404: 'Not found',
  405: 'No such method',
  409: 'Not possible in the present state',
  412: 'Changed meanwhile',
  413: 'Too large',
  415: 'Unsupported media type',
  422: 'Not acceptable by a rule',
  428: 'A precondition is required',
  503: 'Come again',
};

/** The one place that turns an error into a status and a code; what it does not know is a 500 that tells nothing. */
export function problemOf(error: unknown, ifMatch: boolean): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof RuleError) {
    const { field, allowed, open } = error.details ?? {};
    return new Problem(CONFLICTS.has(error.code) ? 409 : 422, error.code, error.message, {
      ...(field ? { fields: [{ field, problem: error.message }] } : {}),
      ...(allowed ? { allowed } : {}),
      ...(open ? { open } : {}),
    });
  }
  if (error instanceof NotFound) return new Problem(404, error.code, 'there is no such resource for you');
  if (error instanceof ConcurrentChange) {
    return new Problem(ifMatch ? 412 : 409, error.code, 'somebody changed it first: read it again');
  }
  if (error instanceof Busy) return new Problem(503, error.code, 'try again later', { retryAfter: error.retryAfter });
  if (error instanceof IdempotencyMismatch) return new Problem(422, error.code, error.message);
  // An id in an address that is none of ours is that of no row: the same answer as to a random one.
  if (error instanceof HttpException && /(uuid|numeric string) is expected/.test(error.message)) return ofStatus(404);
  if (error instanceof HttpException) return ofStatus(error.getStatus());
  const { statusCode } = error as { statusCode?: number };
  if (statusCode && statusCode >= 400 && statusCode < 500) return ofStatus(statusCode);
  return new Problem(500, 'internal_error', 'the fault is on our side; the trace id finds it');
}

function ofStatus(status: number): Problem {
  const known: Record<number, [string, string]> = {
    400: ['malformed_body', 'the body must be well-formed JSON'],
    404: ['not_found', 'there is no such resource for you'],
    413: ['body_too_large', 'the body is over the limit of this route'],
    415: ['unsupported_media_type', 'send application/json'],
  };
  const [code, detail] = known[status] ?? ['refused', 'the request was refused'];
  return new Problem(status, code, detail);
}

/** Answers every error as `application/problem+json`; logs what is ours, with the trace id and without the request. */
@Catch()
@Injectable()
export class ProblemFilter implements ExceptionFilter {
  constructor(@Inject(LOGGER) private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    if (host.getType() !== 'http') throw error;
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const problem = problemOf(error, request.headers['if-match'] !== undefined);
    if (problem.status >= 500 && problem.status !== 503) {
      const { name, message, stack } = error as Error;
      this.logger.error({ err: { name, message, stack } }, 'request failed');
    }
    if (problem.extra.retryAfter) void reply.header('retry-after', String(problem.extra.retryAfter));
    if (problem.extra.methods) void reply.header('allow', problem.extra.methods.join(', '));
    void reply
      .status(problem.status)
      .header('content-type', 'application/problem+json; charset=utf-8')
      .send({
        type: `urn:aiqyn:problem:${problem.code}`,
        title: TITLES[problem.status] ?? 'Error',
        status: problem.status,
        code: problem.code,
        detail: problem.detail,
        ...(problem.extra.fields ? { fields: problem.extra.fields } : {}),
        ...(problem.extra.allowed ? { allowed: problem.extra.allowed } : {}),
        ...(problem.extra.open ? { open: problem.extra.open } : {}),
        traceId: currentTrace()?.traceId,
      });
  }
}
