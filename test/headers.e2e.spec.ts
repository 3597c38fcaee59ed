import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startPlatform, type TestPlatform } from './harness/platform.js';

/** What differs from request to request, or is the body's own business. */
const CHANGING = new Set(['date', 'content-length', 'keep-alive', 'connection', 'transfer-encoding']);

describe('what every answer says to a browser', () => {
  let platform: TestPlatform;
  beforeAll(async () => {
    platform = await startPlatform('headers', ['report-compilation', 'compliance']);
  }, 120_000);
  afterAll(() => platform.stop());

  const headersOf = async (
    service: 'report-compilation' | 'compliance',
    path: string,
    as?: string,
    headers: Record<string, string> = {},
  ): Promise<Record<string, unknown>> => {
    const answer = await platform.call(service, path, { as, headers: { origin: 'https://evil.example', ...headers } });
    return {
      status: answer.status,
      ...Object.fromEntries([...answer.headers].filter(([name]) => !CHANGING.has(name))),
    };
  };

  const SAFE = {
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'x-frame-options': 'DENY',
    'cross-origin-resource-policy': 'same-origin',
    'strict-transport-security': 'max-age=31536000; includeSubDomains',
  };
  const NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  it('public JSON: kept by nobody, no origin let in, nothing to run', async () => {
    expect(await headersOf('report-compilation', '/v1/national-reports')).toEqual({
      ...{ status: 200, ...SAFE, 'content-security-policy': NOTHING },
      ...{ 'cache-control': 'no-store', 'content-type': 'application/json; charset=utf-8' },
    });
  });

  it('JSON for an office: the same', async () => {
    expect(await headersOf('compliance', '/v1/gifts', 'compliance-officer')).toEqual({
      ...{ status: 200, ...SAFE, 'content-security-policy': NOTHING },
      ...{ 'cache-control': 'no-store', 'content-type': 'application/json; charset=utf-8' },
    });
  });

  it('a problem: says how to authenticate, and no more', async () => {
    expect(await headersOf('compliance', '/v1/gifts')).toEqual({
      ...{ status: 401, ...SAFE, 'content-security-policy': NOTHING, 'www-authenticate': 'Bearer' },
      ...{ 'cache-control': 'no-store', 'content-type': 'application/problem+json; charset=utf-8' },
    });
  });

  it('a page: its own policy, which runs no script, sets no cookie and stands in no frame', async () => {
    const page = await headersOf('report-compilation', '/en');
    expect(page).toEqual({
      ...{ status: 200, ...SAFE, 'content-security-policy': expect.stringContaining("default-src 'none'") },
      ...{ 'cache-control': 'public, max-age=60', 'content-type': 'text/html; charset=utf-8' },
      'content-language': 'en',
    });
    for (const directive of ["frame-ancestors 'none'", "base-uri 'none'"])
      expect(page['content-security-policy']).toContain(directive);
    expect(page['content-security-policy']).not.toMatch(/script-src|unsafe-eval/);
  });

  it('a file: is saved, not shown', async () => {
    expect(await headersOf('compliance', '/v1/gift-register.csv')).toEqual({
      ...{ status: 200, ...SAFE, 'content-security-policy': NOTHING },
      ...{ 'cache-control': 'no-store', 'content-type': 'text/csv; charset=utf-8' },
      'content-disposition': 'attachment; filename="gifts.csv"',
    });
  });

  it('a preflight of another origin: is let in nowhere', async () => {
    const answer = await platform.call('compliance', '/v1/gifts', {
      method: 'OPTIONS',
      headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
    });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST']);
    expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  /** What comes back when these bytes are sent as they are, which no client library would do. */
  const raw = (text: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const { hostname, port } = new URL(platform.url('compliance', '/'));
      let answer = '';
      const socket = connect(Number(port), hostname, () => socket.write(text));
      socket.on('data', (bytes) => (answer += bytes.toString()));
      socket.on('error', reject).on('close', () => resolve(answer));
    });

  it('a request with two lengths: is refused, so that nothing is smuggled behind it', async () => {
    const smuggled = 'GET /v1/gifts HTTP/1.1\r\nhost: x\r\n\r\n';
    const answer = await raw(
      `POST /v1/gifts HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n${smuggled}`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer.match(/HTTP\/1\.1/g)).toHaveLength(1);
  });

  it('TRACE: is no method of anything, and gives nothing back', async () => {
    const answer = await raw('TRACE /v1/gifts HTTP/1.1\r\nhost: x\r\nx-canary: CANARY\r\nconnection: close\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 40[45] /);
    expect(answer).not.toContain('CANARY');
  });

  it('what a proxy would say of a client: changes nothing when the client says it', async () => {
    const forged = {
      ...{ 'x-forwarded-for': '127.0.0.1', 'x-real-ip': '127.0.0.1', forwarded: 'for=127.0.0.1;proto=https' },
      ...{ 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https', 'x-forwarded-prefix': '/evil' },
      ...{ 'x-original-url': '/health/live', 'x-rewrite-url': '/health/live', 'x-http-method-override': 'OPTIONS' },
      ...{ 'x-user-id': 'auditor', 'x-forwarded-user': 'auditor', 'x-roles': 'compliance-officer' },
    };
    for (const [service, path, as] of [
      ['compliance', '/v1/gifts', 'compliance-officer'],
      ['compliance', '/v1/gifts', undefined],
      ['compliance', '/v1/gifts', 'registry'],
      ['report-compilation', '/en', undefined],
    ] as const) {
      const [plain, told] = await Promise.all([
        platform.call(service, path, { as }),
        platform.call(service, path, { as, headers: forged }),
      ]);
      const without = (body: unknown): unknown =>
        typeof body === 'string' ? body : { ...(body as object), traceId: undefined };
      expect([told.status, without(told.body)]).toEqual([plain.status, without(plain.body)]);
      expect(JSON.stringify([...told.headers])).not.toContain('evil');
    }
  });
});
