import { execFileSync } from 'node:child_process';
import { createHash, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sampleReport } from '../sample/sample-report.js';
import { typesetPdf } from '../typeset-pdf/typeset-pdf.js';
import { signManifest, verifyManifest } from './sign-manifest.js';
import { signPdf } from './sign-pdf.js';
import { timeStampOf, timeStampRequest } from './time-stamp.rules.js';
import { HttpTimeStampAuthority } from './time-stamp-authority.js';

let folder: string;
let server: Server;
let url: string;
/** What the authority does with the next request. */
let behaviour: (query: Buffer) => { status?: number; type?: string; body: Buffer };
const at = (name: string): string => join(folder, name);
const openssl = (...args: string[]): string =>
  execFileSync('openssl', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
const sha = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

/** The authority is OpenSSL's own. */
function granted(query: Buffer): Buffer {
  writeFileSync(at('query.tsq'), query);
  openssl('ts', '-reply', '-config', 'tsa.cnf', '-queryfile', 'query.tsq', '-out', 'reply.tsr');
  return readFileSync(at('reply.tsr'));
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'aiqyn-sign-'));
  openssl(
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    'seal.key',
    '-out',
    'seal.crt',
    '-days',
    '3650',
    '-subj',
    '/CN=Seal',
  );
  openssl(
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-keyout',
    'ec.key',
    '-out',
    'ec.crt',
    '-days',
    '3650',
    '-subj',
    '/CN=Seal EC',
  );
  writeFileSync(
    at('tsa.cnf'),
    `[req]\ndistinguished_name=dn\n[dn]\n[ext]\nextendedKeyUsage=critical,timeStamping\nkeyUsage=critical,digitalSignature\n[tsa]\ndefault_tsa=t\n[t]\nserial=serial\nsigner_cert=tsa.crt\nsigner_key=tsa.key\nsigner_digest=sha256\ndefault_policy=1.2.3.4\ndigests=sha256\nordering=no\ntsa_name=no\ness_cert_id_alg=sha256\n`,
  );
  writeFileSync(at('serial'), '01\n');
  openssl(
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    'tsa.key',
    '-out',
    'tsa.crt',
    '-days',
    '3650',
    '-subj',
    '/CN=TSA',
    '-config',
    'tsa.cnf',
    '-extensions',
    'ext',
  );
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const fine = request.method === 'POST' && request.headers['content-type'] === 'application/timestamp-query';
      const {
        status = 200,
        type = 'application/timestamp-reply',
        body,
      } = fine ? behaviour(Buffer.concat(chunks)) : { status: 400, body: Buffer.alloc(0) };
      response.writeHead(status, { 'content-type': type }).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true, force: true });
});

describe('the seal of a PDF', () => {
  // After the certificates, which are made when the specs begin.
  const signingTime = new Date(Date.now() + 60_000);
  const plain = (): Promise<Uint8Array> => typesetPdf(sampleReport({ sections: 1, rowsPerTable: 2 }), 'en');
  const seal = (name: string): { certificate: string; key: string; signingTime: Date } => ({
    certificate: readFileSync(at(`${name}.crt`), 'utf8'),
    key: readFileSync(at(`${name}.key`), 'utf8'),
    signingTime,
  });
  /** The signature and what it is over, taken out of the file by their byte range alone. */
  function parts(pdf: Uint8Array): { over: Buffer; cms: Buffer } {
    const text = Buffer.from(pdf).toString('latin1');
    const [, a, b, c, d] = /\/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)/.exec(text)!.map(Number);
    const hex = text.slice(b! + 1, c! - 1);
    const length = Buffer.from(hex.slice(4, 8), 'hex').readUInt16BE() + 4;
    return {
      over: Buffer.concat([Buffer.from(pdf).subarray(a, a! + b!), Buffer.from(pdf).subarray(c, c! + d!)]),
      cms: Buffer.from(hex, 'hex').subarray(0, length),
    };
  }

  it.each(['seal', 'ec'])(
    '(%s) holds by OpenSSL over everything but itself, and leaves the signed bytes as they were',
    async (name) => {
      const bytes = await plain();
      const signed = await signPdf(bytes, seal(name));
      expect(Buffer.compare(signed.subarray(0, bytes.length), bytes)).toBe(0);
      const { over, cms } = parts(signed);
      writeFileSync(at('over'), over);
      writeFileSync(at('cms'), cms);
      const verify = (): string =>
        openssl(
          'cms',
          '-verify',
          '-binary',
          '-inform',
          'DER',
          '-in',
          'cms',
          '-content',
          'over',
          '-CAfile',
          `${name}.crt`,
          '-purpose',
          'any',
          '-out',
          'out',
        );
      expect(verify).not.toThrow();
      over[40]! ^= 1;
      writeFileSync(at('over'), over);
      expect(verify).toThrow();
    },
  );

  it('is the same bytes again with an RSA key, and signs any number of files', async () => {
    const bytes = await plain();
    expect(Buffer.compare(await signPdf(bytes, seal('seal')), await signPdf(bytes, seal('seal')))).toBe(0);
  });

  it('is refused with the key of another, outside its time, and with a key that PDF does not know', async () => {
    const bytes = await plain();
    await expect(signPdf(bytes, { ...seal('seal'), key: seal('ec').key })).rejects.toMatchObject({ code: 'seal_key' });
    const late = new Date(new X509Certificate(seal('seal').certificate).validTo).getTime() + 1000;
    await expect(signPdf(bytes, { ...seal('seal'), signingTime: new Date(late) })).rejects.toMatchObject({
      code: 'seal_expired',
    });
  });
});

describe('the signature of a manifest', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const manifest = Buffer.from('{"files":[]}\n');
  const keyOf = (kid: string): typeof publicKey | undefined => (kid === 'seal-1' ? publicKey : undefined);

  it('is detached, the same again, and names its key', async () => {
    const jws = await signManifest(manifest, { key: privateKey, kid: 'seal-1' });
    expect(jws).toMatch(/^[\w-]+\.\.[\w-]+$/);
    expect(await signManifest(manifest, { key: privateKey, kid: 'seal-1' })).toBe(jws);
    await expect(verifyManifest(manifest, jws, keyOf)).resolves.toEqual({ kid: 'seal-1' });
  });

  it.each([
    ['other bytes', (jws: string) => [Buffer.from('{"files":[1]}\n'), jws] as const],
    ['another signature', (jws: string) => [manifest, `${jws.slice(0, -4)}AAAA`] as const],
    ['a payload inside', (jws: string) => [manifest, jws.replace('..', '.e30.')] as const],
    [
      'a header without b64',
      (jws: string) =>
        [manifest, jws.replace(/^[^.]+/, Buffer.from('{"alg":"EdDSA","kid":"seal-1"}').toString('base64url'))] as const,
    ],
    [
      'another algorithm',
      (jws: string) =>
        [
          manifest,
          jws.replace(/^[^.]+/, Buffer.from('{"alg":"none","b64":false,"kid":"seal-1"}').toString('base64url')),
        ] as const,
    ],
    ['nothing', () => [manifest, ''] as const],
  ])('does not hold with %s', async (_, make) => {
    const [bytes, jws] = make(await signManifest(manifest, { key: privateKey, kid: 'seal-1' }));
    await expect(verifyManifest(bytes, jws, keyOf)).rejects.toMatchObject({ code: 'manifest_signature' });
  });

  it('does not hold with a key that is not known, or is another one', async () => {
    const other = await signManifest(manifest, { key: generateKeyPairSync('ed25519').privateKey, kid: 'seal-1' });
    await expect(verifyManifest(manifest, other, keyOf)).rejects.toMatchObject({ code: 'manifest_signature' });
    const unknown = await signManifest(manifest, { key: privateKey, kid: 'seal-2' });
    await expect(verifyManifest(manifest, unknown, keyOf)).rejects.toThrow('seal-2 is not known');
  });
});

describe('the time stamp', () => {
  const manifest = Buffer.from('{"files":[]}\n');
  const stamp = (): Promise<Uint8Array> => new HttpTimeStampAuthority(url, 2_000).stamp(sha(manifest));

  it('is a token that OpenSSL verifies over the manifest, and not over another', async () => {
    behaviour = (query) => ({ body: granted(query) });
    writeFileSync(at('token'), await stamp());
    writeFileSync(at('manifest'), manifest);
    const verify = (): string =>
      openssl('ts', '-verify', '-token_in', '-in', 'token', '-data', 'manifest', '-CAfile', 'tsa.crt');
    expect(verify()).toContain('Verification: OK');
    writeFileSync(at('manifest'), '{"files":[1]}\n');
    expect(verify).toThrow();
  });

  it.each([
    [
      'is over another hash',
      'over another hash',
      () => granted(Buffer.from(timeStampRequest(sha(Buffer.from('other')), Buffer.alloc(12, 7)))),
    ],
    [
      'answers another request',
      'answers another request',
      () => granted(Buffer.from(timeStampRequest(sha(manifest), Buffer.alloc(12, 7)))),
    ],
    [
      'was not granted',
      'did not grant it',
      (query: Buffer) =>
        granted(
          Buffer.from(
            query
              .toString('latin1')
              .replace('\x60\x86\x48\x01\x65\x03\x04\x02\x01', '\x60\x86\x48\x01\x65\x03\x04\x02\x02'),
            'latin1',
          ),
        ),
    ],
    ['is no answer', 'does not hold', () => Buffer.from('hello')],
    ['is empty', 'does not hold', () => Buffer.alloc(0)],
  ])('is refused when it %s', async (_, why, reply) => {
    behaviour = (query) => ({ body: reply(query) });
    await expect(stamp()).rejects.toMatchObject({ code: 'time_stamp', message: expect.stringContaining(why) });
  });

  it.each([
    ['an error', { status: 503, body: Buffer.alloc(0) }, 'status 503'],
    ['a page', { type: 'text/html', body: Buffer.from('<p>') }, 'text/html'],
    ['too much', { body: Buffer.alloc(70_000) }, 'more than'],
  ])('is refused when the authority answers with %s', async (_, answer, why) => {
    behaviour = () => answer;
    await expect(stamp()).rejects.toThrow(why);
  });

  it('is refused when nobody answers', async () => {
    await expect(new HttpTimeStampAuthority('http://127.0.0.1:9/', 2_000).stamp(sha(manifest))).rejects.toThrow(
      'cannot be reached',
    );
  });

  it('tells its time and is asked with 32 bytes only', () => {
    const request = timeStampRequest(sha(manifest), Buffer.alloc(12, 255));
    expect(Math.abs(timeStampOf(granted(Buffer.from(request)), request).time.getTime() - Date.now())).toBeLessThan(
      60_000,
    );
    expect(() => timeStampRequest(Buffer.alloc(20), Buffer.alloc(12))).toThrow('32 bytes');
  });
});
