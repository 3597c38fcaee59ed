import { createHash } from 'node:crypto';
import { RuleError } from '@aiqyn/contracts';
import { isSealedLength } from '../sealing/padding.rules.js';
import { open, seal, type Sealed } from '../sealing/sealing.js';
import type { ShownMessage } from '../talk-to-reporter/dialogues.js';
import { type Command, needed, tokenOf } from '@aiqyn/platform/cli';
import { call } from './http.js';
import { openWithAny, privateKeyOf, privateKeysOf } from './keys.js';
import { type Correspondence, desk, DESK_HELP, DESK_OPTIONS } from './office.js';

interface Body {
  readonly code: string;
  readonly publicKey?: string;
}

/** What the other body reads. */
interface Content {
  readonly narrative: string;
  readonly messages: readonly {
    readonly no: number;
    readonly from: string;
    readonly day: string;
    readonly text: string;
  }[];
}

const doesNotOpen = (what: string) => (): never => {
  throw new RuleError('does_not_open', `${what} does not open: another key, or it was changed`);
};

/** Everything that the channel key opens; a part that does not open stops the hand-over, so that nobody gets half a case. */
async function contentOf(
  keys: readonly string[],
  caseId: string,
  { narrative, items }: Correspondence,
): Promise<Content> {
  if (!narrative) throw new RuleError('purged', 'the content of this case was deleted');
  const messages = items.map(async ({ messageId, no, from, day, sealed, damaged }: ShownMessage) => {
    if (damaged) return doesNotOpen(`message ${no}`)();
    const place = { caseId, field: `message/${messageId}` };
    const text = sealed ? await openWithAny(keys, place, sealed).catch(doesNotOpen(`message ${no}`)) : '';
    return { no, from, day, text };
  });
  const text = await openWithAny(keys, { caseId, field: 'narrative' }, narrative).catch(doesNotOpen('the narrative'));
  return { narrative: text, messages: await Promise.all(messages) };
}

/** Refers a case with its content, which is opened and sealed anew on the office's own machine. */
export const handOver: Command = {
  does: 'refers a case to another body, its content sealed to that body',
  help: `Opens a case on this machine, seals it to the other body's key and refers the case; the service never sees it.

npm run -s reporting -- hand-over --url http://localhost:3001 --key channel-private.json --case ID --to general-prosecutor

${DESK_HELP}
  --to         code of the body; one that has no key gets the facts only, and you are told so`,
  options: { ...DESK_OPTIONS, to: { type: 'string' } },
  async run(values) {
    const { url, token, caseId, keyFile } = desk(values);
    const { to } = values;
    if (typeof to !== 'string') throw new RuleError('missing_option', '--to is needed: the code of a body');
    const { items: bodies } = await call<{ items: Body[] }>(url, '/v1/referral-bodies', { token });
    const body = bodies.find((b) => b.code === to);
    if (!body) throw new RuleError('unknown_body', `one of ${bodies.map((b) => b.code).join(', ')}`);
    const path = `/v1/cases/${caseId}/referral`;
    if (!body.publicKey) {
      await call(url, path, { token, body: { to } });
      return `referred to ${to} with the facts only: it has no key here, so that no content can be sealed to it`;
    }
    const sealedCase = await call<Correspondence>(url, `/v1/cases/${caseId}/messages`, { token });
    const content = await contentOf(privateKeysOf(keyFile), caseId, sealedCase);
    const place = { caseId, field: `handover/${to}` };
    const { enc, ciphertext } = await seal(body.publicKey, place, JSON.stringify(content), 'client');
    if (!isSealedLength(ciphertext))
      throw new RuleError('too_long', 'the content is too long to be handed over in one piece');
    await call(url, path, { token, body: { to, sealed: { enc, ciphertext } } });
    const fingerprint = createHash('sha256').update(Buffer.from(body.publicKey, 'base64url')).digest('hex');
    return `referred to ${to} with its content\nsealed to the key whose SHA-256 is ${fingerprint}: compare it with what the body tells`;
  },
};

interface Handed {
  readonly caseId: string;
  readonly to: string;
  readonly day: string;
  readonly category: string;
  readonly sealed?: Sealed;
  readonly damaged?: true;
}

/** What another body was handed over, opened on its own machine. */
export const openHandovers: Command = {
  does: 'opens what was handed over to a body, with its own key',
  help: `Lists what was handed over to the body of the token, and opens it on this machine.

npm run -s reporting -- open-handovers --url http://localhost:3001 --key body-private.json

  --url        the reporting service, e.g. http://localhost:3001
  --token      a bearer token; or set AIQYN_TOKEN, so that it stands in no history
  --key        the body's private key file, on this machine only`,
  options: { url: { type: 'string' }, token: { type: 'string' }, key: { type: 'string' } },
  async run(values) {
    const [url, key, token] = [needed(values, 'url'), needed(values, 'key'), tokenOf(values)];
    const { items } = await call<{ items: Handed[] }>(url, '/v1/handovers?limit=200', { token });
    const privateKey = privateKeyOf(key);
    const lines = items.map(async ({ caseId, to, day, category, sealed, damaged }) => {
      if (damaged) return `${caseId}, ${day}, ${category}: [was changed where it is stored]`;
      const content = sealed
        ? await open(privateKey, { caseId, field: `handover/${to}` }, sealed).catch(
            () => '[does not open: it was changed, or is for another key]',
          )
        : '[facts only]';
      return `${caseId}, ${day}, ${category}: ${content}`;
    });
    return (await Promise.all(lines)).join('\n');
  },
};
