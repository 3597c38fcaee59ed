import { ConcurrentChange } from '../errors.js';
import { isDuplicate } from './pending-tx.js';

/**
 * Runs a transaction anew when another one made the same row, or changed what it had read, at the same moment: it looks again and
 * finds what the other left. For work that is repeatable by itself; throws what the last attempt threw.
 */
export async function again<T>(transaction: () => Promise<T>, attempts = 5): Promise<T> {
  for (let left = attempts; ; left -= 1)
    try {
      return await transaction();
    } catch (error) {
      if (left <= 1 || !(isDuplicate(error) || error instanceof ConcurrentChange)) throw error;
    }
}

/** Says of a row that somebody else made first that it was changed meanwhile (409): who asked looks again themselves. */
export const orConcurrent = <T>(collection: string, transaction: Promise<T>): Promise<T> =>
  transaction.catch((error: unknown) => {
    throw isDuplicate(error, collection) ? new ConcurrentChange(collection) : error;
  });
