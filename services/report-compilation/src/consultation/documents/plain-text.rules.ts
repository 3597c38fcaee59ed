/**
 * Characters that no text here may hold: controls but the line feed, lone surrogates, and marks that turn the direction of what
 * follows them, by which a text could be shown other than it is.
 */
const REFUSED = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/;

/** One form of a text: lines end in LF, letters are composed, nothing but the text at its ends. */
export const plainText = (raw: string): string => raw.replace(/\r\n?/g, '\n').normalize('NFC').trim();

/** Whether it holds only what a text may hold; CR is taken as the end of a line. */
export const isPlain = (raw: string): boolean => raw.isWellFormed() && !REFUSED.test(raw.replace(/\r\n?/g, '\n'));

/** Length as people count: characters, not code units. */
export const lengthOf = (text: string): number => [...text].length;
