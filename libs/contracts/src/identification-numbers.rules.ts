import { isDay } from './calendar.rules.js';

const FIRST = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
const SECOND = [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2];

/** Centuries of birth by the seventh digit of an IIN; 0 tells none. */
const CENTURIES = [20, 18, 18, 19, 19, 20, 20];

const weigh = (digits: string, weights: number[]): number =>
  weights.reduce((sum, weight, i) => sum + weight * Number(digits[i]), 0) % 11;

/** The eleven digits with their check digit, or undefined when no business number can begin with them. */
export function withBinCheckDigit(first11: string): string | undefined {
  if (!/^\d{11}$/.test(first11)) return undefined;
  let check = weigh(first11, FIRST);
  if (check === 10) check = weigh(first11, SECOND);
  return check === 10 ? undefined : first11 + String(check);
}

/**
 * An individual identification number of Kazakhstan (IIN): day of birth (yymmdd), a digit of century and sex (0 for a foreigner
 * of no stated one, to 6), number, check digit as in a BIN. It names a person: it is neither stored nor sent in clear.
 */
export const isIin = (text: string): boolean => {
  const [, year, month, day, century] = /^(\d\d)(\d\d)(\d\d)([0-6])\d{5}$/.exec(text) ?? [];
  return century !== undefined && isDay(`${CENTURIES[Number(century)]}${year}-${month}-${day}`) && isBin(text);
};

/** A business identification number of Kazakhstan (BIN): 12 digits, the last of them the check digit of the others. */
export const isBin = (text: string): boolean => /^\d{12}$/.test(text) && withBinCheckDigit(text.slice(0, 11)) === text;
