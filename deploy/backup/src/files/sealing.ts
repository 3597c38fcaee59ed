import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Transform } from 'node:stream';
import { RuleError } from '@aiqyn/contracts/rule-error';

const MAGIC = Buffer.from('AIQYNBK1');
const [SALT, CHUNK, TAG] = [16, 64 * 1024, 16] as const;

/** The key in a file: 32 bytes as base64url, as `openssl rand -base64 32 | tr '+/' '-_' | tr -d '='` makes it. */
export function readKey(file: string): Buffer {
  const text = readFileSync(file, 'utf8').trim();
  if (!/^[A-Za-z0-9_-]{43}$/.test(text))
    throw new RuleError('bad_key', `${file}: a key is 32 random bytes as base64url, 43 characters`);
  return Buffer.from(text, 'base64url');
}

/** A key for this file alone: its name is part of it, so that one file cannot be put in the place of another. */
const keyOf = (key: Buffer, salt: Buffer, name: string): Buffer =>
  Buffer.from(hkdfSync('sha256', key, salt, `aiqyn backup ${name}`, 32));

/** STREAM (Hoang, Reyhanitabar, Rogaway, Vizár 2015): the number of the chunk and whether it is the last are in its nonce. */
function nonce(number: number, last: boolean): Buffer {
  const bytes = Buffer.alloc(12);
  bytes.writeUInt32BE(number, 7);
  bytes[11] = last ? 1 : 0;
  return bytes;
}

/** Hands on whole chunks of `size` bytes as they fill, and what is left at the end as the last one. */
function chunked(size: number, each: (chunk: Buffer, number: number, last: boolean) => Buffer): Transform {
  let waiting: Buffer = Buffer.alloc(0);
  let number = 0;
  return new Transform({
    transform(part: Buffer, _, done) {
      waiting = waiting.length === 0 ? part : Buffer.concat([waiting, part]);
      let at = 0;
      try {
        // One byte more must be there, or this one could be the last.
        for (; waiting.length - at > size; at += size)
          this.push(each(waiting.subarray(at, at + size), number++, false));
      } catch (error) {
        return done(error as Error);
      }
      waiting = waiting.subarray(at);
      done();
    },
    flush(done) {
      try {
        done(null, each(waiting, number, true));
      } catch (error) {
        done(error as Error);
      }
    },
  });
}

/** Encrypts a stream chunk by chunk (AES-256-GCM). */
export function sealing(key: Buffer, name: string): Transform {
  const salt = randomBytes(SALT);
  const own = keyOf(key, salt, name);
  const stream = chunked(CHUNK, (chunk, number, last) => {
    const cipher = createCipheriv('aes-256-gcm', own, nonce(number, last));
    return Buffer.concat([cipher.update(chunk), cipher.final(), cipher.getAuthTag()]);
  });
  stream.push(Buffer.concat([MAGIC, salt]));
  return stream;
}

/** Opens what `sealing` made; fails at the first chunk that is not what was sealed, and when the end is missing. */
export function opening(key: Buffer, name: string): Transform {
  const head = MAGIC.length + SALT;
  let begin: Buffer = Buffer.alloc(0);
  let own: Buffer | undefined;
  const body = chunked(CHUNK + TAG, (chunk, number, last) => {
    if (!own || chunk.length < TAG) throw new RuleError('not_opened', `${name}: its end is missing`);
    const decipher = createDecipheriv('aes-256-gcm', own, nonce(number, last));
    decipher.setAuthTag(chunk.subarray(chunk.length - TAG));
    try {
      return Buffer.concat([decipher.update(chunk.subarray(0, chunk.length - TAG)), decipher.final()]);
    } catch {
      throw new RuleError('not_opened', `${name}: another key, or not what was sealed`);
    }
  });
  const takeBody = body._transform.bind(body);
  body._transform = (part: Buffer, encoding, done): void => {
    if (own) return takeBody(part, encoding, done);
    begin = Buffer.concat([begin, part]);
    if (begin.length < head) return done();
    if (!begin.subarray(0, MAGIC.length).equals(MAGIC))
      return done(new RuleError('not_opened', `${name}: is not encrypted as a file of a backup is`));
    own = keyOf(key, begin.subarray(MAGIC.length, head), name);
    takeBody(begin.subarray(head), encoding, done);
  };
  return body;
}
