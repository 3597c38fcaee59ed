import { createHash } from 'node:crypto';
import { FlagClearedV1, FlagRaisedV1, type ReleaseOrigin, type UnitTable } from '@aiqyn/contracts';
import type { Outcome, State } from '../judge-process/outcome.rules.js';
import type { ProcessIndicator } from './definition.rules.js';
import { type Evidence, judge } from './evidence.rules.js';
import { type Lived, since, turned } from './lived.rules.js';

/** What every indicator says of a process: its state, and the reason behind a colon where there is one. */
export type Outcomes = Readonly<Record<string, string>>;

/** The state in a stored outcome. */
export const stateOf = (outcome: string): State => outcome.split(':')[0] as State;

/** What is kept of an indicator that was once triggered. */
export interface Signal extends Lived {
  readonly _id: string;
  readonly ocid: string;
  readonly indicator: string;
  readonly indicatorVersion: number;
  readonly areaCode: string;
  readonly origin: ReleaseOrigin;
  readonly value?: number | undefined;
  readonly reason?: string | undefined;
  readonly tenderers?: string[] | undefined;
  readonly evidence: Evidence;
}

/** A signal as it is to be stored, in place of `before` where there was one. */
export interface SignalChange<S extends Signal> {
  readonly before: S | undefined;
  readonly row: Signal;
  /** When it is raised, or cleared by a later version. */
  readonly event: object | undefined;
}

/** The process that is judged, and the day whose parameters count. */
export interface Judged {
  readonly ocid: string;
  readonly areaCode: string;
  readonly origin: ReleaseOrigin;
  readonly release: unknown;
  readonly day: string;
}

/** Inputs over this many characters are kept as their hash: a document holds 16 MB, and a release may have a hundred thousand bids. */
const LARGEST = 262_144;

/**
 * What the indicators say of a process, and the flags that change by it. A flag is kept of what was ever triggered; that the
 * others were judged, and how, stands in the outcomes.
 */
export function judgeAll<S extends Signal>(
  definitions: readonly ProcessIndicator[],
  flags: ReadonlyMap<string, S>,
  process: Judged,
  unit: UnitTable,
): { outcomes: Outcomes; changes: readonly SignalChange<S>[] } {
  const outcomes: Record<string, string> = {};
  const changes: SignalChange<S>[] = [];
  for (const definition of definitions) {
    const { outcome, evidence } = judge(definition, process.release, process.day, unit);
    outcomes[definition.code] = outcome.reason ? `${outcome.state}:${outcome.reason}` : outcome.state;
    const before = flags.get(`${process.ocid}:${definition.code}`);
    const change = changeOf(definition, before, process, outcome, evidence);
    if (change) changes.push(change);
  }
  return { outcomes, changes };
}

function changeOf<S extends Signal>(
  { code: indicator, version: indicatorVersion }: ProcessIndicator,
  before: S | undefined,
  { ocid, areaCode, origin, day }: Judged,
  outcome: Outcome,
  judged: Evidence,
): SignalChange<S> | undefined {
  if (!before && outcome.state !== 'triggered') return undefined;
  const _id = `${ocid}:${indicator}`;
  const evidence = kept(judged);
  const { state, value, reason, tenderers } = outcome;
  const row = {
    ...{ _id, ocid, indicator, indicatorVersion, areaCode, origin, outcome: state, evidence },
    ...{ value, reason, tenderers: tenderers && [...tenderers] },
    ...since(before, state, day),
  };
  if (before && isSame(before, row)) return undefined;
  const turn = turned(before, state);
  const common = { flagId: _id, ocid, day, indicator };
  const event =
    turn === 'raised'
      ? Object.assign(new FlagRaisedV1(), { ...common, indicatorVersion, areaCode, origin })
      : turn && Object.assign(new FlagClearedV1(), common);
  return { before, row, event };
}

function kept(evidence: Evidence): Evidence {
  const text = JSON.stringify(evidence.inputs);
  if (text.length <= LARGEST) return evidence;
  return { ...evidence, inputs: { tooLarge: createHash('sha256').update(text).digest('base64url') } };
}

const isSame = (before: Signal, row: Pick<Signal, 'outcome' | 'indicatorVersion' | 'evidence' | 'areaCode'>): boolean =>
  before.outcome === row.outcome &&
  before.indicatorVersion === row.indicatorVersion &&
  before.areaCode === row.areaCode &&
  JSON.stringify(before.evidence.inputs) === JSON.stringify(row.evidence.inputs);
