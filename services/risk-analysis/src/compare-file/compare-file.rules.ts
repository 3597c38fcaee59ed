import type { Outcomes } from '../indicators/signal.rules.js';
import type { Contribution } from '../judge-portfolio/contribution.rules.js';
import type { Limits } from '../judge-portfolio/fences.rules.js';
import { added, realChanges, SumChanges } from '../judge-portfolio/sums.rules.js';
import type { IndicatorSettings } from '../judge-process/indicator-settings.rules.js';
import { type Verdict, verdictOfSum, verdictsOfGaps } from '../tell-outliers/verdict.rules.js';

/** The area of a release does not matter here. */
export const AREA_UNKNOWN = 'other';

export type Piece = readonly { readonly no: number; readonly text?: string }[];

/** What a line is, or why it is nothing. */
export type Computed =
  { readonly no: number; readonly refusal: string } | (InFile & { readonly no: number; readonly ocid: string });

export interface InFile {
  /** Instant of the version. */
  readonly date: string;
  readonly hash: string;
  readonly outcomes: Outcomes;
  readonly contribution: Contribution | undefined;
}

export interface InStore {
  readonly hash: string;
  readonly outcomes: Outcomes;
}

export interface Difference {
  readonly subject: string;
  readonly what: string;
}

/** In what the service differs from what was computed of the file, process by process. */
export function differencesOf(file: ReadonlyMap<string, InFile>, store: ReadonlyMap<string, InStore>): Difference[] {
  const all: Difference[] = [];
  for (const [subject, { hash, outcomes }] of file) {
    const stored = store.get(subject);
    if (!stored) all.push({ subject, what: 'is not in the store' });
    else if (stored.hash !== hash) all.push({ subject, what: 'is there in another version' });
    else
      for (const code of new Set([...Object.keys(outcomes), ...Object.keys(stored.outcomes)]))
        if (outcomes[code] !== stored.outcomes[code])
          all.push({
            subject,
            what: `${code} is ${stored.outcomes[code] ?? 'not judged'}, computed ${outcomes[code]}`,
          });
  }
  for (const subject of store.keys()) if (!file.has(subject)) all.push({ subject, what: 'is not in the file' });
  return all;
}

/** Who stands out in the file by the fences of a snapshot. */
export function outliersOf(
  file: ReadonlyMap<string, InFile>,
  limits: Limits,
  settings: IndicatorSettings,
): Map<string, number> {
  const sums = new SumChanges();
  const verdicts: Verdict[] = [];
  for (const [ocid, { contribution }] of file) {
    if (!contribution) continue;
    sums.add(contribution, 1);
    verdicts.push(...verdictsOfGaps(ocid, contribution.gaps, limits, settings));
  }
  for (const change of realChanges(sums).values()) {
    const verdict = verdictOfSum(change, added(undefined, change), limits, settings);
    if (verdict) verdicts.push(verdict);
  }
  const standing = verdicts.filter(({ outcome }) => outcome.state === 'triggered');
  return new Map(standing.map(({ _id, outcome }) => [_id, outcome.value!]));
}

/** In which outliers the two differ. */
export function outlierDifferences(
  computed: ReadonlyMap<string, number>,
  store: ReadonlyMap<string, number>,
): Difference[] {
  return [...new Set([...computed.keys(), ...store.keys()])]
    .filter((id) => computed.get(id) !== store.get(id))
    .map((subject) => {
      const said = (value: number | undefined): string => (value === undefined ? 'no outlier' : String(value));
      return { subject, what: `is ${said(store.get(subject))}, computed ${said(computed.get(subject))}` };
    });
}
