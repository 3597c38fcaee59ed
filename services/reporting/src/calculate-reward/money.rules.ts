import { RuleError } from '@aiqyn/contracts';

/** Hundredths of a currency (tiyn) from a decimal text with at most two places; throws RuleError `bad_amount`. */
export function hundredths(text: string, field = 'damage'): number {
  const parts = /^(\d{1,14})(?:\.(\d{1,2}))?$/.exec(text);
  const amount = parts ? Number(parts[1]) * 100 + Number((parts[2] ?? '').padEnd(2, '0')) : Number.NaN;
  if (!Number.isSafeInteger(amount)) {
    throw new RuleError('bad_amount', `${field} is a number from 0 with at most two decimals, e.g. 4325000.01`, {
      field,
    });
  }
  return amount;
}

/** Hundredths as a decimal text with two places: 43250001 is `432500.01`. */
export const decimal = (amount: number): string => {
  const digits = String(amount).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
};

/** The same for people: `432,500.01`. */
export const readable = (amount: number): string => decimal(amount).replace(/\B(?=(\d{3})+(?=\.))/g, ',');

/** Basis points as a percentage for people: 1000 is `10 %`. */
export const percent = (bp: number): string => `${bp / 100} %`;

/** `amount * bp / 10000` without the fraction: a share is never rounded up. BigInt: the product may pass 2^53. */
export const shareOf = (amount: number, bp: number): number => Number((BigInt(amount) * BigInt(bp)) / 10_000n);

/**
 * Divides a whole amount by weights, given in order of arrival. Each part is rounded down; what remains (fewer
 * hundredths than there are parts) goes one by one to those who came first, so the parts always add up to the amount.
 */
export function divide(amount: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((a, b) => a + BigInt(b), 0n);
  const parts = weights.map((weight) => Number((BigInt(amount) * BigInt(weight)) / sum));
  const rest = amount - parts.reduce((a, b) => a + b, 0);
  return parts.map((part, i) => part + (i < rest ? 1 : 0));
}
