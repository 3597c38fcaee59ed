import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Answer, TestPlatform } from './harness/platform.js';
import { startPlatform } from './harness/platform.js';

const good = { category: 'bribery', areaCode: 'roads', region: 'KZ-75', narrative: 'text of the narrative' };

describe('bad input is refused at the edge, loses nothing and tells nothing', () => {
  let platform: TestPlatform;

  beforeAll(async () => {
    platform = await startPlatform('edge', ['reporting', 'risk-analysis', 'compliance']);
  }, 120_000);
  afterAll(() => platform?.stop());

  const problem = (answer: Answer, status: number, code: string): void => {
    expect([answer.status, answer.body.code, answer.headers.get('content-type')]).toEqual([
      status,
      code,
      'application/problem+json; charset=utf-8',
    ]);
    expect(answer.body.traceId).toMatch(/^[0-9a-f]{32}$/);
    expect(JSON.stringify(answer.body)).not.toMatch(/mongo|at \/|node_modules|secret-value/i);
  };
  const submit = (body: unknown) => platform.call('reporting', '/v1/reports', { body });

  it.each([
    ['an unknown field', { ...good, secretField: 'secret-value' }, 'secretField'],
    ['a wrong check digit', { ...good, organisationBin: '000000000011' }, 'organisationBin'],
    ['a region that does not exist', { ...good, region: 'KZ-99' }, 'region'],
    ['an area that does not exist', { ...good, areaCode: 'secret-value' }, 'areaCode'],
    ['negative tiyn', { ...good, allegedAmount: -1 }, 'allegedAmount'],
    ['fractional tiyn', { ...good, allegedAmount: 0.5 }, 'allegedAmount'],
    ['tiyn as text', { ...good, allegedAmount: '100' }, 'allegedAmount'],
    ['tiyn beyond what a number holds', { ...good, allegedAmount: 2 ** 53 }, 'allegedAmount'],
    ['an operator instead of a text', { ...good, narrative: { $gt: '' } }, 'narrative'],
    ['an operator in a code', { ...good, category: { $ne: null } }, 'category'],
    [
      'an unknown field in a nested object',
      { ...good, narrative: undefined, sealedNarrative: { enc: 'A'.repeat(43), ciphertext: 'AA', x: 1 } },
      'sealedNarrative.x',
    ],
    [
      'a nested object that is none',
      { ...good, narrative: undefined, sealedNarrative: 'secret-value' },
      'sealedNarrative',
    ],
    ['no narrative at all', { ...good, narrative: undefined }, 'narrative'],
    ['an array', [good], 'undefined'],
  ])('names the field for %s', async (_, body, field) => {
    const answer = await submit(body);
    problem(answer, 400, 'invalid_input');
    const fields = (answer.body.fields as { field: string }[]).map((f) => f.field);
    if (field !== 'undefined') expect(fields).toContain(field);
  });

  it('takes a report in which a client wrote null for what may be left out', async () => {
    const nulls = { mode: null, organisationBin: null, allegedAmount: null, contact: null, sealedContact: null };
    expect(await submit({ ...good, ...nulls })).toMatchObject({ status: 201, body: { reportId: expect.any(String) } });
  });

  it('answers an id that is far too long like any other wrong one', async () => {
    const answer = await platform.call('reporting', `/v1/cases/${'x'.repeat(8_000)}`, { as: 'supervisor' });
    problem(answer, 404, 'not_found');
  });

  it('answers malformed JSON, a foreign media type and a body over the limit', async () => {
    problem(
      await platform.call('reporting', '/v1/reports', {
        raw: { type: 'application/json', text: '{"category": "bribery' },
      }),
      400,
      'malformed_body',
    );
    // Also what a page of another origin may send without asking first: its form, or a text.
    for (const type of ['text/xml', 'text/plain', 'application/x-www-form-urlencoded'])
      problem(
        await platform.call('reporting', '/v1/reports', { raw: { type, text: JSON.stringify(good) } }),
        415,
        'unsupported_media_type',
      );
    problem(await submit({ ...good, narrative: 'x'.repeat(1024 * 1024) }), 413, 'body_too_large');
  });

  it.each(['__proto__', 'constructor'])('refuses a body that would change what all objects have (%s)', async (name) => {
    const text = JSON.stringify(good).replace('{', `{"${name}": {"prototype": {"narrative": "x"}, "isAdmin": true},`);
    const answer = await platform.call('reporting', '/v1/reports', { raw: { type: 'application/json', text } });
    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer.body)).not.toContain('isAdmin');
  });

  it('lists no folder, and gives no file that is none of the documentation', async () => {
    const paths = ['/.git/config', '/package.json', '/sbom.json', '/docs/../package.json', '/docs/%2e%2e/package.json'];
    for (const path of [
      ...paths,
      '/docs/%2e%2e%2fpackage.json',
      '/docs/%252e%252e%252fpackage.json',
      '/docs/static/',
      '/..%2f..%2fetc/passwd',
      '/data/',
    ])
      problem(await platform.call('reporting', path), 404, 'not_found');
  });

  it.each(['short', 'has a space in the middle of it', 'кілт-кілт-кілт-кілт'.slice(0, 0) || 'x'.repeat(201)])(
    'refuses the Idempotency-Key %p',
    async (key) => {
      problem(
        await platform.call('reporting', '/v1/reports', { body: good, headers: { 'idempotency-key': key } }),
        400,
        'invalid_idempotency_key',
      );
    },
  );

  it('gives one answer to every token that is not right', async () => {
    const path = '/v1/cases';
    const [symmetric, withModulus, ownKey] = await platform.issuer.confused('x', ['triage-officer']);
    const wrong = {
      symmetric: `Bearer ${symmetric}`,
      modulus: `Bearer ${withModulus}`,
      'a key of its own': `Bearer ${ownKey}`,
      'nobody in it': `Bearer ${await platform.issuer.token('', ['triage-officer'])}`,
      none: undefined,
      garbage: 'Bearer abc',
      expired: `Bearer ${await platform.issuer.token('x', ['triage-officer'], { expires: '-1m' })}`,
      audience: `Bearer ${await platform.issuer.token('x', ['triage-officer'], { audience: 'others' })}`,
      issuer: `Bearer ${await platform.issuer.token('x', ['triage-officer'], { issuer: 'http://evil.example' })}`,
      unsigned: `Bearer ${platform.issuer.unsigned('x', ['triage-officer'])}`,
      early: `Bearer ${await platform.issuer.token('x', ['triage-officer'], { from: '5m' })}`,
      'an ID token of Keycloak': `Bearer ${await platform.issuer.token('x', ['triage-officer'], { typ: 'ID' })}`,
      'a logout token': `Bearer ${await platform.issuer.token('x', ['triage-officer'], { headerTyp: 'logout+jwt' })}`,
      forged: `Bearer ${(await platform.issuer.token('x', ['triage-officer'])).replace(/\.[^.]*$/, '.AAAA')}`,
    };
    for (const authorization of Object.values(wrong)) {
      const answer = await platform.call('reporting', path, { headers: authorization ? { authorization } : {} });
      problem(answer, 401, 'unauthenticated');
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    }
    problem(await platform.call('reporting', path, { as: 'editor' }), 403, 'forbidden');
    // Both leave a line: who was not permitted what, and why a token was refused, without the token or whom it names.
    const lines = platform
      .logs()
      .split('\n')
      .filter((line) => /token refused|not permitted/.test(line))
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines).toContainEqual(
      expect.objectContaining({ msg: 'not permitted', subject: 'editor', permission: 'case:read', route: path }),
    );
    const refused = lines.filter(({ msg }) => msg === 'token refused');
    expect(refused).toHaveLength(Object.values(wrong).filter(Boolean).length);
    expect(new Set(refused.map(({ reason }) => reason))).toContain('ERR_JWT_EXPIRED');
    expect(refused.some((line) => 'subject' in line || JSON.stringify(line).includes('eyJ'))).toBe(false);
    const told = { typ: 'Bearer', headerTyp: 'at+jwt' };
    const access = { authorization: `Bearer ${await platform.issuer.token('x', ['triage-officer'], told)}` };
    expect((await platform.call('reporting', path, { headers: access })).status).toBe(200);
    expect((await platform.call('reporting', path, { as: 'triage-officer' })).status).toBe(200);
  });

  it('answers ids that do not exist and ids that cannot exist', async () => {
    const unknown = '00000000-0000-4000-8000-000000000000';
    problem(await platform.call('reporting', `/v1/cases/${unknown}`, { as: 'investigator' }), 404, 'not_found');
    const odd = await platform.call('reporting', `/v1/cases/${encodeURIComponent('{"$gt":""}')}`, {
      as: 'investigator',
    });
    problem(odd, 404, 'not_found');
    problem(await platform.call('reporting', '/v1/cases?limit[$gt]=1', { as: 'triage-officer' }), 400, 'invalid_input');
    problem(
      await platform.call('reporting', '/v1/cases?limit=1&limit=2', { as: 'triage-officer' }),
      400,
      'invalid_input',
    );
    problem(await platform.call('reporting', '/v1/cases?limit=1000', { as: 'triage-officer' }), 400, 'invalid_input');
    problem(await platform.call('reporting', '/v1/nothing-here', { as: 'triage-officer' }), 404, 'not_found');
  });

  it('tells a wrong receipt code nothing', async () => {
    problem(
      await platform.call('reporting', '/v1/reports/status', { body: { receiptCode: '1'.repeat(26) } }),
      404,
      'not_found',
    );
    problem(
      await platform.call('reporting', '/v1/reports/status', { body: { receiptCode: { $gt: '' } } }),
      400,
      'invalid_input',
    );
  });

  it('keeps the good lines of an NDJSON import and names the broken one', async () => {
    const line = (i: number): string => JSON.stringify({ ocid: `ocds-line-${i}`, date: '2025-08-01T02:20:02Z' });
    const text = [line(1), '{"ocid": "ocds-li', line(3), '{"date":"2025-08-01T02:20:02Z"}', '', line(6)].join('\n');
    const answer = await platform.call('risk-analysis', '/v1/procurement/releases?origin=published', {
      as: 'registry',
      raw: { type: 'application/x-ndjson', text },
    });
    expect(answer.body).toEqual({
      recorded: 3,
      unchanged: 0,
      refusedInAll: 2,
      lastLine: 6,
      refused: [
        { line: 2, code: 'not_json', path: '' },
        { line: 4, code: 'missing_ocid', path: '/ocid' },
      ],
    });
    problem(
      await platform.call('risk-analysis', '/v1/procurement/releases?origin=published', {
        as: 'registry',
        body: { nothing: 1 },
      }),
      400,
      'not_a_release_package',
    );
    problem(
      await platform.call('risk-analysis', '/v1/procurement/releases', { as: 'registry', body: { releases: [] } }),
      400,
      'invalid_input',
    );
  });

  const gift = {
    ...{ officialIin: '850101300095', organisationBin: '050540000016', sector: 'state', recipient: 'official' },
    ...{ receipt: 'unknowing', receivedDay: '2025-03-01', knownDay: '2025-03-02', kind: 'thing' },
    giver: { kind: 'unknown' },
  };
  it.each([
    [{ receivedDay: '2025-02-30' }, 400, 'invalid_input', 'receivedDay'],
    [{ receivedDay: undefined, knownDay: undefined }, 400, 'invalid_input', 'receivedDay'],
    [{ receivedDay: '2025-03-03' }, 422, 'known_before_received', 'knownDay'],
    [{ knownDay: '2999-03-01' }, 422, 'day_in_future', 'knownDay'],
    [{ receivedDay: '2001-03-02' }, 422, 'no_pack_for_day', 'receivedDay'],
    [{ receipt: 'knowing' }, 422, 'known_from_receipt', 'knownDay'],
    [{ officialIin: undefined, recipient: 'family', relation: 'spouse' }, 400, 'invalid_input', 'officialIin'],
    [{ officialIin: '850101300096' }, 400, 'invalid_input', 'officialIin'],
    [{ recipient: 'family' }, 422, 'wrong_fields', 'relation'],
    [{ recipient: 'family', relation: 'neighbour' }, 400, 'invalid_input', 'relation'],
    [{ recipient: 'family', relation: 'child', recipientIin: '850101300095' }, 422, 'refers_to_itself', 'recipientIin'],
    [{ organisationBin: '850101300095' }, 422, 'number_of_a_person', 'organisationBin'],
    [{ giver: undefined }, 400, 'invalid_input', 'giver'],
    [{ giver: { kind: 'somebody' } }, 400, 'invalid_input', 'giver.kind'],
    [{ giver: { kind: 'organisation' } }, 422, 'wrong_fields', 'giver.bin'],
    [{ giver: { kind: 'organisation', bin: '850101300095' } }, 422, 'number_of_a_person', 'giver.bin'],
    [{ giver: { kind: 'unknown', iin: '850101300095' } }, 422, 'wrong_fields', 'giver.iin'],
    [{ estimatedValue: -1 }, 400, 'invalid_input', 'estimatedValue'],
    [{ estimatedValue: 0.5 }, 400, 'invalid_input', 'estimatedValue'],
    [{ estimatedValue: null }, 400, 'invalid_input', 'estimatedValue'],
    [{ recipientIin: null }, 400, 'invalid_input', 'recipientIin'],
    [{ giver: { kind: 'unknown', bin: null } }, 400, 'invalid_input', 'giver.bin'],
    [{ giver: null }, 400, 'invalid_input', 'giver'],
    [{ note: 'from Aigul' }, 400, 'invalid_input', 'note'],
  ])('refuses the gift %j', async (wrong, status, code, field) => {
    const body = { ...gift, ...wrong };
    const answer = await platform.call('compliance', '/v1/gifts', { as: 'compliance-officer', body });
    problem(answer, status, code);
    expect((answer.body.fields as { field: string }[]).map((one) => one.field)).toContain(field);
    expect(JSON.stringify(answer.body)).not.toContain('850101300095');
  });

  it('takes a gift of no value, and refuses to declare what was allowed when it was received', async () => {
    const declare = (body: object) => platform.call('compliance', '/v1/gifts', { as: 'compliance-officer', body });
    expect((await declare({ ...gift, estimatedValue: 0 })).body).toMatchObject({
      state: 'declared',
      because: 'any-value',
    });
    problem(await declare({ ...gift, receivedDay: '2020-10-05', estimatedValue: 2_778_000 }), 422, 'gift_allowed');
    expect((await declare({ ...gift, receivedDay: '2020-10-05', estimatedValue: 2_778_001 })).status).toBe(201);
  });

  it('gives a list page by page, each row once and no sealed field', async () => {
    for (let i = 0; i < 3; i += 1) expect((await submit(good)).status).toBe(201);
    const ids: string[] = [];
    for (let cursor = ''; ;) {
      const { body } = await platform.call('reporting', `/v1/cases?limit=2${cursor && `&cursor=${cursor}`}`, {
        as: 'triage-officer',
      });
      expect(JSON.stringify(body)).not.toMatch(/narrative|receiptVerifier|ciphertext/);
      ids.push(...(body.items as { _id: string }[]).map((r) => r._id));
      cursor = (body.nextCursor as string | undefined) ?? '';
      if (!cursor) break;
    }
    expect(ids.length).toBeGreaterThanOrEqual(3);
    expect(ids).toEqual([...new Set(ids)].sort());
  });

  it('asks for no secret and no number of a person in an address', async () => {
    const names = new Set<string>();
    for (const service of ['reporting', 'risk-analysis', 'compliance'] as const) {
      const { paths } = (await platform.call(service, '/openapi.json')).body as {
        paths: Record<string, Record<string, { parameters?: { in: string; name: string }[] }>>;
      };
      for (const operation of Object.values(paths).flatMap((methods) => Object.values(methods)))
        for (const { in: place, name } of operation.parameters ?? []) if (place !== 'header') names.add(name);
    }
    expect(names.size).toBeGreaterThan(10);
    expect([...names].filter((name) => /receipt|token|secret|password|iin$|narrative|contact/i.test(name))).toEqual([]);
  });

  it('is running still, healthy, described and measured', async () => {
    expect((await submit(good)).status).toBe(201);
    for (const service of ['reporting', 'risk-analysis', 'compliance'] as const) {
      expect((await platform.call(service, '/health/live')).status).toBe(200);
      expect((await platform.call(service, '/health/ready')).status).toBe(200);
      expect((await platform.call(service, '/openapi.json')).body.openapi).toBe('3.1.0');
      expect((await platform.call(service, '/metrics')).body).toContain('aiqyn_http_request_seconds');
      expect((await platform.call(service, '/docs')).status).toBe(200);
    }
  });
});
