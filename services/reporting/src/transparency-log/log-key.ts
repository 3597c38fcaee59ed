import { createHmac, createPrivateKey, createPublicKey, hash, type KeyObject, sign } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { addDays, leafHash } from '@aiqyn/contracts';
import { CONFIG } from '@aiqyn/platform';
import type { ReportingConfig } from '../config.js';
import { pepperNamed, type Peppers, peppersOf } from '../receipt/pepper.rules.js';
import { Policies } from '../policies/policies.js';
import type { Sealed } from '../sealing/sealing.js';
import { smallTree } from './merkle.rules.js';
import {
  commitmentText,
  headText,
  type InclusionPromise,
  ORIGIN,
  promisedText,
  promiseText,
  type Receipt,
} from './verify-receipt.js';

/** What stands before the 32 bytes of an Ed25519 seed in PKCS #8 (RFC 8410). */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** What a receipt is made of; kept with the Idempotency-Key, and no secret. */
export interface Committed {
  readonly reportId: string;
  readonly day: string;
  readonly content: string;
  /** The id of the pepper that its salt is derived from. */
  readonly pepper?: string;
}

/** Hash of a sealed narrative as it is stored. Contact is left out: whoever shows more of themselves replaces it. */
export const contentHash = ({ enc, ciphertext }: Sealed): string =>
  hash('sha256', `aiqyn/sealed-report/v1\n${enc}\n${ciphertext}\n`, 'hex');

interface Promised {
  readonly leaf: string;
  readonly resolve: (promise: Omit<InclusionPromise, 'by'>) => void;
}

/** Signs for the log, and makes receipts. */
@Injectable()
export class LogKey {
  private readonly key: KeyObject;
  private readonly peppers: Peppers;
  /** The first four bytes of a hash over name and key, as C2SP signed notes have it. */
  readonly id: string;
  /** The public half as text, for whoever checks. */
  readonly verifier: string;
  private promised: Promised[] = [];

  constructor(
    @Inject(CONFIG) config: ReportingConfig,
    private readonly policies: Policies,
  ) {
    this.peppers = peppersOf(config);
    const seed = Buffer.from(config.TRANSPARENCY_KEY, 'base64url');
    this.key = createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' });
    const raw = Buffer.from(createPublicKey(this.key).export({ format: 'jwk' }).x!, 'base64url');
    const typed = Buffer.concat([Uint8Array.of(1), raw]);
    this.id = hash('sha256', Buffer.concat([Buffer.from(`${ORIGIN}\n`), typed]), 'hex').slice(0, 8);
    this.verifier = `${ORIGIN}+${this.id}+${typed.toString('base64')}`;
  }

  private signed(text: string): Buffer {
    return sign(null, Buffer.from(text), this.key);
  }

  /**
   * The salt of a report: derived from the pepper, which is kept apart from the database. A random one would have to be
   * stored, or the same request would get another receipt. A pepper that is gone made none that is asked for again
   * (`Receipts.codeFor` refuses it first).
   */
  private saltOf({ reportId, pepper }: Committed): string {
    const { secret } = pepperNamed(this.peppers, pepper) ?? this.peppers.present;
    return createHmac('sha256', secret).update(`transparency-salt\n${reportId}`).digest('hex');
  }

  /** What the log binds of a report: its salt, and the leaf that the public log shows of it. */
  commit(committed: Committed): { salt: string; leaf: string } {
    const salt = this.saltOf(committed);
    const { reportId, day, content } = committed;
    const text = commitmentText({ reportId, day, content, salt });
    return { salt, leaf: leafHash(hash('sha256', text, 'buffer')) };
  }

  /**
   * The receipt. `alone` makes it the same each time, as Ed25519 signs deterministically; else the promises of one turn,
   * those of a commit, share a signature, which costs a tenth of what a whole report does.
   */
  async receiptOf(
    { reportId, day, content, pepper }: Committed,
    { salt, leaf } = this.commit({ reportId, day, content, ...(pepper ? { pepper } : {}) }),
    alone = true,
  ): Promise<Receipt> {
    const by = addDays(day, this.policies.transparency.promisedDays);
    const promised = leafHash(Buffer.from(promisedText({ salt, leaf }, by)));
    const signed = alone ? this.promiseAll([promised])[0]! : await this.together(promised);
    return { version: 1, reportId, day, content, salt, leaf, promise: { by, ...signed }, key: this.verifier };
  }

  private together(leaf: string): Promise<Omit<InclusionPromise, 'by'>> {
    if (this.promised.length === 0)
      setImmediate(() => {
        const all = this.promised;
        this.promised = [];
        const signed = this.promiseAll(all.map((one) => one.leaf));
        for (const [i, one] of all.entries()) one.resolve(signed[i]!);
      });
    return new Promise((resolve) => this.promised.push({ leaf, resolve }));
  }

  private promiseAll(leaves: readonly string[]): Omit<InclusionPromise, 'by'>[] {
    const { root, proofs } = smallTree(leaves);
    const signature = this.signed(promiseText(root)).toString('base64');
    return proofs.map((proof, index) => ({ keyId: this.id, signature, index, size: leaves.length, proof }));
  }

  /** A signed tree head (C2SP tlog-checkpoint). */
  checkpoint(size: number, root: string): string {
    const text = headText(size, root);
    const signature = Buffer.concat([Buffer.from(this.id, 'hex'), this.signed(text)]).toString('base64');
    return `${text}\n— ${ORIGIN} ${signature}\n`;
  }
}
