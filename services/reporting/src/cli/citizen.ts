import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { RuleError } from '@aiqyn/contracts';
import { open, replyKeyPair, seal, type Sealed } from '../sealing/sealing.js';
import type { ShownMessage } from '../talk-to-reporter/dialogues.js';
import type { Command, Values } from './command.js';
import { call } from './http.js';
import { read } from './keys.js';

/** What a reporting person keeps. */
interface Receipt {
  readonly reportId: string;
  readonly receiptCode: string;
}

const URL_OPTION = '  --url        the reporting service, e.g. http://localhost:3001';

/** An option that must be there; throws RuleError `missing_option`. */
export function needed(values: Values, name: string): string {
  const value = values[name];
  if (typeof value !== 'string' || value === '') throw new RuleError('missing_option', `--${name} is needed`);
  return value;
}

const strip = ({ enc, ciphertext }: Sealed): object => ({ enc, ciphertext });

function fileText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new RuleError('no_file', `${file} cannot be read`);
  }
}

/** Hands in a report that only the office can read, and sets the key for its replies. */
export const submit: Command = {
  does: 'seals a report on this machine and hands it in',
  help: `Seals a report on this machine and hands it in; the receipt is written to a file that only you should have.

npm run -s reporting -- submit --url http://localhost:3001 --category bribery --area roads --region KZ-75 --narrative report.txt --receipt receipt.json

${URL_OPTION}
  --category   bribery, procurement, gift, retaliation, quasi-public-employer, ...
  --area       roads, health, education, construction, it, ...
  --region     ISO 3166-2, e.g. KZ-75
  --narrative  a file with what happened; --contact: a file with how to reach you, if you wish
  --mode       anonymous (if left out), confidential, named
  --receipt    file for the receipt`,
  options: Object.fromEntries(
    ['url', 'category', 'area', 'region', 'narrative', 'contact', 'mode', 'receipt'].map((n) => [
      n,
      { type: 'string' as const },
    ]),
  ),
  async run(values) {
    const url = needed(values, 'url');
    const receiptFile = needed(values, 'receipt');
    const reportId = randomUUID();
    const { publicKey } = await call<{ publicKey: string }>(url, '/v1/channels/default');
    const sealed = async (field: string, file: string): Promise<object> =>
      strip(await seal(publicKey, { caseId: reportId, field }, fileText(file), 'client'));
    const contact = values['contact'];
    const body = {
      reportId,
      category: needed(values, 'category'),
      areaCode: needed(values, 'area'),
      region: needed(values, 'region'),
      sealedNarrative: await sealed('narrative', needed(values, 'narrative')),
      ...(typeof contact === 'string' ? { sealedContact: await sealed('contact', contact) } : {}),
      ...(values['mode'] ? { mode: values['mode'] } : {}),
    };
    const receipt = await call<Receipt & { acknowledgeBy: string }>(url, '/v1/reports', { body });
    writeFileSync(receiptFile, `${JSON.stringify(receipt, null, 2)}\n`, { mode: 0o600 });
    const { receiptCode } = receipt;
    const { publicKey: replyKey } = await replyKeyPair(receiptCode);
    await call(url, '/v1/reports/reply-key', { body: { receiptCode, publicKey: replyKey } });
    return [
      `report ${reportId} is handed in; it will be acknowledged by ${receipt.acknowledgeBy}`,
      `receipt code ${receiptCode.replace(/(\d{4})(?=\d)/g, '$1 ')}   (also in ${receiptFile}: keep it, nobody can give it again)`,
    ].join('\n');
  },
};

/** What became of a report, and the dialogue with the office. */
export const follow: Command = {
  does: 'tells what became of a report, opens replies, writes to the office',
  help: `Tells what became of a report and opens the office's replies on this machine.

npm run -s reporting -- follow --url http://localhost:3001 --receipt receipt.json
npm run -s reporting -- follow --url http://localhost:3001 --receipt receipt.json --say answer.txt

${URL_OPTION}
  --receipt    the file that \`submit\` wrote
  --say        a file with a message to the office`,
  options: { url: { type: 'string' }, receipt: { type: 'string' }, say: { type: 'string' } },
  async run(values) {
    const url = needed(values, 'url');
    const { reportId: caseId, receiptCode } = read<Receipt>(needed(values, 'receipt'));
    const keys = await replyKeyPair(receiptCode);
    if (typeof values['say'] === 'string') {
      const { publicKey } = await call<{ publicKey: string }>(url, '/v1/channels/default');
      const messageId = randomUUID();
      const place = { caseId, field: `message/${messageId}` };
      const text = fileText(values['say']);
      const sealed = strip(await seal(publicKey, place, text, 'client'));
      const copy = strip(await seal(keys.publicKey, place, text, 'client'));
      await call(url, '/v1/reports/messages', { body: { receiptCode, messageId, sealed, copy } });
    }
    const body = { receiptCode };
    const status = await call<Record<string, unknown>>(url, '/v1/reports/status', { body });
    const { items } = await call<{ items: ShownMessage[] }>(url, '/v1/reports/messages/list', { body });
    return [JSON.stringify(status), ...(await opened(keys.privateKey, caseId, items))].join('\n');
  },
};

/** Messages as lines, each opened with a key; one that does not open is shown as such, not left out. */
export async function opened(privateKey: string, caseId: string, items: readonly ShownMessage[]): Promise<string[]> {
  return Promise.all(
    items.map(async ({ messageId, no, from, day, sealed }) => {
      const text = sealed
        ? await open(privateKey, { caseId, field: `message/${messageId}` }, sealed).catch(
            () => '[does not open: it was changed, or is for another key]',
          )
        : '[sealed to the other side only]';
      return `${no}. ${from}, ${day}: ${text.trimEnd()}`;
    }),
  );
}
