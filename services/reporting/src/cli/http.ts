import { RuleError } from '@aiqyn/contracts';

interface ProblemJson {
  readonly code?: string;
  readonly detail?: string;
  readonly fields?: readonly { readonly field: string; readonly problem: string }[];
}

/** Calls the reporting service; throws RuleError with the service's own code and words when it says no. */
export async function call<T>(
  base: string,
  path: string,
  { token, body }: { token?: string | undefined; body?: object } = {},
): Promise<T> {
  const response = await fetch(new URL(path, base), {
    method: body ? 'POST' : 'GET',
    headers: {
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(body ? { 'content-type': 'application/json' } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  }).catch(() => {
    throw new RuleError('no_service', `nothing answers at ${base}: is the service running?`);
  });
  const answer = (await response.json()) as T & ProblemJson;
  if (response.ok) return answer;
  const fields = (answer.fields ?? []).map(({ field, problem }) => ` ${field}: ${problem}.`).join('');
  throw new RuleError(answer.code ?? 'refused', `${answer.detail ?? response.statusText}.${fields}`);
}
