import { RuleError } from '@aiqyn/contracts/rule-error';

/** The JSON that the service answers; throws RuleError with its code, or `interrupted` where nothing answers. */
export async function ask<T>(url: URL, token: string): Promise<T> {
  const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } }).catch(() => {
    throw new RuleError('interrupted', `nothing answers at ${url.origin}`);
  });
  const answer = (await response.json()) as T & { code?: string; detail?: string };
  if (!response.ok) throw new RuleError(answer.code ?? 'refused', answer.detail ?? response.statusText);
  return answer;
}

/** All items of a list of the service, page after page. */
export async function* every<T>(base: string, path: string, token: string): AsyncGenerator<T> {
  const url = new URL(path, base);
  url.searchParams.set('limit', '200');
  for (;;) {
    const { items, nextCursor } = await ask<{ items: T[]; nextCursor?: string }>(url, token);
    yield* items;
    if (nextCursor === undefined) return;
    url.searchParams.set('cursor', nextCursor);
  }
}
