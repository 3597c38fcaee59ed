import { describe, expect, it } from '@jest/globals';
import { RuleError } from '@aiqyn/contracts';
import { BadRequestException, InternalServerErrorException, NotFoundException } from '@nestjs/common';
import { Busy, ConcurrentChange, IdempotencyMismatch, NotFound } from '../errors.js';
import type { ArgumentsHost } from '@nestjs/common';
import { createLogger } from '../observe/logger.js';
import { problemOf, ProblemFilter } from './problem.js';

const SECRET = 'CANARY mongodb://reporting:hunter2@db:27017 at /app/services/reporting/dist/cases.js:12';
const unknown = (fields: object): Error => Object.assign(new Error(SECRET), fields);

describe('what an error becomes', () => {
  it.each([
    ['an error of ours', unknown({}), 500, 'internal_error'],
    ['one of the database', unknown({ name: 'MongoServerError', code: 112, errInfo: SECRET }), 500, 'internal_error'],
    ['one of a library with a status of its own', unknown({ statusCode: 502 }), 500, 'internal_error'],
    ['a body that the server cannot read', unknown({ statusCode: 413 }), 413, 'body_too_large'],
    ['a refusal of the framework', new BadRequestException(SECRET), 400, 'malformed_body'],
    ['a fault of the framework', new InternalServerErrorException(SECRET), 500, 'refused'],
    ['an address that is none', new NotFoundException(SECRET), 404, 'not_found'],
    ['a text that was thrown', SECRET, 500, 'internal_error'],
    ['a row that is not there', new NotFound(), 404, 'not_found'],
  ])('%s tells nothing of what it says', (_, error, status, code) => {
    const problem = problemOf(error, false);
    expect([problem.status, problem.code]).toEqual([status, code]);
    expect(JSON.stringify(problem) + problem.detail + problem.message).not.toMatch(/CANARY|mongodb|hunter2|\/app/);
  });

  it.each([
    ['a rule', new RuleError('some_rule', 'say it otherwise', { field: 'region' }), 422, 'some_rule'],
    [
      'a state',
      new RuleError('illegal_transition', 'not from here', { allowed: ['closed'] }),
      409,
      'illegal_transition',
    ],
    ['another who was first', new ConcurrentChange('cases'), 409, 'concurrent_change'],
    ['a key that was used for something else', new IdempotencyMismatch(), 422, 'idempotency_key_reused'],
    ['too many at once', new Busy(7), 503, 'busy'],
  ])('%s is told by its code', (_, error, status, code) => {
    expect(problemOf(error, false)).toMatchObject({ status, code });
  });

  it('says that something changed meanwhile to who named a version', () => {
    expect(problemOf(new ConcurrentChange('cases'), true).status).toBe(412);
  });
});

describe('an error that is ours', () => {
  /** What is logged when it ends a request. */
  const logged = (error: unknown): string => {
    let text = '';
    const logger = createLogger('reporting', 'info', { write: (line) => void (text += line) });
    const reply = { status: () => reply, header: () => reply, send: () => reply };
    const request = { headers: { authorization: 'Bearer CANARY' }, body: { narrative: 'CANARY' }, ip: 'CANARY' };
    const http = { getRequest: () => request, getResponse: () => reply };
    new ProblemFilter(logger).catch(error, {
      getType: () => 'http',
      switchToHttp: () => http,
    } as unknown as ArgumentsHost);
    return text;
  };

  it('leaves a line with its stack, and nothing of the request', () => {
    const line = logged(new Error('the disk is full'));
    expect(JSON.parse(line)).toMatchObject({ level: 50, msg: 'request failed', err: { message: 'the disk is full' } });
    expect(line).toContain('problem.spec');
    expect(line).not.toContain('CANARY');
  });

  it('is none where a rule says no', () => {
    expect(logged(new RuleError('some_rule', 'say it otherwise'))).toBe('');
  });
});
