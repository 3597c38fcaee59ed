import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import Provider from 'oidc-provider';
import { CLIENTS } from './clients.js';

const AUDIENCE = 'aiqyn';
const secretOf = (clientId: string): string => `dev-secret-${clientId}`;

/** The signing key of this machine, made once: tokens outlive a restart. */
async function signingKey(dir: string): Promise<JWK> {
  const file = join(dir, 'issuer-key.json');
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as JWK;
  } catch {
    const { privateKey } = await generateKeyPair('RS256', { extractable: true });
    const jwk: JWK = { ...(await exportJWK(privateKey)), kid: 'development', alg: 'RS256', use: 'sig' };
    mkdirSync(dir, { recursive: true });
    writeFileSync(file, JSON.stringify(jwk), { mode: 0o600 });
    return jwk;
  }
}

/**
 * An identity issuer for development: client credentials, one client per department and role, secrets that everybody
 * can read here. Refuses to run where NODE_ENV is production.
 */
export async function startIssuer(options: {
  port: number;
  dir: string;
}): Promise<{ url: string; stop(): Promise<void> }> {
  if (process.env['NODE_ENV'] === 'production') throw new Error('the development issuer does not run in production');
  const url = `http://localhost:${options.port}`;
  const provider = new Provider(url, {
    clients: CLIENTS.map(({ id }) => ({
      client_id: id,
      client_secret: secretOf(id),
      grant_types: ['client_credentials'],
      redirect_uris: [],
      response_types: [],
    })),
    jwks: { keys: [await signingKey(options.dir)] as never },
    cookies: { keys: ['development'] },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => `urn:${AUDIENCE}`,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: '',
          audience: AUDIENCE,
          accessTokenFormat: 'jwt',
          accessTokenTTL: 3_600,
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
    extraTokenClaims: (_ctx, token) => {
      const known = CLIENTS.find((c) => c.id === (token as { clientId?: string }).clientId);
      return known ? { roles: [...known.roles], department: known.department } : undefined;
    },
    ttl: { ClientCredentials: 3_600 },
  });
  provider.proxy = false;
  const server: Server = await new Promise((resolve, reject) => {
    const listening = provider.listen(options.port, '127.0.0.1', () => resolve(listening));
    listening.on('error', reject);
  });
  return {
    url,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** A token of a client, by client credentials; throws when the issuer does not know it or does not run. */
export async function fetchToken(issuer: string, clientId: string, secret = secretOf(clientId)): Promise<string> {
  const discovery = await fetch(`${issuer}/.well-known/openid-configuration`);
  const { token_endpoint: endpoint } = (await discovery.json()) as { token_endpoint: string };
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(secret)}`).toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: 'grant_type=client_credentials',
  });
  const body = (await response.json()) as { access_token?: string; error_description?: string };
  if (!body.access_token)
    throw new Error(`the issuer refused ${clientId}: ${body.error_description ?? response.status}`);
  return body.access_token;
}
