/** Why a file is not taken; nothing of it was sent. The code is stable, the message says what would be right. */
export class Refusal extends Error {
  constructor(
    readonly code:
      | 'empty_file'
      | 'wrong_extension'
      | 'never_sent'
      | 'archive_bomb'
      | 'broken'
      | 'encrypted'
      | 'macros'
      | 'cannot_be_cleaned'
      | 'not_verified',
    message: string,
  ) {
    super(message);
  }
}

export const broken = (kind: string): Refusal =>
  new Refusal('broken', `this ${kind} is cut off or malformed: export it again from the program that made it`);

/** What a cleaner gives: the content without what would tell on somebody, and the names (never the values) of what is gone. */
export interface Content {
  readonly bytes: Uint8Array;
  readonly removed: readonly string[];
}

/** Pixels of a picture at most: the handler's viewer unpacks it, 200 million take 800 MB there. */
export const MOST_PIXELS = 200_000_000;

export function assertPixels(width: number, height: number): void {
  if (width * height > MOST_PIXELS) throw new Refusal('archive_bomb', `a picture has at most ${MOST_PIXELS} pixels`);
}

/** Pieces put together. */
export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
