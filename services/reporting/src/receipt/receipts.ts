import { createHmac, randomInt } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { type Caller, CONFIG, Problem } from '@aiqyn/platform';
import type { ReportingConfig } from '../config.js';
import { keyed, pepperNamed, type Peppers, peppersOf } from './pepper.rules.js';
import { digitsFrom, receiptCode, SECRET_DIGITS } from './receipt-code.rules.js';

/** What is stored of a code, and the pepper that it is made with. */
export interface Verifier {
  readonly receiptVerifier: string;
  readonly receiptPepper: string;
}

/** Mints receipt codes and their verifiers. The code is shown once and stored nowhere. */
@Injectable()
export class Receipts {
  private readonly peppers: Peppers;

  constructor(@Inject(CONFIG) config: ReportingConfig) {
    this.peppers = peppersOf(config);
  }

  /** The id of the pepper that codes and verifiers are made with now. */
  get pepper(): string {
    return this.peppers.present.id;
  }

  /**
   * The code for a request: random, or derived from its Idempotency-Key, so that the same request gets the same code
   * again without the code being kept. Of that key only a hash is stored; with database and pepper alone the code cannot
   * be derived. `made` is the pepper of the first time: a request may come again after the present one was changed.
   */
  codeFor({ idempotencyKey, bodyHash }: Caller, made: string | undefined = this.pepper): string {
    if (!idempotencyKey) return receiptCode(Array.from({ length: SECRET_DIGITS }, () => randomInt(10)).join(''));
    const pepper = pepperNamed(this.peppers, made);
    if (!pepper)
      throw new Problem(
        409,
        'receipt_gone',
        'the report was taken, but its receipt cannot be shown a second time any more',
      );
    const text = `receipt\n${idempotencyKey}\n${bodyHash}`;
    return receiptCode(digitsFrom(createHmac('sha512', pepper.secret).update(text).digest()));
  }

  /** What is stored of a code: by each pepper that is known, always as many, the present one first. */
  verifiersOf(code: string): readonly [Verifier, ...Verifier[]] {
    const verifier = (pepper: Peppers['present']): Verifier => ({
      receiptVerifier: keyed(pepper, `verifier\n${code}`),
      receiptPepper: pepper.id,
    });
    const [, ...others] = this.peppers.all;
    return [verifier(this.peppers.present), ...others.map(verifier)];
  }
}
