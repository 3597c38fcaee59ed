import { createHash } from 'node:crypto';
import { decodeJwt } from 'jose';
import { fetchToken } from './issuer.js';

/** The public APIs as their users call them: a token per client, an Idempotency-Key per POST, errors as sentences. */
export class Api {
  private readonly tokens = new Map<string, { token: string; until: number }>();

  constructor(
    private readonly issuer: string,
    /** Where each service answers, `http://host:port`. */
    private readonly addresses: Readonly<Record<string, string>>,
    /** The secret of a client; without it those of the development issuer. */
    private readonly secretOf?: (client: string) => string,
  ) {}

  async get<T>(client: string | undefined, service: string, path: string): Promise<T> {
    return this.call<T>(client, service, 'GET', path);
  }

  /** `step` names the request: the same step again is the same request. */
  async post<T>(client: string | undefined, service: string, path: string, body: unknown, step: string): Promise<T> {
    return this.call<T>(client, service, 'POST', path, body, step);
  }

  url(service: string, path: string): string {
    return `${this.addresses[service]}${path}`;
  }

  private async call<T>(
    client: string | undefined,
    service: string,
    method: string,
    path: string,
    body?: unknown,
    step?: string,
  ): Promise<T> {
    const text = typeof body === 'string';
    const response = await fetch(this.url(service, path), {
      method,
      headers: {
        ...(client ? { authorization: `Bearer ${await this.token(client)}` } : {}),
        ...(body === undefined ? {} : { 'content-type': text ? 'application/x-ndjson' : 'application/json' }),
        ...(step ? { 'idempotency-key': createHash('sha256').update(step).digest('hex') } : {}),
      },
      ...(body === undefined ? {} : { body: text ? body : JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${service} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }

  /** How the issuer calls a client in its tokens: what a case is assigned to. */
  async subject(client: string): Promise<string> {
    return decodeJwt(await this.token(client)).sub!;
  }

  /** A token of a development client, as `npm run token` gives it. */
  async token(client: string): Promise<string> {
    const known = this.tokens.get(client);
    if (known && known.until > Date.now()) return known.token;
    const token = await fetchToken(this.issuer, client, this.secretOf?.(client));
    this.tokens.set(client, { token, until: Date.now() + 30 * 60_000 });
    return token;
  }
}
