import { createHmac, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { type Caller, CONFIG } from '@aiqyn/platform';
import type { ReportingConfig } from '../config.js';
import { digitsFrom, receiptCode } from './receipt-code.rules.js';

/** Mints receipt codes and their verifiers. The code is shown once and stored nowhere. */
@Injectable()
export class Receipts {
  constructor(@Inject(CONFIG) private readonly config: ReportingConfig) {}

  /**
   * The code for a request: random, or derived from its Idempotency-Key, so that the same request gets the same code
   * again without the code being kept. Of that key only a hash is stored; with database and pepper alone the code cannot
   * be derived.
   */
  codeFor(caller: Caller): string {
    const bytes = caller.idempotencyKey
      ? createHmac('sha512', this.config.RECEIPT_PEPPER)
          .update(`receipt\n${caller.idempotencyKey}\n${caller.bodyHash}`)
          .digest()
      : randomBytes(64);
    return receiptCode(digitsFrom(bytes));
  }

  /** What is stored of a code. */
  verifierOf(code: string): string {
    return createHmac('sha256', this.config.RECEIPT_PEPPER).update(`verifier\n${code}`).digest('base64url');
  }
}
