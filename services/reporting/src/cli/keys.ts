import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { combine, split } from 'shamir-secret-sharing';
import { RuleError } from '@aiqyn/contracts';
import { channelKeyPair, type KeyPair, open, type Place, seal, type Sealed } from '../sealing/sealing.js';
import type { Command } from '@aiqyn/platform/cli';

const HELP = `Makes the key pair of a channel on an office's own machine. The service gets the public half only.

npm run -s reporting -- channel-keys --out keys --shares 5 --needed 3     five shares of which three open
npm run -s reporting -- channel-keys --out keys                           one file with the whole key
npm run -s reporting -- channel-keys --join keys/share-1.json,keys/share-4.json,keys/share-5.json --out opened

  --out      folder for the files; what is there is not written over
  --shares   how many shares the private half is divided into (2 to 20); it is then in no file as a whole
  --needed   how many of them are needed (2 to --shares)
  --join     share files, separated by commas: puts the private half together again`;

interface Share {
  readonly publicKey: string;
  readonly share: string;
  readonly needed: number;
}

const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64url'));
const text = (data: Uint8Array): string => Buffer.from(data).toString('base64url');

function write(dir: string, name: string, content: object): string {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const file = join(dir, name);
  if (existsSync(file)) throw new RuleError('file_exists', `${file} is there already: choose another folder`);
  writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  return file;
}

function count(value: string | undefined, option: string, least: number, most: number): number {
  const n = Number(value);
  if (Number.isInteger(n) && n >= least && n <= most) return n;
  throw new RuleError('bad_number', `--${option} is a whole number from ${least} to ${most}`);
}

/** The private half of a key file; throws RuleError when the file is none. */
export function privateKeyOf(file: string): string {
  const pair = read<Partial<KeyPair>>(file);
  if (typeof pair.privateKey !== 'string') throw new RuleError('no_key', `${file} holds no private key`);
  return pair.privateKey;
}

/** The present key of a channel and earlier ones, from files separated by commas; the first is what is sealed to. */
export const keyFiles = (files: string): [string, ...string[]] => files.split(',') as [string, ...string[]];
export const privateKeysOf = (files: string): string[] => keyFiles(files).map(privateKeyOf);

/** What the first key opens that does; a case may go on over a change of the channel's key. Rejects when none does. */
export const openWithAny = (keys: readonly string[], place: Place, sealed: Sealed): Promise<string> =>
  Promise.any(keys.map((key) => open(key, place, sealed)));

/** A JSON file; throws RuleError when there is none. */
export function read<T>(file: string): T {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T;
  } catch {
    throw new RuleError('no_file', `${file} cannot be read as JSON`);
  }
}

async function joined(files: string[], dir: string): Promise<string> {
  const shares = files.map((file) => read<Share>(file));
  const [first] = shares;
  if (shares.some((s) => typeof s.share !== 'string' || s.publicKey !== first?.publicKey))
    throw new RuleError('not_one_key', 'the files are not shares of one key');
  if (shares.length < first!.needed)
    throw new RuleError('too_few_shares', `${first!.needed} shares are needed, ${shares.length} are here`);
  const privateKey = text(await combine(shares.map((s) => bytes(s.share))));
  // Any bytes make a key: only opening tells that these are the right ones.
  const place = { caseId: 'joined', field: 'key' };
  const trial = await seal(first!.publicKey, place, 'trial', 'client');
  await open(privateKey, place, trial).catch(() => {
    throw new RuleError(
      'not_one_key',
      'together the shares are not the key: one of them was changed, or is there twice',
    );
  });
  return `${write(dir, 'channel-private.json', { publicKey: first!.publicKey, privateKey })}\nremove it when the work is done`;
}

/** Makes, divides and puts together the keys of a channel (m-of-n escrow by Shamir's scheme). */
export const channelKeys: Command = {
  does: 'makes the key pair of a channel, whole or in shares',
  help: HELP,
  options: {
    out: { type: 'string' },
    shares: { type: 'string' },
    needed: { type: 'string' },
    join: { type: 'string' },
  },
  async run(values) {
    const [out, shares, needed, join] = ['out', 'shares', 'needed', 'join'].map((n) => values[n] as string | undefined);
    if (!out) throw new RuleError('no_folder', '--out is needed: a folder for the key files');
    if (join) return joined(join.split(','), out);
    const n = shares === undefined ? 0 : count(shares, 'shares', 2, 20);
    const m = n === 0 ? 0 : count(needed, 'needed', 2, n);
    const { publicKey, privateKey } = await channelKeyPair();
    const files = [write(out, 'channel-public.json', { publicKey })];
    if (n === 0) files.push(write(out, 'channel-private.json', { publicKey, privateKey }));
    else {
      const parts = await split(bytes(privateKey), n, m);
      for (const [i, share] of parts.entries())
        files.push(write(out, `share-${i + 1}.json`, { publicKey, share: text(share), needed: m }));
    }
    return [`CHANNEL_PUBLIC_KEY=${publicKey}`, ...files].join('\n');
  },
};
