import { type GiftDisposal, RuleError } from '@aiqyn/contracts';

/**
 * Refuses a price that does not go with the way of disposal: who received a gift may buy it back at its value (domain notes,
 * compliance B1.3), a sale has a price, use and destruction have none. Throws RuleError `wrong_price`. Tiyn.
 */
export function judgePrice(method: GiftDisposal, value: number, price: number | undefined): void {
  const no = (message: string): never => {
    throw new RuleError('wrong_price', message, { field: 'price' });
  };
  if (method === 'buy-back' && price !== value) no('a gift is bought back at its value');
  if (method === 'sale' && price === undefined) no('a sale has a price');
  if ((method === 'state-use' || method === 'destruction') && price !== undefined) no('nothing is paid for this');
}
