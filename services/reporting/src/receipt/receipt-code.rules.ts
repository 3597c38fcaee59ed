import { RuleError } from '@aiqyn/contracts';

/** Of a code, before its check digits. */
export const SECRET_DIGITS = 24;

/** 98 minus the number times 100, modulo 97 (ISO 7064 MOD 97-10): catches each wrong digit and each adjacent swap. */
function checkDigits(digits: string): string {
  const rest = Number((BigInt(digits) * 100n) % 97n);
  return String(98 - rest).padStart(2, '0');
}

/** A receipt code: 24 secret digits (79.7 bits) and two check digits; throws RuleError when they are not 24 digits. */
export function receiptCode(digits24: string): string {
  if (!/^\d{24}$/.test(digits24)) throw new RuleError('bad_digits', 'a receipt code is made of 24 digits');
  return digits24 + checkDigits(digits24);
}

/** Whether the 26 digits (spaces between groups allowed) can be a receipt code at all; a typo never can. */
export function isReceiptCode(text: string): boolean {
  const digits = text.replaceAll(' ', '');
  return /^\d{26}$/.test(digits) && checkDigits(digits.slice(0, SECRET_DIGITS)) === digits.slice(SECRET_DIGITS);
}

/** Groups of four, as people read bank numbers. */
export const grouped = (code: string): string => code.replace(/(\d{4})(?=\d)/g, '$1 ');

/**
 * 24 digits, each equally likely, from random bytes: bytes of 250 and more are left out, since they would favour the
 * digits 0 to 5. 64 bytes fail with a chance under 10^-30; throws RuleError when the bytes run out.
 */
export function digitsFrom(bytes: Uint8Array): string {
  const digits = [...bytes].filter((byte) => byte < 250).map((byte) => byte % 10);
  if (digits.length < SECRET_DIGITS) throw new RuleError('too_few_bytes', 'give 64 random bytes');
  return digits.slice(0, SECRET_DIGITS).join('');
}
