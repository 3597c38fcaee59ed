import { type AiqynClient, aiqynClient } from '@aiqyn/client';
import { decodeJwt } from 'jose';
import { fetchToken } from '../issuer.js';
import type { Service } from '../services.js';

/** Who acts in the demo year: a citizen, and every office with a token of its own. */
export class Offices {
  /** Without a login. */
  readonly citizen: AiqynClient;
  private readonly tokens = new Map<string, { token: string; until: number }>();

  constructor(
    private readonly issuer: string,
    /** Where each service answers, `http://host:port`. */
    readonly addresses: Readonly<Record<Service, string>>,
    /** The secret of a client; without it those of the development issuer. */
    private readonly secretOf?: (client: string) => string,
  ) {
    this.citizen = aiqynClient(addresses);
  }

  /** The services as a client of the issuer sees them. */
  as(client: string): AiqynClient {
    return aiqynClient(this.addresses, () => this.token(client));
  }

  /** How the issuer calls a client in its tokens: what a case is assigned to. */
  async subject(client: string): Promise<string> {
    return decodeJwt(await this.token(client)).sub!;
  }

  async token(client: string): Promise<string> {
    const known = this.tokens.get(client);
    if (known && known.until > Date.now()) return known.token;
    const token = await fetchToken(this.issuer, client, this.secretOf?.(client));
    this.tokens.set(client, { token, until: Date.now() + 30 * 60_000 });
    return token;
  }
}
