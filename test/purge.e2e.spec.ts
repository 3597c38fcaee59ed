import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { encryptionKeys, type KeyRef, unlock, wrapped } from '@aiqyn/reporting/case-keys';
import { sealChunks, sealHeader } from '@aiqyn/reporting/files';
import { open } from '@aiqyn/reporting/sealing';
import { eventually } from './harness/eventually.js';
import { type Answer, startPlatform, type TestPlatform } from './harness/platform.js';

const CANARY = 'CANARY-purge-күз';

interface Bytes {
  readonly buffer: Uint8Array;
}
interface CaseRow {
  readonly _id: string;
  readonly key: KeyRef;
  readonly narrative: Bytes;
  readonly contact?: Bytes;
}
interface MessageRow {
  readonly _id: string;
  readonly caseId: string;
  readonly sealed: Bytes;
}
interface Block {
  readonly _id: number;
  readonly kek: string;
  readonly keys: (Bytes | null)[];
}
interface Report {
  readonly reportId: string;
  readonly receiptCode: string;
}

describe('a case whose retention is over', () => {
  let platform: TestPlatform;
  const moved: { caseId: string; to: string }[] = [];
  let replica: { stop(): Promise<void> };
  let stopConsumer = (): Promise<void> => Promise.resolve();
  let plain: Report;
  let merged: Report;
  let heldBack: Report;
  let persecuted: Report;
  /** What a backup of the database held of the cases, and of the keys. */
  let copy: { cases: Map<string, CaseRow>; messages: MessageRow[]; blocks: Block[] };

  const collection = <T extends object>(name: string) =>
    platform.environment.database('reporting').collection<T & { _id: never }>(name);
  const all = async <T extends object>(name: string): Promise<T[]> =>
    (await collection<T>(name).find().toArray()) as unknown as T[];
  const step = (as: string, path: string, body?: unknown): Promise<Answer> =>
    platform.call('reporting', path, { as, body, method: 'POST' });
  const citizen = (path: string, body: object): Promise<Answer> =>
    platform.call('reporting', `/v1/reports/${path}`, { body });
  const told = async ({ receiptCode }: Report) => (await citizen('status', { receiptCode })).body as { state: string };
  const inTriage = async (): Promise<Report> => {
    const body = { category: 'bribery', areaCode: 'roads', region: 'KZ-75', narrative: CANARY, contact: CANARY };
    const more = { organisationBin: '000000000010', allegedAmount: 5, mode: 'confidential' };
    const one = (await platform.call('reporting', '/v1/reports', { body: { ...body, ...more } })).body as Report;
    await step('intake-officer', `/v1/cases/${one.reportId}/acknowledgement`);
    await step('triage-officer', `/v1/cases/${one.reportId}/triage`);
    await citizen('messages', { receiptCode: one.receiptCode, text: CANARY });
    return one;
  };
  /** A file of one chunk, whole. */
  const attach = async ({ reportId: caseId, receiptCode }: Report): Promise<void> => {
    const [attachmentId, key] = [randomUUID(), randomBytes(32).toString('base64url')];
    const place = { caseId, attachmentId };
    const header = { key, name: CANARY, kind: 'csv', length: 3, chunks: 1, sha256: 'x' };
    const { enc, ciphertext } = await sealHeader(platform.publicKey, place, header);
    const begin = { receiptCode, attachmentId, header: { enc, ciphertext }, chunks: 1 };
    const { uploadToken } = (await citizen('attachments', begin)).body as { uploadToken: string };
    const headers = { 'x-upload-token': uploadToken };
    for await (const { sealed } of sealChunks(key, place, Buffer.from('a,b')))
      await fetch(platform.url('reporting', `/v1/reports/attachments/${attachmentId}/chunks/0`), {
        ...{ method: 'PUT', body: sealed },
        headers: { ...headers, 'content-type': 'application/octet-stream' },
      });
    const path = `/v1/reports/attachments/${attachmentId}/completion`;
    expect((await platform.call('reporting', path, { body: { chunks: 1 }, headers })).status).toBe(200);
  };
  const close = async ({ reportId }: Report): Promise<void> => {
    const outcome = { reason: 'insufficient', feedback: 'too-little-to-go-on' };
    expect((await step('triage-officer', `/v1/cases/${reportId}/rejection`, outcome)).status).toBe(200);
    expect((await step('triage-officer', `/v1/cases/${reportId}/closure`, {})).status).toBe(200);
  };
  const kek = (): string => readFileSync(join(platform.dir, 'case-key-encryption-key'), 'utf8');
  /** What the office's private key, the key-encryption keys and these blocks open of a row of the copy. */
  const opens = async (
    row: { readonly _id: string; readonly sealed: Bytes; readonly field: string; readonly place: string },
    ref: KeyRef,
    blocks: readonly Block[],
    setting = kek(),
  ): Promise<string> => {
    const block = blocks.find((b) => b._id === ref.block);
    const found = block?.keys[ref.no];
    if (!block || !found) return 'no key';
    const under = encryptionKeys(setting).get(block.kek);
    if (!under) return 'no key';
    const key = wrapped(under, block._id, found.buffer, ref.no);
    const sealed = unlock(key, { rowId: row._id, field: row.field }, row.sealed.buffer);
    return open(platform.privateKey, { caseId: row._id, field: row.place }, sealed);
  };
  /** Everything that the copy has of a case. */
  const everything = (caseId: string, blocks: readonly Block[], setting?: string): Promise<string[]> => {
    const { key, narrative, contact } = copy.cases.get(caseId)!;
    const rows = [
      { _id: caseId, sealed: narrative, field: 'narrative', place: 'narrative' },
      { _id: caseId, sealed: contact!, field: 'contact', place: 'contact' },
      ...copy.messages
        .filter((m) => m.caseId === caseId)
        .map((m) => ({ _id: caseId, sealed: m.sealed, field: `message/${m._id}/sealed`, place: `message/${m._id}` })),
    ];
    return Promise.all(rows.map((row) => opens(row, key, blocks, setting)));
  };

  beforeAll(async () => {
    platform = await startPlatform('purge', ['reporting']);
    platform.setClock('2025-03-01T06:00:00Z');
    // What is done daily begins with that day, not with today.
    await platform.crash('reporting');
    const consumer = platform.environment.kafka.consumer({ groupId: `${platform.environment.prefix}watch` });
    await consumer.connect();
    await consumer.subscribe({ topic: `${platform.environment.prefix}reporting.events`, fromBeginning: true });
    await consumer.run({
      eachMessage: ({ message }) => {
        if (String(message.headers?.['ce_type']) === 'reporting.case.moved.v1')
          moved.push(JSON.parse(message.value!.toString()) as (typeof moved)[number]);
        return Promise.resolve();
      },
    });
    stopConsumer = () => consumer.disconnect();
    [plain, merged, heldBack, persecuted] = [await inTriage(), await inTriage(), await inTriage(), await inTriage()];
    for (const one of [plain, merged, heldBack]) await attach(one);
    await step('triage-officer', `/v1/cases/${merged.reportId}/merger`, { into: plain.reportId });
    for (const one of [plain, heldBack, persecuted]) await close(one);
    const complaint = { receiptCode: persecuted.receiptCode, kind: 'dismissal', account: CANARY };
    expect((await citizen('retaliation-complaints', complaint)).status).toBe(201);
    copy = {
      cases: new Map((await all<CaseRow>('cases')).map((row) => [row._id, row])),
      messages: await all<MessageRow>('messages'),
      blocks: await all<Block>('case_keys'),
    };
  }, 120_000);
  afterAll(async () => {
    await stopConsumer();
    await platform?.stop();
  });

  it('is held by a supervisor and released by another, each for a reason', async () => {
    const path = `/v1/cases/${heldBack.reportId}/legal-hold`;
    expect((await step('supervisor', path, { reason: 'a feeling' })).status).toBe(400);
    expect((await step('supervisor', path, { reason: 'court-order' })).status).toBe(200);
    expect((await step('supervisor', path, { reason: 'court-order' })).body.code).toBe('already_done');
    const same = await step('supervisor', `${path}/release`, { reason: 'order-lifted' });
    expect([same.status, same.body.code]).toEqual([409, 'same_person']);
    const { receiptCode } = heldBack;
    const forget = await citizen('withdrawal', { receiptCode, forgetContact: true });
    expect([forget.status, forget.body.code]).toEqual([409, 'legal_hold']);
  });

  it('is whole as long as its retention lasts', async () => {
    platform.setClock('2026-03-01T06:00:00Z');
    // Something that is due shows that the daily look has been.
    const timers = () => collection<{ dueAt: Date }>('timers').findOne({ _id: 'retention:daily' as never });
    await eventually(async () => expect((await timers())!.dueAt.toISOString()).toBe('2026-03-01T19:00:00.000Z'));
    expect(await told(plain)).toMatchObject({ state: 'closed' });
    // The very test that shows after the purge that nothing opens: here all of it does.
    for (const { reportId } of [plain, merged, heldBack])
      expect(new Set(await everything(reportId, await all<Block>('case_keys')))).toEqual(new Set([CANARY]));
  });

  it('is purged once, across a crash and two replicas, with what was merged into it', async () => {
    replica = await platform.replica('reporting');
    await platform.crash('reporting');
    platform.setClock('2026-03-02T06:00:00Z');
    await eventually(async () => expect(await told(plain)).toMatchObject({ state: 'purged', purgedDay: '2026-03-02' }));
    expect(await told(merged)).toMatchObject({ state: 'purged' });
    await eventually(() =>
      expect(moved.filter((m) => m.to === 'purged').map((m) => m.caseId)).toEqual([plain.reportId]),
    );
    const db = platform.environment.database('reporting');
    for (const { reportId } of [plain, merged]) {
      const audit = await db
        .collection('journal')
        .find({ entries: { $elemMatch: { resource: reportId, action: 'case:purge', outcome: 'done' } } })
        .toArray();
      expect(audit).toHaveLength(1);
    }
  }, 60_000);

  it('opens no more from a copy of its rows, with every key that there is; the others still do', async () => {
    const now = await all<Block>('case_keys');
    for (const { reportId } of [plain, merged]) {
      const found = await everything(reportId, now);
      expect(found.length).toBeGreaterThanOrEqual(3);
      expect(new Set(found)).toEqual(new Set(['no key']));
    }
    for (const { reportId } of [heldBack, persecuted])
      expect(new Set(await everything(reportId, now))).toEqual(new Set([CANARY]));
  });

  it('leaves a tombstone for statistics, log and ledger, and nothing of what was told', async () => {
    const row = (await collection<Record<string, unknown>>('cases').findOne({ _id: plain.reportId as never }))!;
    expect(row).toMatchObject({
      ...{ state: 'purged', receivedDay: '2025-03-01', category: 'bribery', region: 'KZ-75', mode: 'confidential' },
      ...{ feedback: 'too-little-to-go-on', rejectionReason: 'insufficient', retentionPolicy: 'retention-2026' },
    });
    expect(row['leaf']).toMatch(/^[0-9a-f]{64}$/);
    for (const gone of ['narrative', 'contact', 'key', 'organisationBin', 'allegedAmount', 'replyKey', 'dialogue'])
      expect(row).not.toHaveProperty(gone);
    for (const { reportId } of [plain, merged])
      expect(await collection('messages').countDocuments({ caseId: reportId })).toBe(0);
    expect(await collection('messages').countDocuments({ caseId: heldBack.reportId })).toBe(1);
    const proof = await platform.call('reporting', `/v1/transparency/inclusion?leaf=${String(row['leaf'])}`);
    expect(proof.status).toBe(200);
  });

  it('takes its files with it, their chunks too', async () => {
    await eventually(async () => {
      expect(new Set((await all<{ caseId: string }>('attachments')).map((a) => a.caseId))).toEqual(
        new Set([heldBack.reportId]),
      );
      for (const name of ['attachments.files', 'attachments.chunks'])
        expect(await collection(name).countDocuments()).toBe(1);
    });
  });

  it('takes nothing more in, and shows the office that it is gone', async () => {
    const { reportId, receiptCode } = plain;
    const file = await platform.call('reporting', `/v1/cases/${reportId}`, { as: 'supervisor' });
    expect(file.body).toMatchObject({ state: 'purged' });
    const read = await platform.call('reporting', `/v1/cases/${reportId}/messages`, { as: 'investigator' });
    expect(read.body).toMatchObject({ narrative: null, items: [] });
    const code = async (call: Promise<Answer>) => ((await call).body as { code: string }).code;
    expect(await code(citizen('messages', { receiptCode, text: 'x' }))).toBe('dialogue_over');
    expect(await code(citizen('messages', { receiptCode: merged.receiptCode, text: 'x' }))).toBe('purged');
    expect(await code(citizen('withdrawal', { receiptCode }))).toBe('purged');
    expect(await code(citizen('reply-key', { receiptCode, publicKey: platform.publicKey }))).toBe('purged');
    expect(await code(citizen('appeal', { receiptCode, text: 'x' }))).toBe('not_appealable');
    expect(await code(step('supervisor', `/v1/cases/${reportId}/legal-hold`, { reason: 'inspection' }))).toBe('purged');
    expect(await code(step('supervisor', `/v1/cases/${reportId}/reopening`, { reason: 'new-evidence' }))).toBe(
      'illegal_transition',
    );
  });

  it('is held back by a legal hold and by a complaint, with the reason in the audit, and goes once they end', async () => {
    expect([await told(heldBack), await told(persecuted)]).toMatchObject([{ state: 'closed' }, { state: 'closed' }]);
    const rows = await platform.environment.database('reporting').collection('journal').find().toArray();
    const refusals = rows
      .flatMap((r) => (r['entries'] ?? []) as Record<string, string>[])
      .filter((e) => e['action'] === 'case:purge' && e['outcome'] === 'refused')
      .map((e) => [e['resource'], e['reason']]);
    expect(refusals.sort()).toEqual(
      [
        [heldBack.reportId, 'legal-hold'],
        [persecuted.reportId, 'open-retaliation'],
      ].sort(),
    );
    const release = `/v1/cases/${heldBack.reportId}/legal-hold/release`;
    const second = await platform.issuer.token('second-supervisor', ['supervisor']);
    const released = await platform.call('reporting', release, {
      body: { reason: 'order-lifted' },
      headers: { authorization: `Bearer ${second}` },
    });
    expect(released.status).toBe(200);
    platform.setClock('2026-03-03T06:00:00Z');
    await eventually(async () => expect(await told(heldBack)).toMatchObject({ state: 'purged' }));
    expect(await told(persecuted)).toMatchObject({ state: 'closed' });
  }, 60_000);

  it('opens no more even from a copy with its keys, once the key above them was changed and destroyed', async () => {
    // As long as the key above them is there, a backup of the keys is as good as the keys.
    expect(new Set(await everything(plain.reportId, copy.blocks))).toEqual(new Set([CANARY]));
    // Every process has to know the new key before one uses it.
    await replica.stop();
    const file = join(platform.dir, 'case-key-encryption-key');
    writeFileSync(file, `second:${randomBytes(32).toString('base64url')},${kek()}`);
    await platform.crash('reporting');
    await eventually(async () =>
      expect(await collection('case_keys').countDocuments({ kek: { $ne: 'second' } })).toBe(0),
    );
    writeFileSync(file, kek().split(',')[0]!);
    await platform.crash('reporting');
    expect(new Set(await everything(plain.reportId, copy.blocks))).toEqual(new Set(['no key']));
    // What is kept is readable under the new one.
    expect(new Set(await everything(persecuted.reportId, await all<Block>('case_keys')))).toEqual(new Set([CANARY]));
    const read = await platform.call('reporting', `/v1/cases/${persecuted.reportId}/messages`, { as: 'investigator' });
    expect(read.body).toMatchObject({ narrative: { by: 'service' }, items: [{ no: 1 }] });
  }, 60_000);

  it('left no word of it in stores, logs and events', async () => {
    const db = platform.environment.database('reporting');
    for (const { name } of await db.listCollections().toArray())
      for await (const doc of db.collection(name).find()) expect(JSON.stringify(doc)).not.toContain('CANARY');
    expect(platform.logs()).not.toContain('CANARY');
  });
});
