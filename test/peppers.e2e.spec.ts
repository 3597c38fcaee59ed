import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from './harness/eventually.js';
import { type Answer, startPlatform, type TestPlatform } from './harness/platform.js';

interface Row {
  readonly _id: string;
  readonly receiptVerifier: string;
  readonly receiptPepper?: string;
  readonly version: number;
}
interface Taken {
  readonly reportId: string;
  readonly receiptCode: string;
  readonly receipt: object;
}

const [OLD, NEW] = [randomBytes(32).toString('base64url'), randomBytes(32).toString('base64url')];
/** The settings of a replica at each step of an operator. */
const BEFORE = { RECEIPT_PEPPER: OLD };
const KNOWN = { RECEIPT_PEPPER: OLD, PREVIOUS_RECEIPT_PEPPER: NEW };
const SWITCHED = { RECEIPT_PEPPER: NEW, PREVIOUS_RECEIPT_PEPPER: OLD };
const AFTER = { RECEIPT_PEPPER: NEW };

const KEY = 'the-same-request-again-0001';
const report = { category: 'bribery', areaCode: 'roads', region: 'KZ-75', narrative: 'They asked for money.' };

describe('the pepper of receipts is changed while citizens ask', () => {
  let platform: TestPlatform;
  let second: { readonly port: number; stop(): Promise<void> };
  let first: Taken;
  const taken: Taken[] = [];

  const rows = () => platform.environment.database('reporting').collection<Row>('cases');
  const post = (path: string, body: object, port?: number, headers = {}): Promise<Answer> =>
    port === undefined
      ? platform.call('reporting', path, { body, headers })
      : fetch(`http://localhost:${port}${path}`, {
          method: 'POST',
          body: JSON.stringify(body),
          headers: { 'content-type': 'application/json', ...headers },
        }).then(async (answer) => ({ status: answer.status, headers: answer.headers, body: await answer.json() }));
  const submit = async (port?: number, headers = {}): Promise<Taken> => {
    const answer = await post('/v1/reports', report, port, headers);
    expect(answer.status).toBe(201);
    return answer.body as Taken;
  };
  const ask = ({ receiptCode }: Taken, port?: number): Promise<number> =>
    post('/v1/reports/status', { receiptCode }, port).then(({ status }) => status);
  const askAll = (port?: number): Promise<number[]> => Promise.all(taken.map((one) => ask(one, port)));
  const allKnown = (): number[] => taken.map(() => 200);
  const namesOf = async (...of: readonly Taken[]): Promise<Set<string | undefined>> =>
    new Set(
      (
        await rows()
          .find({ _id: { $in: of.map((one) => one.reportId) } })
          .toArray()
      ).map((r) => r.receiptPepper),
    );
  const figure = async (pepper: 'previous' | 'gone'): Promise<number> => {
    const text = String((await platform.call('reporting', '/metrics')).body);
    return Number(new RegExp(`^aiqyn_receipts_of_pepper\\{pepper="${pepper}"\\} (\\d+)$`, 'm').exec(text)?.[1]);
  };
  let oldName: string;
  let newName: string;

  beforeAll(async () => {
    platform = await startPlatform('peppers', ['reporting'], BEFORE);
    first = await submit(undefined, { 'idempotency-key': KEY });
    taken.push(first);
    for (let i = 0; i < 5; i += 1) taken.push(await submit());
  }, 120_000);
  afterAll(() => platform.stop());

  it('names what each verifier was made with, also those from before there were names, and never the pepper', async () => {
    await rows().updateMany(
      { _id: { $in: taken.slice(4).map((one) => one.reportId) } },
      { $unset: { receiptPepper: 1 } },
    );
    // Restarted, as by the release that brings the names.
    await platform.crash('reporting');
    await eventually(async () => expect((await namesOf(...taken)).has(undefined)).toBe(false));
    const [name, ...more] = await namesOf(...taken);
    expect([name, more]).toEqual([expect.stringMatching(/^[\w-]{11}$/), []]);
    oldName = name!;
    expect(OLD).not.toContain(oldName);
    expect(JSON.stringify(await rows().find().toArray())).not.toContain(OLD);
    expect([await figure('previous'), await figure('gone')]).toEqual([0, 0]);
  });

  it('changes nothing while one replica knows the next one already and the other does not yet', async () => {
    await platform.crash('reporting', KNOWN);
    second = await platform.replica('reporting', BEFORE);
    taken.push(await submit(), await submit(second.port));
    expect([await askAll(), await askAll(second.port)]).toEqual([allKnown(), allKnown()]);
    expect(await namesOf(...taken)).toEqual(new Set([oldName]));
  });

  it('knows each receipt at both while one replica uses the new one already and the other does not yet', async () => {
    await second.stop();
    second = await platform.replica('reporting', KNOWN);
    await platform.crash('reporting', SWITCHED);
    expect(await figure('previous')).toBe(taken.length);
    const [atFirst, atSecond] = [await submit(), await submit(second.port)];
    [newName] = [...(await namesOf(atFirst))] as [string];
    expect([newName === oldName, [...(await namesOf(atSecond))]]).toEqual([false, [oldName]]);
    taken.push(atFirst, atSecond);
    expect(await askAll(second.port)).toEqual(allKnown());
    expect(await askAll()).toEqual(allKnown());
    expect(await namesOf(...taken)).toEqual(new Set([newName]));
    expect(await figure('previous')).toBe(0);
  });

  it('gives the same request the same receipt, at either replica', async () => {
    for (const port of [undefined, second.port]) {
      const again = await submit(port, { 'idempotency-key': KEY });
      expect([again.reportId, again.receiptCode]).toEqual([first.reportId, first.receiptCode]);
      expect(again.receipt).toEqual(first.receipt);
    }
    // And one that was made with the new one, where that is not used yet.
    const key = { 'idempotency-key': 'the-same-request-again-0002' };
    const made = await submit(undefined, key);
    expect(await submit(second.port, key)).toEqual(made);
    taken.push(made);
  });

  it('does not touch the version of a case, which would tell an office that somebody asked', async () => {
    const version = async (): Promise<number> => (await rows().findOne({ _id: first.reportId }))!.version;
    const before = await version();
    expect(await ask(first, second.port)).toBe(200);
    expect([...(await namesOf(first))]).toEqual([oldName]);
    expect(await ask(first)).toBe(200);
    expect([...(await namesOf(first))]).toEqual([newName]);
    expect(await version()).toBe(before);
  });

  it('loses no receipt when both ask at once and one is killed in the middle', async () => {
    const before = await rows().countDocuments();
    for (let round = 0; round < 3; round += 1) {
      const quiet = (port?: number) => Promise.allSettled(taken.map((one) => ask(one, port)));
      const asked = [quiet(), quiet(second.port), quiet(), quiet(second.port)];
      await platform.crash('reporting', SWITCHED);
      await Promise.all(asked);
      expect([await askAll(second.port), await askAll()]).toEqual([allKnown(), allKnown()]);
    }
    expect(await rows().countDocuments()).toBe(before);
    expect(await namesOf(...taken)).toEqual(new Set([newName]));
  }, 60_000);

  it('goes on with an upload and a token of before', async () => {
    const begin = {
      attachmentId: '1f0c6c0e-7d5a-4a3e-9d55-0f6f6b2a0001',
      header: { enc: 'A'.repeat(43), ciphertext: randomBytes(1040).toString('base64url') },
      chunks: 1,
    };
    const begun = await post('/v1/reports/attachments', { ...begin, receiptCode: first.receiptCode }, second.port);
    expect([begun.status, typeof begun.body.uploadToken]).toEqual([201, 'string']);
    const complete = (token: string) =>
      platform.call('reporting', `/v1/reports/attachments/${begin.attachmentId}/completion`, {
        ...{ body: { chunks: 1 }, headers: { 'x-upload-token': token } },
      });
    // It is not whole, which only who holds it is told.
    expect((await complete(begun.body.uploadToken as string)).status).toBe(409);
    expect((await complete('A'.repeat(43))).status).toBe(404);
  });

  it('counts down to nothing as receipts are shown, and says then that the old one can go', async () => {
    const late = await submit(second.port);
    await second.stop();
    expect(await ask(first)).toBe(200);
    expect(await figure('previous')).toBe(1);
    expect(await ask(late)).toBe(200);
    expect(await figure('previous')).toBe(0);
    taken.push(late);
    await platform.crash('reporting', AFTER);
    expect(await askAll()).toEqual(allKnown());
    expect(await figure('gone')).toBe(0);
    expect(platform.logs()).not.toContain('a pepper that is not in the settings');
  });

  it('warns, with the number, when it is taken away too early, and answers those codes as any other wrong one', async () => {
    await platform.crash('reporting', SWITCHED);
    second = await platform.replica('reporting', KNOWN);
    const lost = await submit(second.port);
    await second.stop();
    await platform.crash('reporting', AFTER);
    expect(platform.logs()).toMatch(/"receipts":1,.*a pepper that is not in the settings/);
    expect(await figure('gone')).toBe(1);
    const told = async (receiptCode: string): Promise<unknown> => {
      const { status, body } = await post('/v1/reports/status', { receiptCode });
      return { status, ...(body as object), traceId: '' };
    };
    expect(await told(lost.receiptCode)).toEqual(await told('1'.repeat(26)));
    // Given back, it is known again.
    await platform.crash('reporting', SWITCHED);
    expect(await ask(lost)).toBe(200);
    expect([...(await namesOf(lost))]).toEqual([newName]);
  });
});
