import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { RuleError } from '@aiqyn/contracts';
import { type Command, needed, tokenOf, type Values } from '@aiqyn/platform/cli';
import { seal, type Sealed } from '../sealing/sealing.js';
import type { ShownMessage } from '../talk-to-reporter/dialogues.js';
import type { FormDefinition } from '../fill-form/form.rules.js';
import { opened } from './citizen.js';
import { labelled } from './form.js';
import { call } from './http.js';
import { keyFiles, openWithAny, privateKeysOf, read } from './keys.js';

export interface Correspondence {
  /** Null when the case is purged. */
  readonly narrative: Sealed | null;
  /** The form whose answers the narrative holds. */
  readonly form: string | null;
  readonly replyKey: string | null;
  readonly items: ShownMessage[];
}

export const DESK_HELP = `  --url        the reporting service, e.g. http://localhost:3001
  --token      a bearer token; or set AIQYN_TOKEN, so that it stands in no history
  --key        the channel's private key file, on this machine only; with earlier ones behind it, by commas,
               for cases from before a change of the key
  --case       id of the case`;

export interface Desk {
  readonly url: string;
  readonly token: string;
  readonly caseId: string;
  readonly keyFile: string;
}

/** Where an office works, from the options of its command. */
export function desk(values: Values): Desk {
  const value = (name: string): string => needed(values, name);
  return { url: value('url'), token: tokenOf(values), caseId: value('case'), keyFile: value('key') };
}

export const DESK_OPTIONS = Object.fromEntries(
  ['url', 'token', 'key', 'case'].map((name) => [name, { type: 'string' as const }]),
);

/** The narrative and the dialogue of a case, opened on the office's own machine. */
export const openCase: Command = {
  does: 'opens the narrative and messages of a case with the channel key',
  help: `Opens the narrative and the messages of a case on this machine; the service never sees them.

npm run -s reporting -- open-case --url http://localhost:3001 --key channel-private.json --case ID

${DESK_HELP}`,
  options: DESK_OPTIONS,
  async run(values) {
    const { url, token, caseId, keyFile } = desk(values);
    const { narrative, form, items } = await call<Correspondence>(url, `/v1/cases/${caseId}/messages`, { token });
    if (!narrative) throw new RuleError('purged', 'the content of this case was deleted');
    const keys = privateKeysOf(keyFile);
    const text = await openWithAny(keys, { caseId, field: 'narrative' }, narrative).catch(() => {
      throw new RuleError('does_not_open', 'the narrative does not open: another key, or it was changed');
    });
    const shown = form ? labelled(text, await call<FormDefinition>(url, `/v1/channels/default/forms/${form}`)) : text;
    return [shown.trimEnd(), ...(await opened(keys, caseId, items))].join('\n');
  },
};

/** A message or question of the office, sealed on its own machine. */
export const reply: Command = {
  does: 'seals a message or question to the reporting person',
  help: `Seals a message to the reporting person on this machine and sends it.

npm run -s reporting -- reply --url http://localhost:3001 --key channel-private.json --case ID --text reply.txt
npm run -s reporting -- reply --url http://localhost:3001 --key channel-private.json --case ID --text reply.txt --question

${DESK_HELP}
  --text       a file with the message
  --question   the case waits for the answer`,
  options: { ...DESK_OPTIONS, text: { type: 'string' }, question: { type: 'boolean' } },
  async run(values) {
    const { url, token, caseId, keyFile } = desk(values);
    const file = values['text'];
    if (typeof file !== 'string') throw new RuleError('missing_option', '--text is needed: a file with the message');
    const text = readFileSync(file, 'utf8');
    const { replyKey } = await call<Correspondence>(url, `/v1/cases/${caseId}/messages`, { token });
    if (!replyKey)
      throw new RuleError(
        'no_reply_key',
        'the reporting person has set no key for replies yet; they do at their next visit',
      );
    const { publicKey } = read<{ publicKey: string }>(keyFiles(keyFile)[0]);
    const messageId = randomUUID();
    const place = { caseId, field: `message/${messageId}` };
    const to = async (key: string): Promise<object> => {
      const { enc, ciphertext } = await seal(key, place, text, 'client');
      return { enc, ciphertext };
    };
    const body = { messageId, sealed: await to(replyKey), copy: await to(publicKey) };
    await call(url, `/v1/cases/${caseId}/${values['question'] ? 'questions' : 'messages'}`, { token, body });
    return values['question'] ? 'asked: the case waits for the answer' : 'sent';
  },
};
