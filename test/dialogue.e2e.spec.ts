import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { channelKeyPair, open, replyKeyPair, seal, type Sealed } from '@aiqyn/reporting/sealing';
import { eventually } from './harness/eventually.js';
import { openInvestigation } from './harness/investigation.js';
import { type Answer, startPlatform, type TestPlatform } from './harness/platform.js';

const CANARY = 'CANARY-55c1-сәуле';

interface Shown {
  readonly messageId: string;
  readonly from: string;
  readonly no: number;
  readonly sealed?: Sealed;
  readonly damaged?: boolean;
}

describe('a reporting person and an office write to each other', () => {
  let platform: TestPlatform;
  const caseId = randomUUID();
  let receiptCode: string;
  let replyKey: { publicKey: string; privateKey: string };
  const place = (messageId: string) => ({ caseId, field: `message/${messageId}` });
  const office = (path: string, body?: unknown, as = 'investigator'): Promise<Answer> =>
    platform.call('reporting', `/v1/cases/${caseId}/${path}`, {
      as,
      body,
      method: body === undefined ? 'GET' : 'POST',
    });
  const citizen = (path: string, body: object): Promise<Answer> =>
    platform.call('reporting', `/v1/reports/${path}`, { body: { receiptCode, ...body } });
  /** What an office's machine sends: sealed to the reporting person, a copy to the channel. */
  const letter = async (text: string, messageId = randomUUID()) => ({
    messageId,
    sealed: strip(await seal(replyKey.publicKey, place(messageId), text, 'client')),
    copy: strip(await seal(platform.publicKey, place(messageId), text, 'client')),
  });
  const strip = ({ enc, ciphertext }: Sealed) => ({ enc, ciphertext });

  beforeAll(async () => {
    platform = await startPlatform('dialogue', ['reporting']);
    const sealedNarrative = strip(
      await seal(platform.publicKey, { caseId, field: 'narrative' }, `Пара сұрады. ${CANARY}`, 'client'),
    );
    const body = { category: 'bribery', areaCode: 'roads', region: 'KZ-75', reportId: caseId, sealedNarrative };
    const answer = await platform.call('reporting', '/v1/reports', { body });
    expect([answer.status, answer.body.reportId]).toEqual([201, caseId]);
    ({ receiptCode } = answer.body as { receiptCode: string });
    replyKey = await replyKeyPair(receiptCode);
    const post = (as: string, path: string) =>
      platform.call('reporting', `/v1/cases/${caseId}/${path}`, { as, method: 'POST' });
    await post('intake-officer', 'acknowledgement');
    await post('triage-officer', 'triage');
    expect((await openInvestigation(platform, caseId)).status).toBe(200);
  }, 120_000);
  afterAll(() => platform?.stop());

  it('takes an id that the client chose once', async () => {
    const sealedNarrative = strip(await seal(platform.publicKey, { caseId, field: 'narrative' }, 'x', 'client'));
    const body = { category: 'bribery', areaCode: 'roads', region: 'KZ-75', reportId: caseId, sealedNarrative };
    const again = await platform.call('reporting', '/v1/reports', { body });
    expect([again.status, again.body.code]).toEqual([409, 'already_done']);
    const unbound = await platform.call('reporting', '/v1/reports', { body: { ...body, reportId: undefined } });
    expect([unbound.status, unbound.body.fields[0].field]).toEqual([400, 'reportId']);
  });

  it('takes the key for replies once', async () => {
    expect((await citizen('reply-key', { publicKey: replyKey.publicKey })).status).toBe(200);
    expect((await citizen('reply-key', { publicKey: replyKey.publicKey })).status).toBe(200);
    const other = await citizen('reply-key', { publicKey: (await channelKeyPair()).publicKey });
    expect([other.status, other.body.code]).toEqual([409, 'already_done']);
  });

  it('carries a question there and the answer back, readable only on the two machines', async () => {
    const asked = await office('questions', await letter(`Қай күні? ${CANARY}`));
    expect([asked.status, asked.body.state]).toEqual([201, 'needs-information']);
    expect((await citizen('status', {})).body).toMatchObject({ state: 'needs-information', unread: 1 });

    const list = (await citizen('messages/list', {})).body.items as Shown[];
    expect(list.map((m) => [m.no, m.from])).toEqual([[1, 'office']]);
    expect(await open(replyKey.privateKey, place(list[0]!.messageId), list[0]!.sealed!)).toBe(`Қай күні? ${CANARY}`);
    expect((await citizen('status', {})).body.unread).toBe(0);

    // A client that cannot seal: sealed in memory on arrival, marked so, with a copy for the writer.
    const answered = await citizen('messages', { text: `Наурыздың үші. ${CANARY}` });
    expect([answered.status, answered.body.no]).toEqual([201, 2]);
    const { body } = await office('messages');
    const [question, answer] = body.items as Shown[];
    expect(answer!.sealed).toMatchObject({ by: 'service' });
    expect(await open(platform.privateKey, place(answer!.messageId), answer!.sealed!)).toBe(`Наурыздың үші. ${CANARY}`);
    expect(await open(platform.privateKey, place(question!.messageId), question!.sealed!)).toBe(`Қай күні? ${CANARY}`);
    const narrative = await open(platform.privateKey, { caseId, field: 'narrative' }, body.narrative as Sealed);
    expect(narrative).toBe(`Пара сұрады. ${CANARY}`);
    const own = ((await citizen('messages/list', {})).body.items as Shown[])[1]!;
    expect(await open(replyKey.privateKey, place(own.messageId), own.sealed!)).toBe(`Наурыздың үші. ${CANARY}`);

    const seen = await platform.call('reporting', `/v1/cases/${caseId}`, { as: 'investigator' });
    expect(seen.body).toMatchObject({ state: 'under-investigation', dialogue: { unread: { office: 1 } } });
    await office('messages/seen', {});
    const after = await platform.call('reporting', `/v1/cases/${caseId}`, { as: 'investigator' });
    expect(after.body).toMatchObject({ dialogue: { unread: { office: 0 } } });
  });

  it('goes on without an answer when the office withdraws its question, and only then', async () => {
    const none = await office('questions/withdrawal', {});
    expect([none.status, none.body.code]).toEqual([409, 'illegal_transition']);
    await office('questions', await letter('Тағы бір сұрақ'));
    expect((await office('questions/withdrawal', {})).body).toMatchObject({ state: 'under-investigation' });
  });

  it('notices a ciphertext that was swapped for another in the database', async () => {
    const [first, second] = [await letter('бірінші'), await letter('екінші')];
    for (const one of [first, second]) expect((await office('messages', one)).status).toBe(201);
    const rows = platform.environment.database('reporting').collection<{ _id: string; sealed: Sealed }>('messages');
    const [a, b] = [(await rows.findOne({ _id: first.messageId }))!, (await rows.findOne({ _id: second.messageId }))!];
    await rows.updateOne({ _id: a._id }, { $set: { sealed: b.sealed } });
    await rows.updateOne({ _id: b._id }, { $set: { sealed: a.sealed } });
    const items = (await citizen('messages/list', {})).body.items as Shown[];
    for (const id of [a._id, b._id]) {
      const item = items.find((m) => m.messageId === id)!;
      expect(item).toMatchObject({ damaged: true });
      expect(item).not.toHaveProperty('sealed');
    }
    expect(items.filter((m) => !m.damaged && m.from === 'office').length).toBeGreaterThan(0);
  });

  it('refuses what is cut off, too long, unpadded, or not theirs', async () => {
    const good = await letter('x');
    const bad = async (sealed: object): Promise<unknown[]> => {
      const { status, body } = await office('messages', { ...good, sealed });
      return [status, (body.fields as { field: string }[])[0]!.field];
    };
    const { enc, ciphertext } = good.sealed;
    expect(await bad({ enc, ciphertext: ciphertext.slice(0, -10) })).toEqual([400, 'sealed.ciphertext']);
    expect(await bad({ enc, ciphertext: 'A'.repeat(700_000) })).toEqual([400, 'sealed.ciphertext']);
    expect(await bad({ enc, ciphertext: '$'.repeat(ciphertext.length) })).toEqual([400, 'sealed.ciphertext']);
    expect(await bad({ enc: 'short', ciphertext })).toEqual([400, 'sealed.enc']);
    expect((await office('messages', good, 'court-clerk')).status).toBe(403);
    const stranger = await platform.call('reporting', '/v1/reports/messages', {
      body: { receiptCode: '12345678901234567890123456', text: 'x' },
    });
    expect([stranger.status, stranger.body.code]).toEqual([404, 'not_found']);
  });

  it('lets the reporting person show more of themselves, never less', async () => {
    const sealedContact = strip(await seal(platform.publicKey, { caseId, field: 'contact' }, `+7 ${CANARY}`, 'client'));
    expect((await citizen('mode', { mode: 'named', sealedContact })).body).toEqual({ mode: 'named' });
    const down = await citizen('mode', { mode: 'confidential', sealedContact });
    expect([down.status, down.body.code]).toEqual([422, 'only_upwards']);
  });

  it('shows who wrote only with a reason and after another person agreed', async () => {
    const refused = await office('identity');
    expect([refused.status, refused.body.code]).toEqual([422, 'not_approved']);
    expect((await office('identity-requests', { reason: 'witness-hearing' })).status).toBe(201);
    expect((await office('identity')).body.code).toBe('not_approved');
    expect((await office('identity-approvals', { requestedBy: 'investigator' })).status).toBe(403);
    expect((await office('identity-approvals', { requestedBy: 'nobody' }, 'custodian')).body.code).toBe('no_request');
    expect((await office('identity-approvals', { requestedBy: 'investigator' }, 'custodian')).status).toBe(200);
    expect((await office('identity', undefined, 'supervisor')).body.code).toBe('not_approved');
    const { body } = await office('identity');
    expect(await open(platform.privateKey, { caseId, field: 'contact' }, body.contact as Sealed)).toBe(`+7 ${CANARY}`);
    const actions = await platform.environment.database('reporting').collection('journal').distinct('entries.action');
    expect(actions).toEqual(expect.arrayContaining(['identity:ask', 'identity:approve', 'identity:see']));
  });

  it('keeps every word out of stores, topics and logs, and each look in the audit', async () => {
    const db = platform.environment.database('reporting');
    const found: string[] = [];
    for (const { name } of await db.listCollections().toArray())
      for await (const doc of db.collection(name).find())
        for (const secret of [CANARY, receiptCode, replyKey.privateKey])
          if (JSON.stringify(doc).includes(secret)) found.push(name);
    const bytes: string[] = [];
    const consumer = platform.environment.kafka.consumer({ groupId: `${platform.environment.prefix}canary` });
    await consumer.connect();
    await consumer.subscribe({ topic: `${platform.environment.prefix}reporting.events`, fromBeginning: true });
    await consumer.run({ eachMessage: ({ message }) => Promise.resolve(void bytes.push(message.value!.toString())) });
    await eventually(() => expect(bytes.filter((b) => b.includes('"from":"office"')).length).toBeGreaterThanOrEqual(4));
    await consumer.disconnect();
    for (const secret of [CANARY, receiptCode]) {
      if (bytes.join().includes(secret)) found.push('topic');
      if (platform.logs().includes(secret)) found.push('log');
    }
    expect(found).toEqual([]);
    const looks = await db
      .collection<{ entries: { action: string }[] }>('journal')
      .find({ 'entries.action': 'message:read' })
      .toArray();
    expect(looks.length).toBeGreaterThan(0);
  });
});
