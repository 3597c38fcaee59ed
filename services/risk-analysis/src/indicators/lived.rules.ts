import type { State } from '../judge-process/outcome.rules.js';

/** A signal as far as time is concerned: what it says since when, and what it said from a day until another. */
export interface Lived {
  readonly outcome: State;
  readonly since: string;
  readonly earlier?: { outcome: State; from: string; to: string }[];
}

/** Since when a signal says what it says: a state that stays keeps its first day, and one that ends is kept with its last. */
export function since(before: Lived | undefined, outcome: State, day: string): Pick<Lived, 'since' | 'earlier'> {
  if (!before) return { since: day };
  if (before.outcome === outcome)
    return before.earlier ? { since: before.since, earlier: before.earlier } : { since: before.since };
  const over = { outcome: before.outcome, from: before.since, to: day };
  return { since: day, earlier: [...(before.earlier ?? []), over] };
}

/** Whether a signal is raised or cleared by what it says now: only that is published. */
export function turned(before: Pick<Lived, 'outcome'> | undefined, outcome: State): 'raised' | 'cleared' | undefined {
  const [was, is] = [before?.outcome === 'triggered', outcome === 'triggered'];
  return was === is ? undefined : is ? 'raised' : 'cleared';
}

/** What a signal said on a day and since when; undefined before it said anything. A state that ended on a day is over on it. */
export function asOf(
  { outcome, since: first, earlier }: Lived,
  day: string,
): Pick<Lived, 'outcome' | 'since'> | undefined {
  if (first <= day) return { outcome, since: first };
  const one = (earlier ?? []).find(({ from, to }) => from <= day && day < to);
  return one && { outcome: one.outcome, since: one.from };
}
