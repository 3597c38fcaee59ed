/** 98 minus the number times 100, modulo 97 (ISO 7064 MOD 97-10): catches each wrong digit and each swap of neighbours. */
const checkDigits = (digits: string): string => String(98 - Number((BigInt(digits) * 100n) % 97n)).padStart(2, '0');

/** A receipt number of 16 random digits (53 bits) and two check digits; in groups, so that no spreadsheet takes it for a sum. */
export function receiptNumber(digits16: string): string {
  if (!/^\d{16}$/.test(digits16)) throw new Error('a receipt number is made of 16 digits');
  return (digits16 + checkDigits(digits16)).replace(/(\d{4})(?=\d)/g, '$1-');
}

/** The number as it is stored, of one that was typed with or without its groups; undefined for what cannot be one. */
export function readReceiptNumber(typed: string): string | undefined {
  const digits = typed.replace(/[\s-]/g, '');
  if (!/^\d{18}$/.test(digits) || checkDigits(digits.slice(0, 16)) !== digits.slice(16)) return undefined;
  return receiptNumber(digits.slice(0, 16));
}
