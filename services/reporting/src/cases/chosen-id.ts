import { RuleError } from '@aiqyn/contracts';
import { isDuplicate } from '@aiqyn/platform';

/** Runs a command that stores something under an id that its client chose; throws RuleError `already_done` when it is taken. */
export async function underChosenId<T>(collection: string, field: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (isDuplicate(error, collection))
      throw new RuleError('already_done', 'this id is taken: choose another at random', { field });
    throw error;
  }
}
