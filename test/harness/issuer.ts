import { createServer } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';

export interface TestIssuer {
  readonly url: string;
  /** A token of a subject with roles; `claims` and `expires` to make wrong ones. */
  token(
    subject: string,
    roles: string[],
    wrong?: { audience?: string; issuer?: string; expires?: string; regions?: string[]; department?: string },
  ): Promise<string>;
  /** A token that nobody signed. */
  unsigned(subject: string, roles: string[]): string;
  stop(): Promise<void>;
}

/** An issuer with one key, for tests that need tokens without the development issuer. */
export async function startTestIssuer(): Promise<TestIssuer> {
  const { publicKey, privateKey } = await generateKeyPair('RS256');
  const jwk = { ...(await exportJWK(publicKey)), kid: 'test', alg: 'RS256', use: 'sig' };
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ keys: [jwk] }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  return {
    url,
    token: (subject, roles, wrong = {}) =>
      new SignJWT({
        roles,
        ...(wrong.regions ? { regions: wrong.regions } : {}),
        ...(wrong.department ? { department: wrong.department } : {}),
      })
        .setProtectedHeader({ alg: 'RS256', kid: 'test' })
        .setSubject(subject)
        .setIssuedAt()
        .setIssuer(wrong.issuer ?? url)
        .setAudience(wrong.audience ?? 'aiqyn')
        .setExpirationTime(wrong.expires ?? '1h')
        .sign(privateKey),
    unsigned: (subject, roles) =>
      new UnsecuredJWT({ roles })
        .setSubject(subject)
        .setIssuer(url)
        .setAudience('aiqyn')
        .setExpirationTime('1h')
        .encode(),
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
