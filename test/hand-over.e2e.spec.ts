import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bodyKeys, ROOT } from '@aiqyn/local';
import { open, seal, type Sealed } from '@aiqyn/reporting/sealing';
import { type Answer, startPlatform, type TestPlatform } from './harness/platform.js';

const CANARY = 'CANARY-handover-тапсыру';

interface Handed {
  readonly caseId: string;
  readonly sealed?: Sealed;
  readonly damaged?: boolean;
}

describe('a case that is another body’s', () => {
  let platform: TestPlatform;
  let dir: string;
  const step = (as: string, path: string, body?: unknown): Promise<Answer> =>
    platform.call('reporting', path, { as, body, method: 'POST' });
  const inTriage = async (narrative = CANARY): Promise<{ reportId: string; receiptCode: string }> => {
    const body = { category: 'bribery', areaCode: 'roads', region: 'KZ-75', narrative };
    const one = (await platform.call('reporting', '/v1/reports', { body })).body as {
      reportId: string;
      receiptCode: string;
    };
    await step('intake-officer', `/v1/cases/${one.reportId}/acknowledgement`);
    await step('triage-officer', `/v1/cases/${one.reportId}/triage`);
    return one;
  };
  const handedTo = async (department?: string): Promise<Answer> => {
    const wrong = department ? { department } : {};
    const token = await platform.issuer.token('clerk', ['referral-body'], wrong);
    return platform.call('reporting', '/v1/handovers?limit=200', { headers: { authorization: `Bearer ${token}` } });
  };
  const items = async (department: string): Promise<Handed[]> => (await handedTo(department)).body.items as Handed[];
  const cli = (args: string[], token: string): Promise<{ code: number; out: string; err: string }> =>
    new Promise((resolve) => {
      const file = join(ROOT, 'services/reporting/dist/cli/cli.js');
      const all = [file, args[0]!, '--url', platform.url('reporting', ''), ...args.slice(1)];
      const env = { ...process.env, AIQYN_TOKEN: token };
      execFile(process.execPath, all, { cwd: dir, env }, (error, out, err) =>
        resolve({ code: error ? Number(error.code ?? 1) : 0, out, err }),
      );
    });

  beforeAll(async () => {
    platform = await startPlatform('handover', ['reporting']);
    dir = mkdtempSync(join(tmpdir(), 'aiqyn-handover-'));
    const { publicKey, privateKey } = platform;
    writeFileSync(join(dir, 'channel.json'), JSON.stringify({ publicKey, privateKey }));
    for (const body of ['general-prosecutor', 'interior-ministry'] as const)
      writeFileSync(join(dir, `${body}.json`), JSON.stringify(bodyKeys(platform.dir, body)));
  }, 120_000);
  afterAll(async () => {
    await platform?.stop();
    rmSync(dir, { recursive: true, force: true });
  });

  it('is opened, sealed anew and handed over from the office’s own machine, and opens at that body only', async () => {
    const { reportId, receiptCode } = await inTriage();
    await platform.call('reporting', '/v1/reports/messages', { body: { receiptCode, text: `${CANARY}-2` } });
    const officer = await platform.issuer.token('triage-officer', ['triage-officer']);
    const sent = ['hand-over', '--key', 'channel.json', '--case', reportId, '--to', 'general-prosecutor'];
    const { code, out, err } = await cli(sent, officer);
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('referred to general-prosecutor with its content');
    const status = await platform.call('reporting', '/v1/reports/status', { body: { receiptCode } });
    expect(status.body).toMatchObject({ state: 'referred', feedback: { code: 'referred-to-another-body' } });

    const clerk = await platform.issuer.token('clerk', ['referral-body'], { department: 'general-prosecutor' });
    const opened = await cli(['open-handovers', '--key', 'general-prosecutor.json'], clerk);
    expect(opened.out).toContain(`"narrative":"${CANARY}"`);
    expect(opened.out).toContain(`${CANARY}-2`);
    for (const foreign of ['interior-ministry', 'channel']) {
      const other = await cli(['open-handovers', '--key', `${foreign}.json`], clerk);
      expect(other.out).toContain('does not open');
      expect(other.out).not.toContain(CANARY);
    }
    expect(await items('interior-ministry')).toEqual([]);
  });

  it('is seen by the body that the token names, and by no other role', async () => {
    expect((await handedTo()).status).toBe(404);
    for (const role of ['supervisor', 'triage-officer', 'auditor'])
      expect((await platform.call('reporting', '/v1/handovers', { as: role })).status).toBe(403);
    const actions = await platform.environment.database('reporting').collection('journal').distinct('entries.action');
    expect(actions).toContain('handover:read');
  });

  it('carries no content to a body without a key, and says so', async () => {
    const { reportId } = await inTriage();
    const path = `/v1/cases/${reportId}/referral`;
    const place = { caseId: reportId, field: 'handover/labour-inspection' };
    const { enc, ciphertext } = await seal(platform.publicKey, place, 'x', 'client');
    const refused = await step('triage-officer', path, { to: 'labour-inspection', sealed: { enc, ciphertext } });
    expect([refused.status, refused.body.code]).toEqual([422, 'body_without_key']);
    const officer = await platform.issuer.token('triage-officer', ['triage-officer']);
    const { code, out } = await cli(
      ['hand-over', '--key', 'channel.json', '--case', reportId, '--to', 'labour-inspection'],
      officer,
    );
    expect([code, out]).toEqual([0, expect.stringContaining('with the facts only')]);
    expect(await items('labour-inspection')).toMatchObject([{ caseId: reportId, category: 'bribery' }]);
    expect((await items('labour-inspection'))[0]).not.toHaveProperty('sealed');
  });

  it('is not opened when its content was swapped for that of another case in the database', async () => {
    const [first, second] = [await inTriage(), await inTriage()];
    const { publicKey, privateKey } = bodyKeys(platform.dir, 'interior-ministry');
    for (const { reportId } of [first, second]) {
      const place = { caseId: reportId, field: 'handover/interior-ministry' };
      const { enc, ciphertext } = await seal(publicKey, place, reportId, 'client');
      const body = { to: 'interior-ministry', sealed: { enc, ciphertext } };
      expect((await step('triage-officer', `/v1/cases/${reportId}/referral`, body)).body.handover).toBe('sealed');
    }
    const opens = async (): Promise<string[]> =>
      Promise.all(
        (await items('interior-ministry')).map(({ caseId, sealed }) =>
          open(privateKey, { caseId, field: 'handover/interior-ministry' }, sealed!),
        ),
      );
    expect((await opens()).sort()).toEqual([first.reportId, second.reportId].sort());
    const rows = platform.environment.database('reporting').collection('handovers');
    const [a, b] = await rows.find({ to: 'interior-ministry' }).toArray();
    await rows.updateOne({ _id: a!._id }, { $set: { sealed: b!['sealed'] } });
    const shown = await items('interior-ministry');
    expect(shown.map((one) => [one.damaged ?? false, 'sealed' in one]).sort()).toEqual([
      [false, true],
      [true, false],
    ]);
  });

  it('leaves no word of it in stores and logs', async () => {
    const db = platform.environment.database('reporting');
    for (const { name } of await db.listCollections().toArray())
      for await (const doc of db.collection(name).find()) expect(JSON.stringify(doc)).not.toContain('CANARY');
    expect(platform.logs()).not.toContain('CANARY');
  });
});
