import { RuleError } from '@aiqyn/contracts';
import type { GiftState } from '../gift-case/gift-states.rules.js';

export interface CustodyLine {
  readonly day: string;
  readonly actNumber: string;
  readonly holderBin: string;
}

/**
 * The custody log with one more line; throws RuleError `out_of_order` where nothing lies in custody, `day_out_of_range` when days
 * would go back, `already_done` for an act that stands in it, `same_holder` when nothing moved.
 */
export function logged<L extends CustodyLine>(state: GiftState, log: readonly L[], line: L, today: string): L[] {
  const last = log.at(-1);
  if (!last || (state !== 'handed-over' && state !== 'valued'))
    throw new RuleError('out_of_order', 'only what was handed over and not yet disposed of lies in custody');
  if (log.some(({ actNumber }) => actNumber === line.actNumber))
    throw new RuleError('already_done', 'this act is in the log', { field: 'actNumber' });
  if (line.day < last.day || line.day > today)
    throw new RuleError('day_out_of_range', 'day must be from the last line to today', { field: 'day' });
  if (line.holderBin === last.holderBin)
    throw new RuleError('same_holder', 'it lies there already', { field: 'holderBin' });
  return [...log, line];
}
