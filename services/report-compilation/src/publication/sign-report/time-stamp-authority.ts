import { randomBytes } from 'node:crypto';
import { RuleError } from '@aiqyn/contracts/rule-error';
import { timeStampOf, timeStampRequest } from './time-stamp.rules.js';

/** Whoever proves that a hash existed at a time (RFC 3161). */
export interface TimeStampAuthority {
  /** The token over a SHA-256, as DER. */
  stamp(sha256: Uint8Array): Promise<Uint8Array>;
}

/** A token with its certificates is a few kilobytes. */
const LARGEST = 64 * 1024;

/** An authority over HTTP. What it answers is checked before it is kept; `RuleError('time_stamp')` says what is wrong with it. */
export class HttpTimeStampAuthority implements TimeStampAuthority {
  constructor(
    private readonly url: string,
    private readonly patience = 10_000,
  ) {}

  async stamp(sha256: Uint8Array): Promise<Uint8Array> {
    const request = timeStampRequest(sha256, randomBytes(12));
    const refuse = (why: string): never => {
      throw new RuleError('time_stamp', `the time stamp authority ${why}`);
    };
    const answered = await fetch(this.url, {
      method: 'POST',
      headers: { 'content-type': 'application/timestamp-query', accept: 'application/timestamp-reply' },
      body: Buffer.from(request),
      redirect: 'error',
      signal: AbortSignal.timeout(this.patience),
    }).catch((error: Error) => refuse(`cannot be reached: ${error.message}`));
    if (answered.status !== 200) return refuse(`answered with status ${answered.status}`);
    const type = answered.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
    if (type !== 'application/timestamp-reply') return refuse(`answered with ${type ?? 'no content type'}`);
    const bytes: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of answered.body as unknown as AsyncIterable<Uint8Array>) {
      length += chunk.length;
      if (length > LARGEST) return refuse(`answered with more than ${LARGEST} bytes`);
      bytes.push(chunk);
    }
    return timeStampOf(Buffer.concat(bytes), request).token;
  }
}
