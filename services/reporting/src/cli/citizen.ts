import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { type Challenge, solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import { RuleError } from '@aiqyn/contracts';
import { type Command, needed, type Values } from '@aiqyn/platform/cli';
import { Forms } from '../fill-form/forms.js';
import { replyKeyPair, seal, type Sealed } from '../sealing/sealing.js';
import type { ShownMessage } from '../talk-to-reporter/dialogues.js';
import { call } from './http.js';
import type { Language } from '../fill-form/form.rules.js';
import type { StatusTexts } from '../track-report/texts.js';
import { languageOf } from './form.js';
import { openWithAny, read } from './keys.js';

/** What a reporting person keeps. */
interface Receipt {
  readonly reportId: string;
  readonly receiptCode: string;
}

interface Status {
  readonly state: string;
  readonly feedback?: { readonly code: string };
}

const URL_OPTION = '  --url        the reporting service, e.g. http://localhost:3001';

const strip = ({ enc, ciphertext }: Sealed): object => ({ enc, ciphertext });

function fileText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new RuleError('no_file', `${file} cannot be read`);
  }
}

/** What is told: the answers of a form, checked here as nobody else can once they are sealed, or a narrative. */
function told(values: Values, facts: object): string {
  const { form } = values;
  if (typeof form !== 'string') return fileText(needed(values, 'narrative'));
  const answers = read<object>(needed(values, 'answers'));
  new Forms().check(form, facts, answers);
  return JSON.stringify(answers);
}

/** The proof of work that a report costs while there is a flood. */
async function solved(url: string): Promise<{ work?: string }> {
  const { work } = await call<{ work: Challenge | null }>(url, '/v1/channels/default/work');
  if (!work) return {};
  const solution = await solveChallenge({ challenge: work, deriveKey });
  if (!solution) throw new RuleError('work_not_done', 'many reports arrive and this machine is too slow: try later');
  return { work: Buffer.from(JSON.stringify({ challenge: work, solution })).toString('base64') };
}

/** Hands in a report that only the office can read, and sets the key for its replies. */
export const submit: Command = {
  does: 'seals a report on this machine and hands it in',
  help: `Seals a report on this machine and hands it in; the receipt is written to a file that only you should have.

npm run -s reporting -- submit --url http://localhost:3001 --category bribery --area roads --region KZ-75 --narrative report.txt --receipt receipt.json
npm run -s reporting -- submit --url http://localhost:3001 --form procurement/1 --category procurement --area roads --region KZ-75 --answers answers.json --receipt receipt.json

${URL_OPTION}
  --category   bribery, procurement, gift, retaliation, quasi-public-employer, ...
  --area       roads, health, education, construction, it, ...
  --region     ISO 3166-2, e.g. KZ-75
  --form       the form that is filled, e.g. procurement/1 (see the command \`form\`), with --answers: a JSON file with its answers
  --narrative  instead of a form, a file with what happened; --contact: a file with how to reach you, if you wish
  --bin        BIN of the organisation; --amount: in tiyn
  --mode       anonymous (if left out), confidential, named
  --receipt    file for the receipt`,
  options: Object.fromEntries(
    [
      'url',
      'form',
      'category',
      'area',
      'region',
      'bin',
      'amount',
      'narrative',
      'answers',
      'contact',
      'mode',
      'receipt',
    ].map((n) => [n, { type: 'string' as const }]),
  ),
  async run(values) {
    const url = needed(values, 'url');
    const receiptFile = needed(values, 'receipt');
    const reportId = randomUUID();
    const { publicKey } = await call<{ publicKey: string }>(url, '/v1/channels/default');
    const sealed = async (field: string, text: string): Promise<object> =>
      strip(await seal(publicKey, { caseId: reportId, field }, text, 'client'));
    const contact = values['contact'];
    const facts = {
      category: needed(values, 'category'),
      areaCode: needed(values, 'area'),
      region: needed(values, 'region'),
      ...(values['mode'] ? { mode: values['mode'] } : {}),
      ...(values['bin'] ? { organisationBin: values['bin'] } : {}),
      ...(values['amount'] ? { allegedAmount: Number(values['amount']) } : {}),
    };
    const body = {
      reportId,
      ...facts,
      ...(values['form'] ? { form: values['form'] } : {}),
      sealedNarrative: await sealed('narrative', told(values, facts)),
      ...(typeof contact === 'string' ? { sealedContact: await sealed('contact', fileText(contact)) } : {}),
      ...(await solved(url)),
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
  does: 'tells what became of a report, opens replies, writes to the office, appeals, withdraws',
  help: `Tells what became of a report and opens the office's replies on this machine.

npm run -s reporting -- follow --url http://localhost:3001 --receipt receipt.json
npm run -s reporting -- follow --url http://localhost:3001 --receipt receipt.json --say answer.txt
npm run -s reporting -- follow --url http://localhost:3001 --receipt receipt.json --appeal why.txt
npm run -s reporting -- follow --url http://localhost:3001 --receipt receipt.json --withdraw --forget-contact

${URL_OPTION}
  --receipt    the file that \`submit\` wrote
  --say        a file with a message to the office
  --appeal     a file with why you do not accept the outcome
  --withdraw   you stand by the report no longer; the case may go on
  --forget-contact   with --withdraw: who you are is deleted
  --language   kk, ru or en (if left out)`,
  options: {
    ...Object.fromEntries(['url', 'receipt', 'say', 'appeal', 'language'].map((n) => [n, { type: 'string' as const }])),
    ...{ withdraw: { type: 'boolean' }, 'forget-contact': { type: 'boolean' } },
  },
  async run(values) {
    const url = needed(values, 'url');
    const { reportId: caseId, receiptCode } = read<Receipt>(needed(values, 'receipt'));
    const language = languageOf(values['language']);
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
    if (typeof values['appeal'] === 'string') {
      const { publicKey } = await call<{ publicKey: string }>(url, '/v1/channels/default');
      const appealId = randomUUID();
      const place = { caseId, field: `appeal/${appealId}` };
      const sealedText = strip(await seal(publicKey, place, fileText(values['appeal']), 'client'));
      await call(url, '/v1/reports/appeal', { body: { receiptCode, appealId, sealedText } });
    }
    if (values['withdraw']) {
      const forgetContact = values['forget-contact'] === true;
      await call(url, '/v1/reports/withdrawal', { body: { receiptCode, forgetContact } });
    }
    const body = { receiptCode };
    const status = await call<Status>(url, '/v1/reports/status', { body });
    const words = (await call<Record<Language, StatusTexts>>(url, '/v1/channels/default/texts'))[language];
    const feedback = status.feedback ? [words[`feedback.${status.feedback.code}`]!] : [];
    const { items } = await call<{ items: ShownMessage[] }>(url, '/v1/reports/messages/list', { body });
    return [
      words[`state.${status.state}`]!,
      ...feedback,
      JSON.stringify(status),
      ...(await opened([keys.privateKey], caseId, items)),
    ].join('\n');
  },
};

/** Messages as lines, each opened with one of the keys; one that does not open is shown as such, not left out. */
export async function opened(
  keys: readonly string[],
  caseId: string,
  items: readonly ShownMessage[],
): Promise<string[]> {
  return Promise.all(
    items.map(async ({ messageId, no, from, day, sealed, damaged }) => {
      if (damaged) return `${no}. ${from}, ${day}: [was changed where it is stored]`;
      const text = sealed
        ? await openWithAny(keys, { caseId, field: `message/${messageId}` }, sealed).catch(
            () => '[does not open: it was changed, or is for another key]',
          )
        : '[sealed to the other side only]';
      return `${no}. ${from}, ${day}: ${text.trimEnd()}`;
    }),
  );
}
