import { randomBytes, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readLog } from '@aiqyn/platform';
import { type FileHeader, openChunks, openHeader, sealChunks, sealHeader, sha256 } from '@aiqyn/reporting/files';
import { eventually } from './harness/eventually.js';
import { type Answer, startPlatform, type TestPlatform } from './harness/platform.js';

const CANARY = 'CANARY-file-айгүл';
const SEALED = 256 * 1024 + 16;

interface Upload {
  readonly caseId: string;
  readonly receiptCode: string;
  readonly attachmentId: string;
  readonly content: Buffer;
  readonly chunks: Uint8Array<ArrayBuffer>[];
  readonly body: object;
}

describe('a file of a reporting person', () => {
  let platform: TestPlatform;
  /** What others keep in the temporary folder. */
  const before = new Set(readdirSync(tmpdir()));
  beforeAll(async () => {
    platform = await startPlatform('files', ['reporting']);
  }, 120_000);
  afterAll(() => platform?.stop());

  const call = (path: string, body: object, headers = {}) => platform.call('reporting', path, { body, headers });
  const submit = async (): Promise<{ reportId: string; receiptCode: string }> => {
    const report = { category: 'bribery', areaCode: 'roads', region: 'KZ-75', narrative: 'x' };
    return (await call('/v1/reports', report)).body as { reportId: string; receiptCode: string };
  };
  /** A file of `bytes` sealed as a client does, for a new report or one that is there. */
  const prepare = async (bytes: number, report?: { reportId: string; receiptCode: string }): Promise<Upload> => {
    const { reportId: caseId, receiptCode } = report ?? (await submit());
    const attachmentId = randomUUID();
    const content = randomBytes(bytes);
    content.write(CANARY);
    const key = randomBytes(32).toString('base64url');
    const place = { caseId, attachmentId };
    const chunks: Uint8Array<ArrayBuffer>[] = [];
    for await (const { sealed } of sealChunks(key, place, content)) chunks.push(sealed);
    const facts = { key, name: `${CANARY}.jpg`, kind: 'jpg', length: bytes, chunks: chunks.length };
    const { enc, ciphertext } = await sealHeader(platform.publicKey, place, {
      ...facts,
      sha256: await sha256(content),
    });
    const body = { receiptCode, attachmentId, header: { enc, ciphertext }, chunks: chunks.length };
    return { caseId, receiptCode, attachmentId, content, chunks, body };
  };
  const begin = async ({ body }: Upload): Promise<string> => {
    const { status, body: answer } = await call('/v1/reports/attachments', body);
    expect([status, answer.state]).toEqual([201, 'open']);
    return answer.uploadToken as string;
  };
  const put = async (
    { attachmentId }: Upload,
    no: number,
    bytes: Uint8Array<ArrayBuffer>,
    token: string,
    type = 'application/octet-stream',
  ): Promise<{ status: number; code?: string; allowed?: string[] }> => {
    const url = platform.url('reporting', `/v1/reports/attachments/${attachmentId}/chunks/${no}`);
    const headers = { 'content-type': type, 'x-upload-token': token };
    const answer = await fetch(url, { method: 'PUT', body: bytes, headers });
    const text = await answer.text();
    return { status: answer.status, ...(text ? (JSON.parse(text) as { code: string }) : {}) };
  };
  const complete = ({ attachmentId, chunks }: Upload, token: string, n = chunks.length): Promise<Answer> =>
    call(`/v1/reports/attachments/${attachmentId}/completion`, { chunks: n }, { 'x-upload-token': token });
  const whole = async (upload: Upload): Promise<void> => {
    const token = await begin(upload);
    for (const [no, chunk] of upload.chunks.entries()) expect((await put(upload, no, chunk, token)).status).toBe(204);
    expect((await complete(upload, token)).body).toMatchObject({ state: 'complete', next: upload.chunks.length });
  };
  const as = (role: string, subject: string, path: string): Promise<Response> =>
    platform.issuer
      .token(subject, [role])
      .then((token) => fetch(platform.url('reporting', path), { headers: { authorization: `Bearer ${token}` } }));
  /** What the office gets, opened on its own machine. */
  const opened = async (caseId: string, attachmentId: string, through = caseId): Promise<[FileHeader, Buffer]> => {
    const { items } = (await (await as('investigator', 'emil', `/v1/cases/${through}/attachments`)).json()) as {
      items: { attachmentId: string; caseId: string; header: { enc: string; ciphertext: string } }[];
    };
    const item = items.find((i) => i.attachmentId === attachmentId)!;
    const header = await openHeader(platform.privateKey, item, item.header);
    const file = await as('investigator', 'emil', `/v1/cases/${through}/attachments/${attachmentId}`);
    const bytes = Buffer.from(await file.arrayBuffer());
    expect(Number(file.headers.get('content-length'))).toBe(bytes.length);
    const sealed = Array.from({ length: bytes.length / SEALED }, (_, i) =>
      bytes.subarray(i * SEALED, (i + 1) * SEALED),
    );
    const parts: Uint8Array[] = [];
    for await (const part of openChunks(header, item, sealed)) parts.push(part);
    return [header, Buffer.concat(parts)];
  };

  it('has its limits told before anybody chooses one', async () => {
    const { body } = await platform.call('reporting', '/v1/channels/default');
    expect(body.attachments).toEqual({
      bytesPerFile: 524_288_000,
      bytesPerReport: 2_147_483_648,
      filesPerReport: 20,
      daysToComplete: 7,
      chunkBytes: 262_144,
    });
  });

  it('goes on where it was after an interruption and a crash of the service, and arrives as it was', async () => {
    const upload = await prepare(1_700_000);
    expect(upload.chunks).toHaveLength(7);
    let token = await begin(upload);
    for (const no of [0, 1, 2]) expect((await put(upload, no, upload.chunks[no]!, token)).status).toBe(204);
    await platform.crash('reporting');
    const again = (await call('/v1/reports/attachments', upload.body)).body as { next: number; uploadToken: string };
    expect(again.next).toBe(3);
    token = again.uploadToken;
    // The answer to the last chunk was lost on the way: the client sends it once more.
    expect((await put(upload, 2, upload.chunks[2]!, token)).status).toBe(204);
    for (const no of [3, 4, 5, 6]) expect((await put(upload, no, upload.chunks[no]!, token)).status).toBe(204);
    expect((await complete(upload, token)).status).toBe(200);
    // So may the completion, and the office sees one file.
    expect((await complete(upload, token)).body).toMatchObject({ state: 'complete' });
    const [header, content] = await opened(upload.caseId, upload.attachmentId);
    expect([header.name, Buffer.compare(content, upload.content)]).toEqual([`${CANARY}.jpg`, 0]);
    expect(header.sha256).toBe(await sha256(content));
  });

  it('takes each number once: the same bytes at the same time too, other bytes never', async () => {
    const upload = await prepare(600_000);
    const token = await begin(upload);
    const twice = await Promise.all([1, 2, 3].map(() => put(upload, 0, upload.chunks[0]!, token)));
    expect(twice.map((a) => a.status)).toEqual([204, 204, 204]);
    const other = await put(upload, 0, upload.chunks[1]!, token);
    expect([other.status, other.code]).toEqual([409, 'already_done']);
    const skipped = await put(upload, 2, upload.chunks[2]!, token);
    expect([skipped.status, skipped.code, skipped.allowed]).toEqual([409, 'out_of_order', ['1']]);
    const early = await complete(upload, token);
    expect([early.status, early.body.code, early.body.allowed]).toEqual([409, 'out_of_order', ['1']]);
    expect((await complete(upload, token, 1)).status).toBe(409);
    const { items } = (await (await as('investigator', 'emil', `/v1/cases/${upload.caseId}/attachments`)).json()) as {
      items: object[];
    };
    expect(items).toEqual([]);
  });

  it('is refused when it is too big, too much, not whole, not bytes, or not theirs', async () => {
    const upload = await prepare(1_000);
    const token = await begin(upload);
    const [chunk] = upload.chunks as [Uint8Array<ArrayBuffer>];
    const refusal = async (bytes: Uint8Array<ArrayBuffer>, type?: string): Promise<unknown[]> => {
      const { status, code } = await put(upload, 0, bytes, token, type);
      return [status, code];
    };
    expect(await refusal(new Uint8Array(SEALED + 1))).toEqual([413, 'body_too_large']);
    expect(await refusal(chunk.slice(0, -1))).toEqual([422, 'bad_chunk']);
    expect(await refusal(new Uint8Array(0))).toEqual([422, 'bad_chunk']);
    expect(await refusal(Buffer.from('{}'), 'application/json')).toEqual([422, 'bad_chunk']);
    expect(await refusal(chunk, 'image/svg+xml')).toEqual([415, 'unsupported_media_type']);
    for (const wrong of ['', 'A'.repeat(43), upload.receiptCode, await prepareToken()])
      expect((await put(upload, 0, chunk, wrong)).status).toBe(404);
    expect((await put({ ...upload, attachmentId: randomUUID() }, 0, chunk, token)).status).toBe(404);
    expect((await put(upload, 0, chunk, token)).status).toBe(204);
    // Bytes are taken nowhere else.
    const elsewhere = await fetch(platform.url('reporting', '/v1/reports'), {
      method: 'POST',
      body: chunk,
      headers: { 'content-type': 'application/octet-stream' },
    });
    expect(elsewhere.status).toBe(415);

    const bad = async (change: object): Promise<[number, string]> => {
      const { status, body } = await call('/v1/reports/attachments', { ...upload.body, ...change });
      return [status, String(body.code)];
    };
    const another = { attachmentId: randomUUID() };
    expect(await bad({ ...another, receiptCode: '42465854695420373684530341' })).toEqual([404, 'not_found']);
    expect(await bad({ ...another, receiptCode: upload.receiptCode.replace(/\d$/, 'x') })).toEqual([
      400,
      'invalid_input',
    ]);
    expect(await bad({ ...another, chunks: 6 })).toEqual([400, 'invalid_input']);
    expect(await bad({ ...another, chunks: 0 })).toEqual([400, 'invalid_input']);
    expect(await bad({ ...another, header: { enc: 'x', ciphertext: 'y' } })).toEqual([400, 'invalid_input']);
    expect(await bad({ ...another, name: 'secret.jpg' })).toEqual([400, 'invalid_input']);
    expect(await bad({ ...another, chunks: 2712 })).toEqual([422, 'too_large']);
    expect(await bad({ chunks: 2 })).toEqual([409, 'already_done']);
    const stranger = await submit();
    expect(await bad({ receiptCode: stranger.receiptCode })).toEqual([409, 'already_done']);
    for (let i = 1; i < 20; i += 1) expect((await bad({ attachmentId: randomUUID() }))[0]).toBe(201);
    expect(await bad(another)).toEqual([422, 'too_many_files']);
  });
  /** The token of somebody else's upload. */
  const prepareToken = async (): Promise<string> => begin(await prepare(10));

  it('goes with its report into the lead case, and is not there for whom that report names', async () => {
    const lead = await submit();
    const upload = await prepare(300);
    await whole(upload);
    const cases = platform.environment.database('reporting').collection<{ _id: string }>('cases');
    for (const id of [lead.reportId, upload.caseId])
      await cases.updateOne({ _id: id }, { $set: { state: 'in-triage' } });
    const merged = await platform.call('reporting', `/v1/cases/${upload.caseId}/merger`, {
      as: 'triage-officer',
      body: { into: lead.reportId },
    });
    expect(merged.status).toBe(200);
    const [, content] = await opened(upload.caseId, upload.attachmentId, lead.reportId);
    expect(Buffer.compare(content, upload.content)).toBe(0);
    await cases.updateOne({ _id: upload.caseId }, { $set: { excluded: ['boris'] } });
    const path = `/v1/cases/${lead.reportId}/attachments`;
    expect(await (await as('investigator', 'boris', path)).json()).toMatchObject({ items: [] });
    expect((await as('investigator', 'boris', `${path}/${upload.attachmentId}`)).status).toBe(404);
    expect((await as('investigator', 'emil', `${path}/${randomUUID()}`)).status).toBe(404);
    expect((await as('triage-officer', 'emil', `${path}/${upload.attachmentId}`)).status).toBe(200);
    expect((await as('treasurer', 'emil', `${path}/${upload.attachmentId}`)).status).toBe(403);
  });

  it('leaves an audit entry at each look, and one event without name or size', async () => {
    const upload = await prepare(300);
    await whole(upload);
    await opened(upload.caseId, upload.attachmentId);
    const audit = platform.environment.database('reporting').collection('journal');
    const rows = await audit.find({ 'entries.resource': { $in: [upload.attachmentId, upload.caseId] } }).toArray();
    const actions = rows.flatMap((r) => r['entries'] as { action: string }[]).map((e) => e.action);
    expect(actions).toEqual(
      expect.arrayContaining(['attachment:begin', 'attachment:complete', 'attachment:list', 'attachment:read']),
    );
    await eventually(async () => {
      const events = await eventsOf(upload.caseId);
      expect(events.filter((e) => e.type === 'reporting.attachment.added.v1').map((e) => Object.keys(e.data))).toEqual([
        ['caseId', 'day'],
      ]);
    });
  });

  it('is dropped with every chunk when it is not whole in time, and makes room again', async () => {
    const upload = await prepare(600_000);
    const token = await begin(upload);
    await put(upload, 0, upload.chunks[0]!, token);
    const done = await prepare(300);
    await whole(done);
    const db = platform.environment.database('reporting');
    platform.setClock(new Date(Date.now() + 9 * 86_400_000).toISOString());
    await eventually(async () => {
      for (const name of ['attachments', 'attachments.chunks', 'attachments.files']) {
        const rows = await db.collection(name).find().toArray();
        expect(JSON.stringify(rows.map((r) => [r._id, r['files_id'] as unknown]))).not.toContain(upload.attachmentId);
        expect(JSON.stringify(rows.map((r) => [r._id]))).toContain(done.attachmentId);
      }
    });
    expect(await db.collection<{ _id: string }>('cases').findOne({ _id: upload.caseId })).toMatchObject({
      attachments: { files: 0, chunks: 0 },
    });
    expect((await put(upload, 1, upload.chunks[1]!, token)).status).toBe(404);
    platform.setClock(new Date().toISOString());
  });

  it('is nowhere readable: not its name, not its content, not the receipt, and no second of its arrival', async () => {
    const upload = await prepare(300_000);
    await whole(upload);
    const found: string[] = [];
    const secrets = [CANARY, upload.receiptCode];
    const look = (where: string, text: string): void => {
      if (secrets.some((s) => text.includes(s) || text.includes(Buffer.from(s).toString('base64')))) found.push(where);
    };
    const db = platform.environment.database('reporting');
    for (const { name } of await db.listCollections().toArray())
      for await (const doc of db.collection(name).find({}, { promoteBuffers: true })) {
        const data = (doc as { data?: unknown })['data'];
        look(name, JSON.stringify(doc) + (Buffer.isBuffer(data) ? data.toString('utf8') : ''));
      }
    look('kafka', JSON.stringify(await eventsOf(upload.caseId)));
    look('log', platform.logs());
    for (const file of readdirSync(platform.dir, { recursive: true, encoding: 'utf8' })) {
      const path = join(platform.dir, file);
      if (statSync(path).isFile()) look(file, readFileSync(path, 'utf8'));
    }
    for (const entry of readdirSync(tmpdir()).filter((name) => !before.has(name))) {
      const path = join(tmpdir(), entry);
      if (statSync(path, { throwIfNoEntry: false })?.isFile()) look(path, readFileSync(path, 'utf8'));
    }
    expect(found).toEqual([]);
    const stored = await db.collection<{ _id: string; uploadDate: Date }>('attachments.files').findOne({
      _id: upload.attachmentId,
    });
    expect((stored!.uploadDate.getTime() + 5 * 3_600_000) % 86_400_000).toBe(0);
    for await (const { _id } of db.collection('attachments.chunks').find({ files_id: upload.attachmentId }))
      expect(String(_id)).toMatch(new RegExp(`^${upload.attachmentId}/\\d$`));
  });

  const eventsOf = async (caseId: string) => {
    const events: { type: string; data: object }[] = [];
    const { kafka, prefix } = platform.environment;
    await readLog(kafka, [`${prefix}reporting.events`], `${prefix}look-${randomUUID()}`, ({ envelope, data }) => {
      if (envelope.subject === caseId) events.push({ type: envelope.type, data });
    });
    return events;
  };
});
