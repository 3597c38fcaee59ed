import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ROOT } from '@aiqyn/local';
import { startPlatform, type TestPlatform } from './harness/platform.js';

interface Result {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

const CLI = join(ROOT, 'services/reporting/dist/cli/cli.js');

/** The built command as a person would run it. */
const cli = (cwd: string, args: string[], env: Record<string, string> = {}): Promise<Result> =>
  new Promise((resolve) => {
    execFile(process.execPath, [CLI, ...args], { cwd, env: { ...process.env, ...env } }, (error, out, err) =>
      resolve({ code: error ? Number(error.code ?? 1) : 0, out, err }),
    );
  });

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'aiqyn-cli-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));
const json = (file: string): Record<string, string> =>
  JSON.parse(readFileSync(join(dir, file), 'utf8')) as Record<string, string>;

describe('the keys of a channel', () => {
  const make = (...args: string[]) => cli(dir, ['channel-keys', ...args]);

  it('lie in shares of which any three of five make the key again, and no file has it whole', async () => {
    expect((await make('--out', 'k', '--shares', '5', '--needed', '3')).code).toBe(0);
    expect(existsSync(join(dir, 'k/channel-private.json'))).toBe(false);
    const joined: Record<string, string>[] = [];
    for (const [i, three] of [
      [1, 2, 3],
      [5, 3, 1],
      [2, 4, 5],
    ].entries()) {
      const files = three.map((n) => `k/share-${n}.json`).join(',');
      expect((await make('--join', files, '--out', `o${i}`)).code).toBe(0);
      joined.push(json(`o${i}/channel-private.json`));
    }
    expect(joined).toEqual(Array.from({ length: 3 }, () => joined[0]));
    expect(joined[0]!['publicKey']).toBe(json('k/channel-public.json')['publicKey']);
    expect(statSync(join(dir, 'o0/channel-private.json')).mode & 0o077).toBe(0);
  });

  it('are not made of too few shares, of foreign ones, or of one that was changed', async () => {
    await make('--out', 'k', '--shares', '3', '--needed', '2');
    await make('--out', 'f', '--shares', '3', '--needed', '2');
    const refused = async (join_: string): Promise<string> => {
      const { code, err } = await make('--join', join_, '--out', 'o');
      expect([code, existsSync(join(dir, 'o'))]).toEqual([2, false]);
      return /\((\w+)\)/.exec(err)![1]!;
    };
    expect(await refused('k/share-1.json')).toBe('too_few_shares');
    expect(await refused('k/share-1.json,f/share-2.json')).toBe('not_one_key');
    const share = json('k/share-2.json');
    const changed = Buffer.from(share['share']!, 'base64url');
    // Not its first or last byte: X25519 overlooks bits of these (RFC 7748, 5), so a change there may leave the key.
    changed[8]! ^= 1;
    writeFileSync(join(dir, 'k/changed.json'), JSON.stringify({ ...share, share: changed.toString('base64url') }));
    expect(await refused('k/share-1.json,k/changed.json')).toBe('not_one_key');
    expect(await refused('k/share-1.json,k/none.json')).toBe('no_file');
  });

  it('are never written over', async () => {
    await make('--out', 'k');
    const before = json('k/channel-private.json');
    expect((await make('--out', 'k')).code).toBe(2);
    expect(json('k/channel-private.json')).toEqual(before);
  });

  it.each([
    [['--shares', '3'], 'no_folder'],
    [['--out', 'k', '--shares', '1', '--needed', '1'], 'bad_number'],
    [['--out', 'k', '--shares', '3', '--needed', '4'], 'bad_number'],
    [['--out', 'k', '--shares', 'many', '--needed', '2'], 'bad_number'],
    [['--what'], 'unknown_option'],
  ])('refuse %p with what would be right', async (args, reason) => {
    const { code, out, err } = await make(...args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(`(${reason})`);
  });
});

describe('a citizen and an office, each at their own machine', () => {
  let platform: TestPlatform;
  beforeAll(async () => {
    platform = await startPlatform('cli', ['reporting']);
  }, 120_000);
  afterAll(() => platform?.stop());

  it('report, open, ask, answer and read, without the service seeing a word', async () => {
    const url = platform.url('reporting', '');
    writeFileSync(join(dir, 'report.txt'), 'Пара сұрады, CANARY-cli-1.\n');
    writeFileSync(join(dir, 'question.txt'), 'Қай күні болды?');
    writeFileSync(join(dir, 'answer.txt'), 'Наурыздың үші, CANARY-cli-2.');
    const { publicKey, privateKey } = platform;
    writeFileSync(join(dir, 'key.json'), JSON.stringify({ publicKey, privateKey }));
    const office = { AIQYN_TOKEN: await platform.issuer.token('triage-officer', ['triage-officer']) };
    const to = ['--url', url];

    const facts = ['--category', 'bribery', '--area', 'roads', '--region', 'KZ-75'];
    const files = ['--narrative', 'report.txt', '--receipt', 'receipt.json'];
    const handedIn = await cli(dir, ['submit', ...to, ...facts, ...files]);
    expect([handedIn.code, handedIn.err]).toEqual([0, '']);
    const { reportId, receiptCode } = json('receipt.json');
    expect(statSync(join(dir, 'receipt.json')).mode & 0o077).toBe(0);

    const post = (as: string, path: string) =>
      platform.call('reporting', `/v1/cases/${reportId}/${path}`, { as, method: 'POST' });
    await post('intake-officer', 'acknowledgement');
    await post('triage-officer', 'triage');

    const desk = [...to, '--key', 'key.json', '--case', reportId!];
    expect((await cli(dir, ['open-case', ...desk], office)).out).toContain('CANARY-cli-1');
    const asked = await cli(dir, ['reply', ...desk, '--text', 'question.txt', '--question'], office);
    expect([asked.code, asked.err]).toEqual([0, '']);
    const followed = await cli(dir, ['follow', ...to, '--receipt', 'receipt.json', '--say', 'answer.txt']);
    expect(followed.out).toContain('1. office');
    expect(followed.out).toContain('Қай күні болды?');
    expect(followed.out).toContain('"state":"in-triage"');
    expect(followed.out).toContain('Your report is being assessed.');
    expect((await cli(dir, ['open-case', ...desk], office)).out).toContain('CANARY-cli-2');

    const rejection = { reason: 'insufficient', feedback: 'too-little-to-go-on' };
    await platform.call('reporting', `/v1/cases/${reportId}/rejection`, { as: 'triage-officer', body: rejection });
    writeFileSync(join(dir, 'why.txt'), 'Дәлел бар, CANARY-cli-3.');
    const appealed = await cli(dir, [
      'follow',
      ...to,
      '--receipt',
      'receipt.json',
      '--appeal',
      'why.txt',
      '--withdraw',
    ]);
    expect([appealed.code, appealed.err]).toEqual([0, '']);
    expect(appealed.out).toContain('"appeal":{"state":"lodged"');
    expect(appealed.out).toContain('"withdrawnDay"');
    const again = await cli(dir, ['follow', ...to, '--receipt', 'receipt.json', '--appeal', 'why.txt']);
    expect([again.code, again.err]).toEqual([2, expect.stringContaining('(already_done)')]);

    writeFileSync(
      join(dir, 'other.json'),
      JSON.stringify({ publicKey, privateKey: Buffer.alloc(32, 7).toString('base64url') }),
    );
    const foreign = await cli(dir, ['open-case', ...to, '--key', 'other.json', '--case', reportId!], office);
    expect([foreign.code, foreign.out]).toEqual([2, '']);
    expect(foreign.err).toContain('(does_not_open)');

    for await (const doc of platform.environment.database('reporting').collection('appeals').find())
      expect(JSON.stringify(doc)).not.toContain('CANARY-cli');
    for (const secret of ['CANARY-cli', receiptCode!]) expect(platform.logs()).not.toContain(secret);
  });

  it('go on with a case over a change of the channel’s key, which opens nothing of before', async () => {
    const to = ['--url', platform.url('reporting', '')];
    const office = { AIQYN_TOKEN: await platform.issuer.token('triage-officer', ['triage-officer']) };
    writeFileSync(
      join(dir, 'old.json'),
      JSON.stringify({ publicKey: platform.publicKey, privateKey: platform.privateKey }),
    );
    await cli(dir, ['channel-keys', '--out', 'next']);
    const keys = (which: string, id: string) => ['open-case', ...to, '--key', which, '--case', id];
    const submit = async (text: string, receipt: string): Promise<string> => {
      writeFileSync(join(dir, 'text.txt'), text);
      const facts = ['--category', 'bribery', '--area', 'roads', '--region', 'KZ-75'];
      const done = await cli(dir, ['submit', ...to, ...facts, '--narrative', 'text.txt', '--receipt', receipt]);
      expect([done.code, done.err]).toEqual([0, '']);
      return json(receipt)['reportId']!;
    };
    const before = await submit('CANARY-cli-before', 'before.json');
    await platform.call('reporting', `/v1/cases/${before}/acknowledgement`, { as: 'intake-officer', method: 'POST' });
    await platform.call('reporting', `/v1/cases/${before}/triage`, { as: 'triage-officer', method: 'POST' });
    await platform.crash('reporting', { CHANNEL_PUBLIC_KEY: json('next/channel-public.json')['publicKey']! });

    const after = await submit('CANARY-cli-after', 'after.json');
    writeFileSync(join(dir, 'more.txt'), 'CANARY-cli-more');
    await cli(dir, ['follow', ...to, '--receipt', 'before.json', '--say', 'more.txt']);
    const [next, old] = ['next/channel-private.json', 'old.json'];
    expect((await cli(dir, keys(next, after), office)).out).toContain('CANARY-cli-after');
    expect((await cli(dir, keys(next, before), office)).err).toContain('(does_not_open)');
    const half = await cli(dir, keys(old, before), office);
    expect(half.out).toContain('CANARY-cli-before');
    expect(half.out).toContain('does not open');
    const whole = await cli(dir, keys(`${next},${old}`, before), office);
    expect(whole.out).toContain('CANARY-cli-before');
    expect(whole.out).toContain('CANARY-cli-more');
    await platform.crash('reporting');
  });

  it('fill a form, which the office reads with its labels', async () => {
    const to = ['--url', platform.url('reporting', '')];
    expect((await cli(dir, ['form', ...to])).out).toContain('procurement/1');
    expect((await cli(dir, ['form', ...to, '--kind', 'procurement', '--language', 'kk'])).out).toContain(
      'what *  Не болды',
    );
    const { publicKey, privateKey } = platform;
    writeFileSync(join(dir, 'key.json'), JSON.stringify({ publicKey, privateKey }));
    const facts = ['--category', 'procurement', '--area', 'roads', '--region', 'KZ-75', '--form', 'procurement/1'];
    const fill = (answers: object) => {
      writeFileSync(join(dir, 'answers.json'), JSON.stringify(answers));
      return cli(dir, ['submit', ...to, ...facts, '--answers', 'answers.json', '--receipt', 'receipt.json']);
    };
    expect((await fill({ stage: 'award' })).err).toContain('(form_not_filled)');
    expect((await fill({ what: 'Known before.', stage: 'award' })).code).toBe(0);
    const office = { AIQYN_TOKEN: await platform.issuer.token('triage-officer', ['triage-officer']) };
    const desk = [...to, '--key', 'key.json', '--case', json('receipt.json')['reportId']!];
    const { out } = await cli(dir, ['open-case', ...desk], office);
    expect(out).toBe('What happened: Known before.\nWhich stage of the purchase: Award\n');
  });
  it('attach files that are cleaned and sealed, go on after an interruption, and open them as they were sent', async () => {
    const { publicKey, privateKey } = platform;
    const to = ['--url', platform.url('reporting', '')];
    writeFileSync(join(dir, 'key.json'), JSON.stringify({ publicKey, privateKey }));
    writeFileSync(join(dir, 'report.txt'), 'x');
    const facts = ['--category', 'bribery', '--area', 'roads', '--region', 'KZ-75', '--narrative', 'report.txt'];
    expect((await cli(dir, ['submit', ...to, ...facts, '--receipt', 'receipt.json'])).code).toBe(0);
    const { reportId } = json('receipt.json');
    const attach = (...args: string[]): string[] => ['attach', ...to, '--receipt', 'receipt.json', '--file', ...args];

    const png = pngWith('CANARY-author');
    writeFileSync(join(dir, 'CANARY-name.png'), png);
    const attached = await cli(dir, attach('CANARY-name.png'));
    expect([attached.code, attached.err.split('\n')[0]]).toEqual([0, 'removed: file.name, png.text']);
    expect(attached.err).toContain('sent as 256 KiB');

    const sound = Buffer.concat([Buffer.from('RIFF\0\0\0\x01WAVEfmt '), randomBytes(30_000_000)]);
    writeFileSync(join(dir, 'call.wav'), sound);
    const refused = await cli(dir, attach('call.wav'));
    expect([refused.code, refused.err]).toEqual([2, expect.stringMatching(/\(cannot_be_cleaned\).*--as-it-is/)]);
    const child = spawn(process.execPath, [CLI, ...attach('call.wav', '--as-it-is')], { cwd: dir });
    const ended = new Promise((resolve) => child.on('exit', (_, signal) => resolve(signal)));
    child.stderr.on('data', (text: Buffer) => {
      if (text.includes('20 %')) child.kill('SIGKILL');
    });
    expect(await ended).toBe('SIGKILL');
    await platform.crash('reporting');
    const again = await cli(dir, attach('call.wav', '--as-it-is'));
    expect([again.code, again.err]).toEqual([0, expect.stringMatching(/goes on after 2\d %/)]);
    expect((await cli(dir, attach('call.wav', '--as-it-is'))).out).toContain('attached already');

    const office = { AIQYN_TOKEN: await platform.issuer.token('triage-officer', ['triage-officer']) };
    const open = (...args: string[]) =>
      cli(dir, ['open-file', ...to, '--key', 'key.json', '--case', reportId!, ...args], office);
    const lines = (await open()).out.trim().split('\n');
    expect(lines.map((l) => l.split('  ').slice(2)).sort()).toEqual([
      ['png', `${png.length - TEXT_CHUNK} bytes`, '"CANARY-name.png"'],
      ['wav', `${sound.length} bytes`, '"call.wav"'],
    ]);
    const ids = Object.fromEntries(lines.map((l) => [l.split('  ')[2]!, l.split('  ')[0]!]));
    for (const id of Object.values(ids)) expect((await open('--attachment', id, '--out', 'files')).code).toBe(0);
    expect(readdirSync(join(dir, 'files')).sort()).toEqual([`${ids['wav']}.wav`, `${ids['png']}.png`].sort());
    expect(readFileSync(join(dir, `files/${ids['wav']}.wav`)).equals(sound)).toBe(true);
    expect(readFileSync(join(dir, `files/${ids['png']}.png`)).equals(pngWith())).toBe(true);
    expect((await open('--attachment', ids['wav']!, '--out', 'files')).err).toContain('(file_exists)');

    // A chunk that was changed in the database leaves no file behind.
    const chunks = platform.environment
      .database('reporting')
      .collection<{ _id: string; data: Buffer }>('attachments.chunks');
    const other = await chunks.findOne({ _id: `${ids['wav']}/3` }, { promoteBuffers: true });
    await chunks.updateOne({ _id: `${ids['wav']}/4` }, { $set: { data: other!.data } });
    const changed = await open('--attachment', ids['wav']!, '--out', 'more');
    expect([changed.code, changed.err, readdirSync(join(dir, 'more'))]).toEqual([
      2,
      expect.stringContaining('(does_not_open)'),
      [],
    ]);
    expect(platform.logs()).not.toContain('CANARY');
  }, 180_000);

  it('are told in words when the service says no, or is not there', async () => {
    writeFileSync(join(dir, 'report.txt'), 'x');
    const submit = (url: string, region: string) =>
      cli(dir, [
        ...['submit', '--url', url, '--category', 'bribery', '--area', 'roads', '--region', region],
        ...['--narrative', 'report.txt', '--receipt', 'receipt.json'],
      ]);
    const wrong = await submit(platform.url('reporting', ''), 'KZ-99');
    expect([wrong.code, existsSync(join(dir, 'receipt.json'))]).toEqual([2, false]);
    expect(wrong.err).toMatch(/invalid_input.*region/);
    expect((await submit('http://127.0.0.1:9', 'KZ-75')).err).toContain('(no_service)');
  });
});

const TEXT_CHUNK = 12 + 'Author\0CANARY-author'.length;

/** A picture of eight by eight pixels, with an author. */
function pngWith(author?: string): Buffer {
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAFElEQVR4nGM8IWfDgA0wYRUdtBIA5+ABMmcf2iwAAAAASUVORK5CYII=',
    'base64',
  );
  if (author === undefined) return png;
  const body = Buffer.from(`tEXtAuthor\0${author}`);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(body.length - 4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([png.subarray(0, 33), length, body, check, png.subarray(33)]);
}
