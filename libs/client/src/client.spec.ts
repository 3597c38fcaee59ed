import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AiqynError, aiqynClient, asItIs, onceFor } from './index.js';

interface Asked {
  readonly line: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const ID = '3f0c2c7e-5d0a-4f7e-8f53-0a4f6a1c9f10';
const GIFT = { type: 'urn:aiqyn:problem:gift_allowed', title: 'Not acceptable by a rule', code: 'gift_allowed' };

describe('a client of the services', () => {
  const asked: Asked[] = [];
  let answer = { status: 200, type: 'application/json', body: '{"reportId":"r"}', more: {} as Record<string, string> };
  let server: Server;
  let url: string;

  beforeAll(async () => {
    server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const { method, url: address, headers } = request;
        asked.push({ line: `${method} ${address}`, headers, body: Buffer.concat(parts).toString() });
        response.writeHead(answer.status, { 'content-type': answer.type, ...answer.more }).end(answer.body);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));
  beforeEach(() => {
    asked.length = 0;
    answer = { status: 200, type: 'application/json', body: '{"reportId":"r"}', more: {} };
  });

  const refused = async (call: Promise<unknown>): Promise<AiqynError> => {
    const error: unknown = await call.then(
      () => new Error('it was not refused'),
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(AiqynError);
    return error as AiqynError;
  };

  it('puts parameters where they belong and shows the token', async () => {
    const aiqyn = aiqynClient({ 'risk-analysis': `${url}/` }, 'a-token');
    const query = { origin: 'published' as const, from: 3 };
    await aiqyn['risk-analysis'].POST('/v1/procurement/releases', {
      params: { query },
      body: '{"ocid":"a"}\n',
      ...asItIs('application/x-ndjson', { 'idempotency-key': 'lines-1-to-40-of-may' }),
    });
    expect(asked).toMatchObject([
      {
        line: 'POST /v1/procurement/releases?origin=published&from=3',
        headers: {
          authorization: 'Bearer a-token',
          'content-type': 'application/x-ndjson',
          'idempotency-key': 'lines-1-to-40-of-may',
        },
        body: '{"ocid":"a"}\n',
      },
    ]);
  });

  it('shows no token where it has none: a citizen reports without a login', async () => {
    await aiqynClient({ reporting: url }).reporting.POST('/v1/reports', {
      body: { category: 'bribery', areaCode: 'roads', region: 'KZ-75', narrative: 'They asked for money.' },
    });
    expect(asked[0]!.headers).not.toHaveProperty('authorization');
    expect(JSON.parse(asked[0]!.body)).toMatchObject({ category: 'bribery' });
  });

  it('asks for the token at every call, so that it may be renewed', async () => {
    let count = 0;
    const aiqyn = aiqynClient({ reporting: url }, () => Promise.resolve(`token-${++count}`));
    const params = { path: { id: ID } };
    await aiqyn.reporting.GET('/v1/cases/{id}', { params });
    await aiqyn.reporting.GET('/v1/cases/{id}', { params });
    expect(asked.map(({ headers }) => headers.authorization)).toEqual(['Bearer token-1', 'Bearer token-2']);
    expect(asked[0]!.line).toBe(`GET /v1/cases/${ID}`);
  });

  it('gives every write a key of its own, a read none, and leaves one that the call brings', async () => {
    const { reporting } = aiqynClient({ reporting: url }, 't');
    const params = { path: { id: ID } };
    await reporting.POST('/v1/cases/{id}/triage', { params });
    await reporting.POST('/v1/cases/{id}/triage', { params });
    await reporting.GET('/v1/cases/{id}', { params });
    await reporting.POST('/v1/cases/{id}/triage', { params, ...(await onceFor('triage of the first case')) });
    await reporting.POST('/v1/cases/{id}/triage', { params, ...(await onceFor('triage of the first case')) });
    const [first, second, read, named, again] = asked.map(({ headers }) => headers['idempotency-key'] as string);
    expect(first).toMatch(/^[!-~]{16,200}$/);
    expect(second).not.toBe(first);
    expect(read).toBeUndefined();
    expect(named).toMatch(/^[0-9a-f]{64}$/);
    expect(again).toBe(named);
  });

  it('hands the version that was read back to the write', async () => {
    answer.more = { etag: '"4"' };
    const { reporting } = aiqynClient({ reporting: url }, 't');
    const params = { path: { id: ID } };
    const { response } = await reporting.GET('/v1/cases/{id}', { params });
    await reporting.POST('/v1/cases/{id}/triage', {
      params: { ...params, header: { 'if-match': response.headers.get('etag')! } },
    });
    expect(asked[1]!.headers['if-match']).toBe('"4"');
  });

  it('throws a problem with its code and fields', async () => {
    const fields = [{ field: 'receivedDay', problem: 'is before 2013' }];
    const body = JSON.stringify({
      ...GIFT,
      status: 422,
      detail: 'rule set X allowed this gift',
      fields,
      traceId: 'abc',
    });
    answer = { status: 422, type: 'application/problem+json; charset=utf-8', body, more: {} };
    const error = await refused(aiqynClient({ compliance: url }, 't').compliance.GET('/v1/goals'));
    expect(error).toMatchObject({ status: 422, code: 'gift_allowed', fields, problem: { traceId: 'abc' } });
    expect(error.message).toBe(
      'GET /v1/goals: 422 gift_allowed; rule set X allowed this gift; receivedDay: is before 2013',
    );
  });

  it('says when to come again', async () => {
    const body = JSON.stringify({ ...GIFT, code: 'busy', status: 503, detail: 'try again later' });
    answer = { status: 503, type: 'application/problem+json', body, more: { 'retry-after': '2' } };
    expect(await refused(aiqynClient({ compliance: url }).compliance.GET('/v1/goals'))).toMatchObject({
      code: 'busy',
      retryAfter: 2,
      fields: [],
    });
  });

  it('knows what a proxy says from what a service says', async () => {
    answer = { status: 502, type: 'text/html', body: '<h1>Bad gateway</h1>', more: {} };
    const error = await refused(aiqynClient({ compliance: url }).compliance.GET('/v1/goals'));
    expect(error).toMatchObject({ status: 502, code: 'not_a_problem', retryAfter: undefined });
  });

  it('lets a failed connection be what it is: nobody answered', async () => {
    const closed = aiqynClient({ compliance: 'http://127.0.0.1:1' }).compliance.GET('/v1/goals');
    await expect(closed).rejects.toThrow('fetch failed');
  });

  it('takes no address, field or value that the documents do not have', () => {
    const { reporting } = aiqynClient({ reporting: url });
    // Never called: the compiler is what is asked here, and `@ts-expect-error` fails the build where it has nothing to say.
    const wrong = [
      // @ts-expect-error -- of this service no address is known
      () => void aiqynClient({ reporting: url }).compliance,
      // @ts-expect-error -- there is no such address
      () => reporting.GET('/v1/rumours'),
      // @ts-expect-error -- the id is missing
      () => reporting.POST('/v1/cases/{id}/triage'),
      // @ts-expect-error -- nor is this a category
      () => reporting.POST('/v1/reports', { body: { category: 'rumour', areaCode: 'roads', region: 'KZ-75' } }),
    ];
    expect(wrong).toHaveLength(4);
  });
});
