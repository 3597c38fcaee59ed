import { createHash } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { RuleError } from '@aiqyn/contracts';
import { type FileHeader, openChunks, openHeader } from '../sealing/files.js';
import { SEALED_CHUNK } from '../sealing/padding.rules.js';
import type { Sealed } from '../sealing/sealing.js';

import { type Command, needed } from '@aiqyn/platform/cli';
import { call, receive } from './http.js';
import { privateKeysOf } from './keys.js';
import { desk, DESK_HELP, DESK_OPTIONS } from './office.js';

interface Item {
  readonly attachmentId: string;
  readonly caseId: string;
  readonly day: string;
  readonly header: Sealed;
}

const doesNotOpen = (what: string): RuleError =>
  new RuleError('does_not_open', `${what} does not open: another key, or it was changed`);

/** A name on one line, without what would turn or hide a part of it. */
const shown = (name: string): string => JSON.stringify(name.replace(/[\p{C}\p{Z}]+/gu, ' '));

/** A stream cut into pieces of one length. */
async function* pieces(stream: AsyncIterable<Uint8Array>, length: number): AsyncGenerator<Uint8Array> {
  let rest = Buffer.alloc(0);
  for await (const part of stream) {
    rest = Buffer.concat([rest, part]);
    for (; rest.length >= length; rest = rest.subarray(length)) yield rest.subarray(0, length);
  }
  if (rest.length > 0) yield rest;
}

/** Writes what opens to the file, which gets its name only when all of it is what was sealed. */
async function writeOpened(
  file: string,
  header: FileHeader,
  item: Item,
  stream: AsyncIterable<Uint8Array>,
): Promise<void> {
  const part = `${file}.part`;
  const hash = createHash('sha256');
  const out = openSync(part, 'w', 0o600);
  try {
    for await (const plain of openChunks(header, item, pieces(stream, SEALED_CHUNK))) {
      hash.update(plain);
      writeSync(out, plain);
    }
    if (hash.digest('base64url') !== header.sha256) throw new Error('another content');
    renameSync(part, file);
  } catch {
    rmSync(part, { force: true });
    throw doesNotOpen('the file');
  } finally {
    closeSync(out);
  }
}

/** The files of a case, opened on the office's own machine. */
export const openFile: Command = {
  does: 'lists and opens the files of a case with the channel key',
  help: `Lists the files of a case, or opens one on this machine; the service never sees them. The file is called by its id, not as the
reporting person called it. It comes from a stranger: open it where nothing else is.

npm run -s reporting -- open-file --url http://localhost:3001 --key channel-private.json --case ID
npm run -s reporting -- open-file --url http://localhost:3001 --key channel-private.json --case ID --attachment ID --out files

${DESK_HELP}
  --attachment id of the file; without it the files are listed
  --out        folder for the file; what is there is not written over`,
  options: { ...DESK_OPTIONS, attachment: { type: 'string' }, out: { type: 'string' } },
  async run(values) {
    const { url, token, caseId, keyFile } = desk(values);
    const keys = privateKeysOf(keyFile);
    const path = `/v1/cases/${caseId}/attachments`;
    const { items } = await call<{ items: Item[] }>(url, path, { token });
    const header = (item: Item): Promise<FileHeader> =>
      Promise.any(keys.map((key) => openHeader(key, item, item.header))).catch(() =>
        Promise.reject(doesNotOpen('the header')),
      );
    const wanted = values['attachment'];
    if (wanted === undefined) {
      const lines = items.map(async (item) => {
        const { name, kind, length } = await header(item);
        return `${item.attachmentId}  ${item.day}  ${kind}  ${length} bytes  ${shown(name)}`;
      });
      return items.length === 0 ? 'no files' : (await Promise.all(lines)).join('\n');
    }
    const dir = needed(values, 'out');
    const item = items.find((one) => one.attachmentId === wanted);
    if (!item) throw new RuleError('no_file', 'the case has no such file');
    const told = await header(item);
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    const file = join(dir, `${item.attachmentId}.${/^[a-z0-9]{1,8}$/.test(told.kind) ? told.kind : 'bin'}`);
    if (existsSync(file)) throw new RuleError('file_exists', `${file} is there already: choose another folder`);
    await writeOpened(file, told, item, await receive(url, `${path}/${item.attachmentId}`, token));
    return `${file}  ${told.length} bytes, called ${shown(told.name)}`;
  },
};
