import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { RuleError } from '@aiqyn/contracts';
import { createParamDecorator, type ExecutionContext, Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { CONFLICTS, IdempotencyMismatch } from '../errors.js';
import { COLLECTIONS } from '../mongo/collections.js';
import { GroupCommit } from '../mongo/group-commit.js';
import { Transactions } from '../mongo/transactions.js';
import type { Tx } from '../mongo/tx.js';
import type { AuthenticatedRequest } from './auth.guard.js';
import type { Subject } from './access.rules.js';
import { Problem } from './problem.js';

/** What a command knows of its request. */
export interface Caller {
  /** `public` for a citizen without a login. */
  readonly id: string;
  readonly subject?: Subject;
  readonly route: string;
  /** What the caller was let in for, and the row that the address names: what an audit entry says. */
  readonly permission?: string;
  readonly resource?: string;
  readonly idempotencyKey?: string;
  readonly bodyHash: string;
  /** The version in If-Match, when the request has one. */
  readonly ifMatch?: number;
}

/** A body that comes as a stream is not read for it: what takes one must be repeatable by itself. */
const textOf = (body: unknown): string => (body instanceof Readable ? 'stream' : JSON.stringify(body ?? null));

/** Refuses a malformed Idempotency-Key or If-Match. */
export const callerOf = (_: unknown, context: ExecutionContext): Caller => {
  const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
  const key = request.headers['idempotency-key'];
  if (key !== undefined && (typeof key !== 'string' || !/^[\x21-\x7e]{16,200}$/.test(key))) {
    throw new Problem(400, 'invalid_idempotency_key', 'Idempotency-Key: 16 to 200 visible characters, e.g. a UUID');
  }
  const match = request.headers['if-match'];
  const { id } = request.params as { id?: string };
  const version = match === undefined ? undefined : /^"(\d{1,9})"$/.exec(match)?.[1];
  if (match !== undefined && version === undefined) {
    throw new Problem(400, 'invalid_if_match', 'If-Match: the ETag of the resource as it was read, e.g. "3"');
  }
  return {
    id: request.subject?.id ?? 'public',
    ...(request.subject ? { subject: request.subject } : {}),
    route: `${request.method} ${request.url.split('?')[0]}`,
    ...(request.permission ? { permission: request.permission } : {}),
    ...(id ? { resource: id } : {}),
    ...(key ? { idempotencyKey: key } : {}),
    // Only asked for together with a key; hashing every report would be work for nothing. The key goes in, of which only a
    // hash is kept: a stored hash of the body alone would let who has the database recognise a receipt code in it.
    bodyHash: key
      ? createHash('sha256')
          .update(`${key}\n${textOf(request.body)}`)
          .digest('base64url')
      : '',
    ...(version ? { ifMatch: Number(version) } : {}),
  };
};

/** The caller as a parameter of a controller method. */
export const From = createParamDecorator(callerOf);

interface Remembered {
  _id: string;
  bodyHash: string;
  result: unknown;
}

/**
 * Runs the commands of the HTTP edge: one transaction each, or a shared one for hot creating paths, and the same answer
 * for the same Idempotency-Key. What is remembered is what the work returned: it must hold no secret.
 */
@Injectable()
export class Commands {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly transactions: Transactions,
    private readonly grouped: GroupCommit,
  ) {}

  /** One transaction for this command; what the state of the row refuses is audited in one of its own. */
  async run<T>(caller: Caller, work: (tx: Tx) => Promise<T> | T): Promise<T> {
    try {
      return await this.once(caller, work, (w) => this.transactions.run(w));
    } catch (error) {
      if (error instanceof RuleError && CONFLICTS.has(error.code)) await this.refused(caller, error.code);
      throw error;
    }
  }

  private async refused({ id, permission, resource }: Caller, reason: string): Promise<void> {
    if (!permission || !resource) return;
    await this.transactions.run((tx) =>
      tx.audit({ actor: id, action: permission, resource, outcome: 'refused', reason }),
    );
  }

  /** A transaction shared with the commands that arrive at the same time. */
  together<T>(caller: Caller, work: (tx: Tx) => Promise<T> | T): Promise<T> {
    return this.once(caller, work, (w) => this.grouped.run(w));
  }

  private async once<T>(
    caller: Caller,
    work: (tx: Tx) => Promise<T> | T,
    run: (work: (tx: Tx) => Promise<T>) => Promise<T>,
  ): Promise<T> {
    const { idempotencyKey } = caller;
    if (!idempotencyKey) return run(async (tx) => work(tx));
    // Only its hash is kept: the key of a citizen's request also derives their receipt code.
    const _id = createHash('sha256').update(`${caller.route}\n${caller.id}\n${idempotencyKey}`).digest('base64url');
    const earlier = await this.recall<T>(_id, caller.bodyHash);
    if (earlier) return earlier.result;
    // By the day: the second of expiry would tell the second of a citizen's request.
    const expireAt = new Date((Math.floor(Date.now() / 86_400_000) + 4) * 86_400_000);
    try {
      return await run(async (tx) => {
        const result = await work(tx);
        tx.insert(COLLECTIONS.idempotency, { _id, bodyHash: caller.bodyHash, result, expireAt });
        return result;
      });
    } catch (error) {
      // The same request arrived twice at once and the other was first: its row stands in the way, or what it did does.
      const winner = await this.recall<T>(_id, caller.bodyHash);
      if (winner) return winner.result;
      throw error;
    }
  }

  private async recall<T>(_id: string, bodyHash: string): Promise<{ result: T } | undefined> {
    const row = await this.connection.db!.collection<Remembered>(COLLECTIONS.idempotency).findOne({ _id });
    if (!row) return undefined;
    if (row.bodyHash !== bodyHash) throw new IdempotencyMismatch();
    return { result: row.result as T };
  }
}
