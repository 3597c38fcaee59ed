import { createServer } from 'node:http';
import { exportJWK, generateKeyPair, type JWK, SignJWT, UnsecuredJWT } from 'jose';

export interface TestIssuer {
  readonly url: string;
  /** A token of a subject with roles; `claims` and `expires` to make wrong ones. */
  token(
    subject: string,
    roles: string[],
    wrong?: {
      audience?: string;
      issuer?: string;
      expires?: string;
      from?: string;
      /** What it says that it is for, as Keycloak does and as RFC 9068 does. */
      typ?: string;
      headerTyp?: string;
      regions?: string[];
      department?: string;
    },
  ): Promise<string>;
  /** A token that nobody signed. */
  unsigned(subject: string, roles: string[]): string;
  /** Signed with the public key as a shared secret (HS256), and with a key of its own that its header brings along. */
  confused(subject: string, roles: string[]): Promise<string[]>;
  /** From now on it signs with another key, under this name, and shows that one only. */
  changeKey(kid: string): Promise<void>;
  stop(): Promise<void>;
}

async function newKey(kid: string): Promise<{ jwk: JWK & { kid: string }; privateKey: CryptoKey }> {
  const { publicKey, privateKey } = await generateKeyPair('RS256');
  return { jwk: { ...(await exportJWK(publicKey)), kid, alg: 'RS256', use: 'sig' }, privateKey };
}

/** An issuer with one key at a time, for tests that need tokens without the development issuer. */
export async function startTestIssuer(): Promise<TestIssuer> {
  let key = await newKey('test');
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    // Also under another path, where a mistaken or forged address would lead: it says whose document it is.
    const discovery = request.url?.endsWith('/.well-known/openid-configuration');
    response.end(JSON.stringify(discovery ? { issuer: url, jwks_uri: `${url}/jwks` } : { keys: [key.jwk] }));
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
        ...(wrong.typ ? { typ: wrong.typ } : {}),
      })
        .setProtectedHeader({
          alg: 'RS256',
          kid: key.jwk.kid,
          ...(wrong.headerTyp ? { typ: wrong.headerTyp } : {}),
        })
        .setNotBefore(wrong.from ?? '0s')
        .setSubject(subject)
        .setIssuedAt()
        .setIssuer(wrong.issuer ?? url)
        .setAudience(wrong.audience ?? 'aiqyn')
        .setExpirationTime(wrong.expires ?? '1h')
        .sign(key.privateKey),
    unsigned: (subject, roles) =>
      new UnsecuredJWT({ roles })
        .setSubject(subject)
        .setIssuer(url)
        .setAudience('aiqyn')
        .setExpirationTime('1h')
        .encode(),
    confused: async (subject, roles) => {
      const claims = (): SignJWT =>
        new SignJWT({ roles }).setSubject(subject).setIssuer(url).setAudience('aiqyn').setExpirationTime('1h');
      const own = await newKey(key.jwk.kid);
      const { kid } = key.jwk;
      return [
        await claims()
          .setProtectedHeader({ alg: 'HS256', kid })
          .sign(Buffer.from(JSON.stringify(key.jwk))),
        await claims().setProtectedHeader({ alg: 'HS256', kid }).sign(Buffer.from(key.jwk.n!, 'base64url')),
        await claims().setProtectedHeader({ alg: 'RS256', kid, jwk: own.jwk }).sign(own.privateKey),
      ];
    },
    changeKey: async (kid) => {
      key = await newKey(kid);
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
