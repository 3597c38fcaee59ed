import { createHmac } from 'node:crypto';
import { canonical, leafHash, rootOf } from '@aiqyn/contracts';

/** An event as it is committed to: without its place in the log, which the tree itself says. */
export interface CommittedFact {
  readonly id: string;
  readonly type: string;
  readonly day: string;
  readonly key: string;
  readonly sequence: number;
  readonly data: Readonly<Record<string, unknown>>;
}

/**
 * The salt of an event, 32 bytes in hexadecimal, from the secret of the snapshot. Without it a leaf could be found out by trying
 * every event that there can be: a category, a region and a day are few.
 */
export const saltOf = (secret: string, id: string): string => createHmac('sha256', secret).update(id).digest('hex');

/** The leaf of an event: RFC 6962 hash over the salt and its canonical JSON (RFC 8785). */
export const leafOf = ({ id, type, day, key, sequence, data }: CommittedFact, salt: string): string =>
  leafHash(Buffer.from(`${salt}${canonical({ id, type, day, key, sequence, data })}`));

/** The root over the events behind a number, in the order of their ids. */
export const inputRootOf = (sources: readonly string[], leaves: ReadonlyMap<string, string>): string =>
  rootOf(sources.map((id) => leaves.get(id)!));
