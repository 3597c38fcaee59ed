import { CLEAR, type Outcome, triggered } from '../judge-process/outcome.rules.js';

/** An amount that is known to lie between two ends, in tiyn; both ends count. */
export interface Range {
  readonly low: number;
  readonly high: number;
}

/** An outcome of a check; `possible` beside `triggered`: only the upper end of a range passes. */
export interface EnrichmentOutcome extends Outcome {
  readonly possible?: true;
}

export const exactly = (amount: number): Range => ({ low: amount, high: amount });
export const plus = (a: Range, b: Range): Range => ({ low: a.low + b.low, high: a.high + b.high });
/** The least and the most that the difference can be. */
export const minus = (a: Range, b: Range): Range => ({ low: a.low - b.high, high: a.high - b.low });
export const total = (ranges: readonly Range[]): Range => ranges.reduce(plus, exactly(0));

const possibly = (value: number): EnrichmentOutcome => ({ ...triggered(value), possible: true });

/** Whether an amount passes a limit; the limit itself does not. */
export const over = ({ low, high }: Range, limit: number): EnrichmentOutcome =>
  low > limit ? triggered(low) : high > limit ? possibly(high) : CLEAR;

/** The same, where the limit itself passes. */
export const atLeast = ({ low, high }: Range, limit: number): EnrichmentOutcome =>
  low >= limit ? triggered(low) : high >= limit ? possibly(high) : CLEAR;

/** `part < whole * bp / 10000`, exact where a product passes 2^53. */
export const underShare = (part: number, whole: number, bp: number): boolean =>
  BigInt(part) * 10_000n < BigInt(whole) * BigInt(bp);

/** `part > whole * bp / 10000`, as exact. */
export const overShare = (part: number, whole: number, bp: number): boolean =>
  BigInt(part) * 10_000n > BigInt(whole) * BigInt(bp);
