/** A signal as far as time is concerned: what it says since when, and what it said from a day until another. */
export interface Lived {
  readonly outcome: string;
  readonly since: string;
  readonly earlier?: readonly { readonly outcome: string; readonly from: string; readonly to: string }[];
}

/** What a signal said on a day and since when; undefined before it said anything. A state that ended on a day is over on it. */
export function asOf({ outcome, since, earlier }: Lived, day: string): Pick<Lived, 'outcome' | 'since'> | undefined {
  if (since <= day) return { outcome, since };
  const one = (earlier ?? []).find(({ from, to }) => from <= day && day < to);
  return one && { outcome: one.outcome, since: one.from };
}
