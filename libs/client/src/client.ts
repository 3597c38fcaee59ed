import createClient, { type ClientOptions, type MaybeOptionalInit, type ParseAsResponse } from 'openapi-fetch';
import type {
  HttpMethod,
  MediaType,
  PathsWithMethod,
  RequiredKeysOf,
  ResponseObjectMap,
  SuccessResponse,
} from 'openapi-typescript-helpers';
import { AiqynError } from './problem.js';
import type { paths as Compliance } from './generated/compliance.js';
import type { paths as ReportCompilation } from './generated/report-compilation.js';
import type { paths as Reporting } from './generated/reporting.js';
import type { paths as RiskAnalysis } from './generated/risk-analysis.js';

interface Services {
  readonly reporting: Reporting;
  readonly 'risk-analysis': RiskAnalysis;
  readonly compliance: Compliance;
  readonly 'report-compilation': ReportCompilation;
}

/** What a service answered; what it refuses is thrown as an AiqynError. */
export interface Answer<T> {
  readonly data: T;
  readonly response: Response;
}

type Init<I> = RequiredKeysOf<I> extends never ? [I?] : [I];
type Data<Operation, I> = ParseAsResponse<
  SuccessResponse<ResponseObjectMap<Extract<Operation, Record<string | number, unknown>>>, MediaType>,
  I
>;
type Call<Paths extends object, Method extends HttpMethod> = <
  Path extends PathsWithMethod<Paths, Method>,
  I extends MaybeOptionalInit<Paths[Path], Method & keyof Paths[Path]>,
>(
  path: Path,
  ...init: Init<I>
) => Promise<Answer<Data<Paths[Path][Method & keyof Paths[Path]], I>>>;

/** The methods that the services have, each with the addresses, parameters and bodies of its document. */
export interface ServiceClient<Paths extends object> {
  readonly GET: Call<Paths, 'get'>;
  readonly POST: Call<Paths, 'post'>;
  readonly PUT: Call<Paths, 'put'>;
  readonly PATCH: Call<Paths, 'patch'>;
  readonly DELETE: Call<Paths, 'delete'>;
}

export type AiqynClient = { readonly [Name in keyof Services]: ServiceClient<Services[Name]> };

/** A bearer token, or who gives one for each call (it is asked every time, so that it may renew it). */
export type Token = string | (() => string | Promise<string>);

/**
 * Services at their addresses (`http://host:port`), those that are given; without a token only what is public answers. Every write
 * has an Idempotency-Key of its own, unless the call brings one.
 */
export function aiqynClient<Name extends keyof Services>(
  addresses: Readonly<Record<Name, string>>,
  token?: Token,
  options: Pick<ClientOptions, 'fetch'> = {},
): Pick<AiqynClient, Name> {
  const at = (baseUrl: string): ServiceClient<object> => {
    const client = createClient<object>({ baseUrl, ...options });
    client.use({
      onRequest: async ({ request: { method, headers } }) => {
        if (token !== undefined)
          headers.set('authorization', `Bearer ${typeof token === 'string' ? token : await token()}`);
        if (method !== 'GET' && !headers.has('idempotency-key')) headers.set('idempotency-key', crypto.randomUUID());
      },
      onResponse: async ({ request, response }) => {
        if (!response.ok) throw await AiqynError.of(request, response);
      },
    });
    return client as unknown as ServiceClient<object>;
  };
  // The library's own types cannot say that `data` is always there since what is refused is thrown, nor which service is which.
  return Object.fromEntries(
    Object.entries<string>(addresses).map(([service, url]) => [service, at(url)]),
  ) as unknown as Pick<AiqynClient, Name>;
}

/** To spread into a call that may be sent again: the same words are the same key, so the effect happens once. */
export async function onceFor(step: string): Promise<{ headers: Record<string, string> }> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(step)));
  const key = [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return { headers: { 'idempotency-key': key } };
}

/** To spread into a call whose body is sent as it is (NDJSON, a text, bytes), with its media type. */
export const asItIs = (
  type: string,
  headers: Record<string, string> = {},
): { bodySerializer: (body: unknown) => BodyInit; headers: Record<string, string> } => ({
  bodySerializer: (body) => body as BodyInit,
  headers: { ...headers, 'content-type': type },
});
