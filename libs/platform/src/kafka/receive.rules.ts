import { RuleError } from '@aiqyn/contracts';

/** The lane of a key: the same key always the same lane, so that its events stay in order. */
export function laneOf(key: string, lanes: number): number {
  let hash = 0;
  for (let i = 0; i < key.length; i += 1) hash = (Math.imul(hash, 31) + key.charCodeAt(i)) | 0;
  return (hash >>> 0) % lanes;
}

/** Milliseconds before attempt `attempt + 1`: doubling from 50, at most 2 s, half of it random (`random` 0 to 1). */
export function backoff(attempt: number, random: number): number {
  const full = Math.min(2_000, 50 * 2 ** (attempt - 1));
  return Math.round(full / 2 + (full / 2) * random);
}

/** Errors that say nothing about the event: the database is away, so the batch goes back to Kafka and comes again. */
const AWAY = new Set([
  'MongoServerSelectionError',
  'MongoNetworkError',
  'MongoNetworkTimeoutError',
  'MongoPoolClearedError',
  'MongoNotConnectedError',
  'MongoTopologyClosedError',
  'MongoClientClosedError',
  'MongoExpiredSessionError',
]);

/** What becomes of an event whose handler failed: a rule's no is final, everything else is tried `attempts` times. */
export function fate(error: unknown, attempt: number, attempts: number): 'retry' | 'park' | 'give-back' {
  const name = (error as Error | undefined)?.name ?? '';
  if (AWAY.has(name)) return 'give-back';
  if (error instanceof RuleError) return 'park';
  return attempt < attempts ? 'retry' : 'park';
}
