import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { RuleError } from '@aiqyn/contracts';
import type { CleanedFile } from '../cleaning/clean-file.js';
import { type FilePlace, keyOfFile, sealChunks, sealHeader, sha256 } from '../sealing/files.js';
import { chunksFor, SEALED_CHUNK } from '../sealing/padding.rules.js';
import { fileSecret } from '../sealing/sealing.js';

import { type Command, needed } from '@aiqyn/platform/cli';
import { call, sendBytes } from './http.js';
import { read } from './keys.js';

interface Channel {
  readonly publicKey: string;
  readonly attachments: { readonly bytesPerFile: number; readonly filesPerReport: number };
}

const sizeOf = (bytes: number): string =>
  bytes < 1_048_576 ? `${Math.max(1, Math.round(bytes / 1_024))} KiB` : `${(bytes / 1_048_576).toFixed(1)} MiB`;
const say = (line: string): void => void process.stderr.write(`${line}\n`);

async function cleaned(file: string, asItIs: boolean, limit: number): Promise<CleanedFile> {
  // Loaded here: what reads PDFs takes longer to load than most commands run.
  const { cleanFile, Refusal } = await import('../cleaning/clean-file.js');
  let bytes: Buffer;
  try {
    const { size } = statSync(file);
    if (size > limit) throw new RuleError('too_large', `${sizeOf(size)}; a file has at most ${sizeOf(limit)}`);
    bytes = readFileSync(file);
  } catch (error) {
    throw error instanceof RuleError ? error : new RuleError('no_file', `${file} cannot be read`);
  }
  try {
    return await cleanFile(basename(file), bytes, { asItIs });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const choice = error.code === 'cannot_be_cleaned' && !asItIs;
    throw new RuleError(
      error.code,
      error.message + (choice ? '; --as-it-is sends it with all that it may tell about you' : ''),
    );
  }
}

/** Sends the chunks from the one that is wanted; a line that breaks is tried again, then the same command goes on. */
async function sendChunks(
  url: string,
  { attachmentId, ...place }: FilePlace,
  content: { readonly key: string; readonly bytes: Uint8Array },
  { next, uploadToken }: { readonly next: number; readonly uploadToken: string },
): Promise<void> {
  const chunks = chunksFor(content.bytes.length);
  const headers = { 'x-upload-token': uploadToken };
  for await (const { no, sealed } of sealChunks(content.key, { attachmentId, ...place }, content.bytes, next)) {
    await sendBytes(url, `/v1/reports/attachments/${attachmentId}/chunks/${no}`, sealed, headers);
    const part = Math.floor(((no + 1) * 10) / chunks);
    if (part > Math.floor((no * 10) / chunks)) say(`${part * 10} %`);
  }
  await call(url, `/v1/reports/attachments/${attachmentId}/completion`, { body: { chunks }, headers });
}

/** Attaches a file to a report: cleaned and sealed on this machine. */
export const attach: Command = {
  does: 'cleans and seals a file on this machine and attaches it to a report',
  help: `Cleans a file of what it tells about you, seals it on this machine and attaches it to your report. After an interruption the
same command goes on where it was; nothing about it is kept on this machine.

npm run -s reporting -- attach --url http://localhost:3001 --receipt receipt.json --file photo.jpg
npm run -s reporting -- attach --url http://localhost:3001 --receipt receipt.json --file call.mp3 --as-it-is

  --url        the reporting service, e.g. http://localhost:3001
  --receipt    the file that \`submit\` wrote
  --file       JPEG, PNG, PDF, DOCX, XLSX, PPTX, text or CSV
  --as-it-is   send also what cannot be cleaned, e.g. sound or video, with all that it may tell about you`,
  options: {
    url: { type: 'string' },
    receipt: { type: 'string' },
    file: { type: 'string' },
    'as-it-is': { type: 'boolean' },
  },
  async run(values) {
    const [url, file] = [needed(values, 'url'), needed(values, 'file')];
    const { reportId: caseId, receiptCode } = read<{ reportId: string; receiptCode: string }>(
      needed(values, 'receipt'),
    );
    const { publicKey, attachments: limits } = await call<Channel>(url, '/v1/channels/default');
    const what = await cleaned(file, values['as-it-is'] === true, limits.bytesPerFile);
    const { kind, bytes, removed } = what;
    say(
      what.cleaned
        ? `removed: ${removed.join(', ')}`
        : 'sent as it is, with all that it may tell about you, but for its name',
    );
    const name = basename(file);
    const digest = await sha256(bytes);
    const { attachmentId, key } = await keyOfFile(await fileSecret(receiptCode), { caseId, name, sha256: digest });
    const place = { caseId, attachmentId };
    const chunks = chunksFor(bytes.length);
    say(`${sizeOf(bytes.length)}, sent as ${sizeOf(chunks * SEALED_CHUNK)}, so that the size tells little`);
    const { enc, ciphertext } = await sealHeader(publicKey, place, {
      ...{ key, name, kind, length: bytes.length, chunks, sha256: digest },
    });
    const body = { receiptCode, attachmentId, header: { enc, ciphertext }, chunks };
    const upload = await call<{ next: number; state: string; uploadToken: string }>(url, '/v1/reports/attachments', {
      body,
    });
    if (upload.state === 'complete') return `attached already: ${attachmentId}`;
    if (upload.next > 0) say(`goes on after ${Math.floor((upload.next * 100) / chunks)} %`);
    await sendChunks(url, place, { key, bytes }, upload);
    return `attached: ${attachmentId}, ${kind}, ${bytes.length} bytes`;
  },
};
