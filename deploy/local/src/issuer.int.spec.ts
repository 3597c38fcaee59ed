import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { CLIENTS } from './clients.js';
import { fetchToken, startIssuer } from './issuer.js';
import { freePort } from './ports.js';
import { until } from './processes.js';

describe('the development issuer', () => {
  let dir: string;
  let port: number;
  let issuer: { url: string; stop(): Promise<void> };
  const jwks = (): ReturnType<typeof createRemoteJWKSet> => createRemoteJWKSet(new URL(`${issuer.url}/jwks`));

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'aiqyn-issuer-'));
    port = await freePort();
    issuer = await startIssuer({ port, dir });
  });
  afterAll(async () => {
    await issuer.stop();
    rmSync(dir, { recursive: true, force: true });
  });

  it.each(CLIENTS.map((c) => [c.id, c] as const))(
    'gives %s a token with its role and department',
    async (id, client) => {
      const { payload } = await jwtVerify(await fetchToken(issuer.url, id), jwks(), {
        issuer: issuer.url,
        audience: 'aiqyn',
      });
      expect([payload['roles'], payload['department']]).toEqual([[...client.roles], client.department]);
    },
  );

  it('refuses a client that it does not know', async () => {
    await expect(fetchToken(issuer.url, 'stranger')).rejects.toThrow('refused stranger');
  });

  it('keeps its key over a restart, so that tokens stay good', async () => {
    const token = await fetchToken(issuer.url, 'editor');
    await issuer.stop();
    issuer = await startIssuer({ port, dir });
    // The first try may still use the connection that the stop closed.
    await until(() => jwtVerify(token, jwks(), { audience: 'aiqyn' }), 10_000);
  });

  it('does not run in production, because everybody can read its secrets', async () => {
    const before = process.env['NODE_ENV'];
    process.env['NODE_ENV'] = 'production';
    await expect(startIssuer({ port: await freePort(), dir })).rejects.toThrow('production');
    process.env['NODE_ENV'] = before;
  });
});
