/** What a replica knows of the present load. */
export interface Load {
  /** Commands that wait for a commit. */
  readonly waiting: number;
  /** Reports taken in the running minute. */
  readonly thisMinute: number;
}

/** From when on work is asked for; an operator's setting, as it depends on the machine. */
export interface Limits {
  readonly waiting: number;
  /** Undefined: only what waits counts. */
  readonly perMinute?: number | undefined;
}

/** Steps of the price; each doubles it. */
export const STEPS = 6;
/** Rounds of PBKDF2 in one try at step 1, and the prefix that one in 4,096 tries meets: a quarter second of a phone. */
export const ROUNDS = 50;
export const PREFIX = '000';
/** Seconds for which the last price stands once the load is over: a flood that waits for its end would come in waves. */
export const AFTER_SECONDS = 60;

/** 0: nothing is asked for; then one step more for each doubling of the load over the limit, `STEPS` at most. */
export function stepOf(load: Load, limits: Limits): number {
  const over = Math.max(load.waiting / limits.waiting, limits.perMinute ? load.thisMinute / limits.perMinute : 0);
  return over < 1 ? 0 : Math.min(STEPS, 1 + Math.floor(Math.log2(over)));
}

export const roundsOf = (step: number): number => ROUNDS * 2 ** (step - 1);
