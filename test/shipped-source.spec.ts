import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { ROOT, SERVICES } from '@aiqyn/local';

/** What runs as a service; its tools are for a person's own machine. */
const shipped = ['libs/contracts/src', 'libs/platform/src', ...SERVICES.map((service) => `services/${service}/src`)]
  .flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
      .map((file) => `${folder}/${file}`),
  )
  .map((file) => ({ file, text: readFileSync(join(ROOT, file), 'utf8') }));

/** Where it stands, `file: what`. */
const found = (pattern: RegExp, not: (file: string) => boolean = () => false): string[] =>
  shipped
    .filter(({ file }) => !not(file))
    .flatMap(({ file, text }) => [...text.matchAll(pattern)].map(([what]) => `${file}: ${what}`));

describe('the source that is shipped', () => {
  it('is read here: there is enough of it, and what is looked for is found in it', () => {
    expect(shipped.length).toBeGreaterThan(400);
    expect(found(/createCipheriv\(/g).length).toBeGreaterThan(0);
  });

  it('uses no hash, cipher or mode that is broken', () => {
    expect(
      found(/['"`](md[245]|sha-?1|ripemd\w*|rc[24]\S*|(3?des|aes|bf)\S*-(ecb|cbc|cfb|ofb)|RS1|RSA1_5)['"`]/gi),
    ).toEqual([]);
    // CTR is a key stream for 256 keys in a block of which one can be destroyed alone; what lies in a case is under GCM.
    expect(found(/create(De)?[Cc]ipheriv\('(?!aes-256-gcm')[^']+'/g)).toEqual([
      "services/reporting/src/case-keys/lock.rules.ts: createCipheriv('aes-256-ctr'",
    ]);
  });

  it('draws nothing but a pause by chance that can be guessed', () => {
    expect(found(/Math\.random/g)).toEqual(['libs/platform/src/kafka/event-server.ts: Math.random']);
  });

  it('makes no text into code and runs no other program', () => {
    expect(
      found(/child_process|node:vm|\beval\(|new Function|\$where|\$function|\$accumulator\b|mapReduce\(/g),
    ).toEqual([]);
  });

  it('trusts no certificate that nobody vouches for', () => {
    expect(
      found(/rejectUnauthorized: false|NODE_TLS_REJECT|tlsAllowInvalid\w*|tlsInsecure|checkServerIdentity/g),
    ).toEqual([]);
  });

  it('asks an address that a setting names, and follows it nowhere else', () => {
    const isTool = (file: string): boolean => file.includes('/cli/');
    const asked = shipped
      .filter(({ file }) => !isTool(file))
      .flatMap(({ file, text }) =>
        [...text.matchAll(/\bfetch\(([\w.]+), (\{[\s\S]*?\})\)/g)].map(([, address, options]) => [
          file.split('/').at(-1),
          address,
          /redirect: '(error|manual)'/.test(options!),
        ]),
      );
    expect(asked).toEqual([
      ['issuer-keys.ts', 'address', true],
      ['time-stamp-authority.ts', 'this.url', true],
    ]);
    expect(found(/\bfetch\(/g, isTool)).toHaveLength(asked.length);
    expect(found(/from 'node:(https?|net|tls|dgram)'/g, isTool)).toEqual([]);
  });
});
