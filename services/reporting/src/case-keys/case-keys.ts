import { randomBytes, randomInt } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection, mongo } from 'mongoose';
import { RuleError } from '@aiqyn/contracts';
import { CONFIG, type Tx } from '@aiqyn/platform';
import type { ReportingConfig } from '../config.js';
import type { Sealed } from '../sealing/sealing.js';
import { assertNotPurged } from '../purge-cases/retention.rules.js';
import { CASE_KEYS, type KeyBlock } from './case-keys.schema.js';
import { encryptionKeys, KEY, type KeyRef, lock, unlock, wrapped } from './lock.rules.js';

/** Keys in a block: about 12 KB. */
const BLOCK = 256;
/** Keys left at which the next block is made. */
const REFILL = 64;

/** Twelve random bytes out of those that `randomInt` holds ready: to ask the system for each costs a report 7 µs. */
function nonce(): Buffer {
  const bytes = Buffer.allocUnsafe(12);
  for (const at of [0, 6]) bytes.writeUIntBE(randomInt(2 ** 48 - 1), at, 6);
  return bytes;
}

/** A sealed field as the database has it: locked, or, in a case older than keys, as it was sealed. */
export type Kept = Sealed | Uint8Array | { readonly buffer: Uint8Array };

const bytesOf = (kept: Uint8Array | { readonly buffer: Uint8Array }): Uint8Array =>
  ArrayBuffer.isView(kept) ? kept : kept.buffer;

/** Locks and unlocks the fields of one case. */
export class CaseKey {
  constructor(
    private readonly rowId: string,
    private readonly key: Uint8Array | undefined,
  ) {}

  lock(field: string, sealed: Sealed): Kept {
    return this.key ? lock(this.key, nonce(), { rowId: this.rowId, field }, sealed) : sealed;
  }

  /** Throws RuleError `damaged` for what was changed or moved in the database. */
  unlock(field: string, kept: Kept): Sealed {
    if ('enc' in kept) return kept;
    if (!this.key) throw new RuleError('damaged', 'this case has no key');
    return unlock(this.key, { rowId: this.rowId, field }, bytesOf(kept));
  }

  /** One of several fields: what was changed in the database is told as such, not left out, and does not hide the others. */
  shown(field: string, kept: Kept): { readonly sealed: Sealed } | { readonly damaged: true } {
    try {
      return { sealed: this.unlock(field, kept) };
    } catch (error) {
      if (error instanceof RuleError && error.code === 'damaged') return { damaged: true };
      throw error;
    }
  }
}

/**
 * A key for each case, so that a case is forgotten by forgetting its key. Keys are made ahead, in blocks that are durable
 * before any of them is used, since a row for each would cost a report a second write; those of a process that ends are
 * wasted. They are given out in random order: a place in a block would tell which report came first.
 */
@Injectable()
export class CaseKeys {
  private readonly keks: ReadonlyMap<string, Uint8Array>;
  private readonly present: string;
  private spare: { ref: KeyRef; key: Uint8Array }[] = [];
  private making: Promise<void> | undefined;

  constructor(
    @Inject(CONFIG) config: ReportingConfig,
    @InjectConnection() private readonly connection: Connection,
  ) {
    this.keks = encryptionKeys(config.CASE_KEY_ENCRYPTION_KEY);
    this.present = [...this.keks.keys()][0]!;
  }

  private get blocks(): mongo.Collection<KeyBlock> {
    return this.connection.db!.collection<KeyBlock>(CASE_KEYS);
  }

  /** A key that no case had before, for a case that begins. */
  async take(): Promise<{ ref: KeyRef; key: Uint8Array }> {
    for (;;) {
      const one = this.spare.pop();
      if (this.spare.length < REFILL && !this.making) {
        this.making = this.make().finally(() => (this.making = undefined));
        // Whoever finds no key left waits for it and is told.
        this.making.catch(() => undefined);
      }
      if (one) return one;
      await this.making;
    }
  }

  /**
   * The key of a case; throws RuleError `purged` when it is gone. Read each time, and not remembered: another replica may
   * have purged the case, and a look at what is sealed is rare beside a report.
   */
  async of(file: {
    readonly _id: string;
    readonly key?: KeyRef;
    readonly purgedDay?: string | null;
  }): Promise<CaseKey> {
    assertNotPurged(file);
    if (!file.key) return new CaseKey(file._id, undefined);
    const { block, no } = file.key;
    const row = await this.blocks.findOne({ _id: block }, { projection: { kek: 1, keys: { $slice: [no, 1] } } });
    const found = row?.keys[0];
    // Purged after the case was read.
    if (!row || !found) return assertNotPurged({ purgedDay: 'meanwhile' }) as never;
    return new CaseKey(file._id, wrapped(this.kekOf(row.kek), block, bytesOf(found), no));
  }

  /** Destroys a key in the transaction; a block without keys goes too. */
  forget(tx: Tx, { block, no }: KeyRef): void {
    tx.update(CASE_KEYS, { _id: block }, { $set: { [`keys.${no}`]: null } });
    tx.remove(CASE_KEYS, { _id: block, keys: { $not: { $elemMatch: { $ne: null } } } });
  }

  /** Wraps blocks anew that stand under an older key-encryption key, at most so many; how many there were. */
  async rewrap(tx: Tx, most: number): Promise<number> {
    const old = await this.blocks
      .find({ kek: { $ne: this.present } }, { session: tx.session })
      .limit(most)
      .toArray();
    for (const { _id: block, kek, keys } of old) {
      const [before, after] = [this.kekOf(kek), this.kekOf(this.present)];
      const anew = keys.map((one, no) => one && wrapped(after, block, wrapped(before, block, bytesOf(one), no), no));
      tx.update(CASE_KEYS, { _id: block, kek }, { $set: { kek: this.present, keys: anew } }, { mustMatch: true });
    }
    return old.length;
  }

  private kekOf(id: string): Uint8Array {
    const kek = this.keks.get(id);
    if (!kek) throw new Error(`CASE_KEY_ENCRYPTION_KEY lacks the key ${id}, under which keys of cases lie`);
    return kek;
  }

  private async make(): Promise<void> {
    const block = randomBytes(6).readUIntBE(0, 6);
    const kek = this.kekOf(this.present);
    const random = randomBytes(BLOCK * KEY);
    const part = (bytes: Buffer, no: number): Buffer => bytes.subarray(no * KEY, (no + 1) * KEY);
    const shut = wrapped(kek, block, random);
    const made = Array.from({ length: BLOCK }, (_, no) => ({ ref: { block, no }, key: part(random, no) }));
    const keys = made.map((_, no) => part(shut, no));
    const durable = { writeConcern: { w: 'majority', journal: true } } as const;
    await this.blocks.insertOne({ _id: block, kek: this.present, keys }, durable);
    for (let i = made.length - 1; i > 0; i -= 1) {
      const j = randomInt(i + 1);
      [made[i], made[j]] = [made[j]!, made[i]!];
    }
    this.spare.push(...made);
  }
}
