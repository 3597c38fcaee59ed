import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PERMISSIONS, type Permission } from '@aiqyn/platform';
import { type Answer, startPlatform, type TestPlatform } from './harness/platform.js';

const VIEWER = 'viewer';
const roles = [...new Set(Object.values(PERMISSIONS).flat())].sort();
const handlers = ['triage-officer', 'investigator'];

/** How a case stands to the viewer; whether it exists for a role. */
const RELATIONS = {
  unassigned: { row: {}, exists: () => true },
  assigned: { row: { assignees: [VIEWER, 'other'] }, exists: () => true },
  'assigned to others': { row: { assignees: ['other'] }, exists: (role: string) => !handlers.includes(role) },
  recused: { row: { excluded: [VIEWER], assignees: ['other'] }, exists: () => false },
  named: { row: { excluded: ['other', VIEWER] }, exists: () => false },
  'of another region': { row: { region: 'KZ-71' }, exists: () => false },
} as const;
type Relation = keyof typeof RELATIONS;

/** A body that each route takes, by the last part of its address: what is refused must not be the body. */
const sealed = { enc: 'A'.repeat(43), ciphertext: 'A'.repeat(1387) };
const BODIES: Record<string, () => object> = {
  rejection: () => ({ reason: 'insufficient', feedback: 'too-little-to-go-on' }),
  merger: () => ({ into: randomUUID() }),
  findings: () => ({ finding: 'substantiated' }),
  suspension: () => ({ reason: 'person-not-found', reviewDay: '2099-01-01' }),
  resumption: () => ({ reason: 'new-fact' }),
  decision: () => ({ outcome: 'decided-not-liable', legalForceDay: '2025-01-01' }),
  referral: () => ({ to: 'general-prosecutor' }),
  closure: () => ({ feedback: 'no-violation-found' }),
  reopening: () => ({ reason: 'new-evidence' }),
  'legal-hold': () => ({ reason: 'inspection' }),
  release: () => ({ reason: 'inspection-over' }),
  extension: () => ({ reason: 'complex-facts' }),
  assignment: () => ({ assignees: ['somebody'] }),
  recusal: () => ({ reason: 'own-interest' }),
  'named-persons': () => ({ subject: 'somebody' }),
  'identity-requests': () => ({ reason: 'protection' }),
  'identity-approvals': () => ({ requestedBy: 'somebody' }),
  protection: () => ({ measure: 'witness-protection' }),
  refusal: () => ({ reason: 'no-detriment' }),
  eligibility: () => ({ excluded: [] }),
  reward: () => ({}),
  appeal: () => ({}),
  'appeal-decision': () => ({ outcome: 'upheld' }),
  identity: () => ({}),
  payment: () => ({}),
  reversal: () => ({ reportId: randomUUID(), legalForceDay: '2025-02-01' }),
  messages: () => ({ messageId: randomUUID(), sealed }),
  questions: () => ({ messageId: randomUUID(), sealed }),
};

describe('who may know of a case', () => {
  let platform: TestPlatform;
  let template: Record<string, unknown>;
  const routes: { method: string; path: string; permission: Permission }[] = [];
  const tokens = new Map<string, string>();

  const collection = () =>
    platform.environment.database('reporting').collection<{ _id: string; [field: string]: unknown }>('cases');
  /** A case that stands to the viewer like that. */
  const caseThat = async (relation: Relation): Promise<string> => {
    const _id = randomUUID();
    await collection().insertOne({ ...template, ...RELATIONS[relation].row, _id, receiptVerifier: _id });
    // A complaint of the same id, for the routes that go on to one.
    const complaint = { _id, caseId: _id, version: 1, events: 1, state: 'lodged', kind: 'threat', account: sealed };
    await platform.environment
      .database('reporting')
      .collection<{ _id: string }>('retaliation_complaints')
      .insertOne({ ...complaint, lodgedDay: '2025-03-01' } as { _id: string });
    // And a file.
    const attachment = { _id, caseId: _id, header: sealed, chunks: 1, next: 1, state: 'complete', day: '2025-03-01' };
    const rows = (name: string) => platform.environment.database('reporting').collection<{ _id: string }>(name);
    await rows('attachments').insertOne({ ...attachment, completeBy: '2025-03-08' } as { _id: string });
    const stored = { _id, length: 4, chunkSize: 4, filename: _id, uploadDate: new Date('2025-03-01') };
    await rows('attachments.files').insertOne(stored);
    await rows('attachments.chunks').insertOne({ _id, files_id: _id, n: 0, data: Buffer.from('file') } as {
      _id: string;
    });
    return _id;
  };
  const call = async (role: string, method: string, path: string): Promise<Answer> => {
    const last = path.split('/').at(-1)!;
    const body = method === 'POST' ? BODIES[last]?.() : undefined;
    const headers = { authorization: `Bearer ${tokens.get(role)}` };
    return platform.call('reporting', path, { method, headers, ...(body ? { body } : {}) });
  };
  const at = (path: string, id: string): string =>
    path.replace('{id}', id).replace('{complaintId}', id).replace('{attachmentId}', id);
  const shown = ({ status, body }: Answer): object => {
    const { traceId: _, ...rest } = body as Record<string, unknown>;
    return { status, ...rest };
  };

  beforeAll(async () => {
    platform = await startPlatform('access', ['reporting']);
    for (const role of [...roles, 'nobody'])
      tokens.set(role, await platform.issuer.token(VIEWER, [role], { regions: ['KZ-75', 'KZ-79'] }));
    const report = { category: 'bribery', areaCode: 'roads', region: 'KZ-75', narrative: 'x' };
    const { reportId } = (await platform.call('reporting', '/v1/reports', { body: report })).body as {
      reportId: string;
    };
    const reward = { state: 'pending-eligibility', reporters: [reportId], excluded: [], parts: [] };
    // What is sealed is bound to its row: the copies of it are as old as cases without keys.
    const { key: _key, ...row } = (await collection().findOne({ _id: reportId }))!;
    template = { ...row, narrative: sealed, reward, decidedDay: '2025-01-01' };
    const { body } = await platform.call('reporting', '/openapi.json');
    const paths = (body as { paths: Record<string, Record<string, unknown>> }).paths;
    for (const [path, methods] of Object.entries(paths)) {
      if (!/^\/v1\/(cases|reports)\/\{id\}/.test(path)) continue;
      for (const method of Object.keys(methods)) {
        const answer = await call('nobody', method.toUpperCase(), at(path, randomUUID()));
        expect([path, answer.status]).toEqual([path, 403]);
        const permission = /permission (\S+)$/.exec(String(answer.body.detail))![1] as Permission;
        routes.push({ method: method.toUpperCase(), path, permission });
      }
    }
  }, 120_000);
  afterAll(() => platform?.stop());

  it('is asked of every route to a case', () => {
    expect(routes.length).toBeGreaterThanOrEqual(20);
    expect(routes.filter((r) => !(r.permission in PERMISSIONS))).toEqual([]);
  });

  it.each(roles)(
    'is decided for %s on every route, in every relation to the case',
    async (role) => {
      const hidden = Object.fromEntries(
        await Promise.all((Object.keys(RELATIONS) as Relation[]).map(async (r) => [r, await caseThat(r)] as const)),
      );
      for (const { method, path, permission } of routes) {
        const allowed = (PERMISSIONS[permission] as readonly string[]).includes(role);
        const random = shown(await call(role, method, at(path, randomUUID())));
        for (const relation of Object.keys(RELATIONS) as Relation[]) {
          const exists = RELATIONS[relation].exists(role);
          // A command may change what is seen, so that each one that is let in gets a case of its own.
          const id = allowed && exists ? await caseThat(relation) : hidden[relation]!;
          const answer = await call(role, method, at(path, id));
          const cell = `${method} ${path} ${relation}: ${answer.status}`;
          if (!allowed) expect(`${cell} ${answer.status === 403}`).toBe(`${cell} true`);
          else if (!exists) expect({ cell, ...shown(answer) }).toEqual({ cell, ...random, status: 404 });
          else expect(`${cell} ${[400, 401, 403, 404, 500].includes(answer.status)}`).toBe(`${cell} false`);
        }
      }
    },
    240_000,
  );

  it('shows in no list, and in no filter of one, what does not exist for the viewer', async () => {
    await collection().deleteMany({});
    const ids = new Map<string, Relation>();
    for (const relation of Object.keys(RELATIONS) as Relation[])
      for (let i = 0; i < 3; i += 1) ids.set(await caseThat(relation), relation);
    for (const role of roles) {
      for (const path of ['/v1/cases?limit=200', '/v1/cases?limit=200&state=received']) {
        const { status, body } = await call(role, 'GET', path);
        if (status === 403) continue;
        const seen = (body.items as { _id: string }[]).map((c) => ids.get(c._id)!);
        const expected = [...ids.values()].filter((relation) => RELATIONS[relation].exists(role));
        expect({ role, path, seen: [...seen].sort() }).toEqual({ role, path, seen: [...expected].sort() });
      }
    }
  });

  it('shuts the case at once to who steps back or is named, whatever version they hold, and keeps the dialogue', async () => {
    const id = await caseThat('unassigned');
    await collection().updateOne({ _id: id }, { $set: { state: 'under-investigation' } });
    const as = (subject: string, role: string, path: string, body?: object, headers = {}) =>
      platform.issuer.token(subject, [role]).then((token) =>
        platform.call('reporting', `/v1/cases/${id}${path}`, {
          ...(body ? { body } : {}),
          headers: { authorization: `Bearer ${token}`, ...headers },
        }),
      );
    expect((await as('anna', 'investigator', '/messages', { messageId: randomUUID(), sealed })).status).toBe(201);
    expect((await as('anna', 'investigator', '/named-persons', { subject: 'boris' })).status).toBe(200);
    expect((await as('boris', 'supervisor', '')).status).toBe(404);
    const refused = await as('dina', 'supervisor', '/assignment', { assignees: ['anna', 'boris'] });
    expect([refused.status, refused.body.code, JSON.stringify(refused.body).includes('boris')]).toEqual([
      422,
      'not_assignable',
      false,
    ]);
    expect((await as('dina', 'supervisor', '/assignment', { assignees: ['anna'] })).status).toBe(200);
    expect((await as('anna', 'investigator', '/recusal', { reason: 'knows-a-person' })).status).toBe(200);
    for (const headers of [{}, { 'if-match': '"1"' }, { 'if-match': '"99"' }]) {
      const shut = await as('anna', 'investigator', '/messages', { messageId: randomUUID(), sealed }, headers);
      expect([shut.status, shut.body.code]).toEqual([404, 'not_found']);
    }
    expect((await as('emil', 'investigator', '/messages')).body.items).toHaveLength(1);
  });
});
