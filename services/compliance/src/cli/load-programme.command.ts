import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { RuleError } from '@aiqyn/contracts/rule-error';
import { type Command, needed, tokenOf } from '@aiqyn/platform/cli';

const HELP = `Plans a programme from a file, has it approved and started, and tells its measurements; what was done before is passed over.

npm run -s compliance -- load-programme services/compliance/data/programmes/concept-2022-2026.json --url http://localhost:3003

  FILE               JSON: programme, goals (goal, indicators, milestones), measurements; each part as the API takes it
  --url              the compliance service, e.g. http://localhost:3003
  --token            a bearer token (role programme-office); or set AIQYN_TOKEN, so that it stands in no history
  --approver-token   a bearer token of another person (role programme-approver)`;

interface ProgrammeFile {
  readonly programme: object;
  readonly goals: readonly {
    readonly goal: { readonly code: string };
    readonly indicators: readonly { readonly code: string }[];
    readonly milestones: readonly { readonly code: string }[];
  }[];
  readonly measurements: readonly { readonly goal: string; readonly indicator: string; readonly day: string }[];
}

/** Posts a step of the file; the same step of the same file again is the same request. Throws RuleError. */
async function post<T>(url: URL, token: string, text: string, body?: object): Promise<T> {
  const key = createHash('sha256')
    .update(`${text}\n${url.pathname}\n${JSON.stringify(body)}`)
    .digest('hex');
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      ...{ authorization: `Bearer ${token}`, 'idempotency-key': key },
      ...(body ? { 'content-type': 'application/json' } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  }).catch(() => {
    throw new RuleError('interrupted', `nothing answers at ${url.origin}: run it again to go on`);
  });
  const answer = (await response.json()) as T & { code?: string; detail?: string };
  if (!response.ok)
    throw new RuleError(answer.code ?? 'refused', `${url.pathname}: ${answer.detail ?? response.statusText}`);
  return answer;
}

export const loadProgramme: Command = {
  does: 'plans, approves and starts a programme from a file, and tells its measurements',
  help: HELP,
  takesFiles: true,
  options: { url: { type: 'string' }, token: { type: 'string' }, 'approver-token': { type: 'string' } },
  async run(values, [file]) {
    if (file === undefined || !statSync(file, { throwIfNoEntry: false })?.isFile())
      throw new RuleError('no_file', 'name a file that can be read');
    const text = readFileSync(file, 'utf8');
    const { programme, goals, measurements } = JSON.parse(text) as ProgrammeFile;
    const [base, office, approver] = [needed(values, 'url'), tokenOf(values), needed(values, 'approver-token')];
    const ask = <T>(path: string, body?: object, token = office): Promise<T> =>
      post<T>(new URL(`/v1/${path}`, base), token, text, body);
    const { programmeId } = await ask<{ programmeId: string }>('programmes', programme);
    const ids = new Map<string, string>();
    for (const { goal, indicators, milestones } of goals) {
      const { goalId } = await ask<{ goalId: string }>(`programmes/${programmeId}/goals`, goal);
      ids.set(goal.code, goalId);
      for (const indicator of indicators) await ask(`goals/${goalId}/indicators`, indicator);
      for (const milestone of milestones) await ask(`goals/${goalId}/milestones`, milestone);
    }
    await ask(`programmes/${programmeId}/approval`, undefined, approver);
    await ask(`programmes/${programmeId}/start`);
    const said = [`programme ${programmeId} is running, ${goals.length} goals`];
    for (const { goal, ...measurement } of measurements) {
      const { status } = await ask<{ status: string }>(`goals/${ids.get(goal)}/measurements`, measurement);
      said.push(`  ${goal} ${measurement.indicator} ${measurement.day}: ${status}`);
    }
    return said.join('\n');
  },
};
