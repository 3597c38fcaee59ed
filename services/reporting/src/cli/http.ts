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
  { token, body, headers }: { token?: string | undefined; body?: object; headers?: Record<string, string> } = {},
): Promise<T> {
  const response = await fetch(new URL(path, base), {
    method: body ? 'POST' : 'GET',
    headers: {
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(body ? { 'content-type': 'application/json' } : {}),
      ...headers,
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  }).catch(() => {
    throw noService(base);
  });
  if (!response.ok) throw await refusalOf(response);
  return (await response.json()) as T;
}

const noService = (base: string): RuleError =>
  new RuleError('no_service', `nothing answers at ${base}: is the service running?`);

async function refusalOf(response: Response): Promise<RuleError> {
  const answer = (await response.json()) as ProblemJson;
  const fields = (answer.fields ?? []).map(({ field, problem }) => ` ${field}: ${problem}.`).join('');
  return new RuleError(answer.code ?? 'refused', `${answer.detail ?? response.statusText}.${fields}`);
}

/** Pauses in milliseconds before a piece is sent again: a line that broke, or a service that restarts. */
const PAUSES = [500, 1_000, 2_000, 4_000, 8_000];

/** Sends bytes; again after each pause while nothing answers or the service is busy. Throws RuleError when it says no. */
export async function sendBytes(
  base: string,
  path: string,
  body: Uint8Array<ArrayBuffer>,
  headers: Record<string, string>,
): Promise<void> {
  for (const pause of [...PAUSES, undefined]) {
    const request = { method: 'PUT', body, headers: { 'content-type': 'application/octet-stream', ...headers } };
    const response = await fetch(new URL(path, base), request).catch(() => undefined);
    if (response?.ok) return;
    if (response && response.status < 500) throw await refusalOf(response);
    if (pause === undefined) throw new RuleError('interrupted', 'the line is broken: the same command goes on later');
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

/** A body as it comes; throws RuleError when the service says no. */
export async function receive(base: string, path: string, token: string): Promise<AsyncIterable<Uint8Array>> {
  const headers = { authorization: `Bearer ${token}` };
  const response = await fetch(new URL(path, base), { headers }).catch(() => {
    throw noService(base);
  });
  if (!response.ok || !response.body) throw await refusalOf(response);
  return response.body;
}
