const FIRST = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
const SECOND = [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2];

const weigh = (digits: string, weights: number[]): number =>
  weights.reduce((sum, weight, i) => sum + weight * Number(digits[i]), 0) % 11;

/** The eleven digits with their check digit, or undefined when no business number can begin with them. */
export function withBinCheckDigit(first11: string): string | undefined {
  if (!/^\d{11}$/.test(first11)) return undefined;
  let check = weigh(first11, FIRST);
  if (check === 10) check = weigh(first11, SECOND);
  return check === 10 ? undefined : first11 + String(check);
}

/** A business identification number of Kazakhstan (BIN): 12 digits, the last of them the check digit of the others. */
export const isBin = (text: string): boolean => /^\d{12}$/.test(text) && withBinCheckDigit(text.slice(0, 11)) === text;
