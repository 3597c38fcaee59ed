import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface TestSeal {
  /** What the service is given. */
  readonly settings: Record<string, string>;
  /** Whether the authority's own tool takes the token as its word over these bytes; throws with what it says. */
  verify(token: Uint8Array, over: Uint8Array): string;
  stop(): Promise<void>;
}

const AUTHORITY = `[req]
distinguished_name=dn
[dn]
[ext]
extendedKeyUsage=critical,timeStamping
keyUsage=critical,digitalSignature
[tsa]
default_tsa=t
[t]
serial=serial
signer_cert=tsa.crt
signer_key=tsa.key
signer_digest=sha256
default_policy=1.2.3.4
digests=sha256
ess_cert_id_alg=sha256
`;

/** A certificate to seal PDFs with, and a time stamp authority over HTTP: both are OpenSSL's own. */
export async function startSeal(): Promise<TestSeal> {
  const folder = mkdtempSync(join(tmpdir(), 'aiqyn-seal-'));
  const at = (name: string): string => join(folder, name);
  const openssl = (line: string): string =>
    execFileSync('openssl', line.split(' '), { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  writeFileSync(at('tsa.cnf'), AUTHORITY);
  writeFileSync(at('serial'), '01\n');
  const own = 'req -x509 -newkey rsa:2048 -nodes -days 3650';
  openssl(`${own} -keyout seal.key -out seal.crt -subj /CN=Seal`);
  openssl(`${own} -keyout tsa.key -out tsa.crt -subj /CN=Authority -config tsa.cnf -extensions ext`);
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      writeFileSync(at('query.tsq'), Buffer.concat(parts));
      openssl('ts -reply -config tsa.cnf -queryfile query.tsq -out reply.tsr');
      response.writeHead(200, { 'content-type': 'application/timestamp-reply' }).end(readFileSync(at('reply.tsr')));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    settings: {
      SEAL_CERTIFICATE_FILE: at('seal.crt'),
      SEAL_KEY_FILE: at('seal.key'),
      TIME_STAMP_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    },
    verify: (token, over) => {
      writeFileSync(at('token.tsr'), token);
      writeFileSync(at('data'), over);
      return openssl('ts -verify -token_in -in token.tsr -data data -CAfile tsa.crt');
    },
    stop: async () => {
      await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
