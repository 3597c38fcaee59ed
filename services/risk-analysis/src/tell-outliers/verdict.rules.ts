import { createHash } from 'node:crypto';
import type { Gap } from '../judge-portfolio/contribution.rules.js';
import {
  closeGaps,
  countsForR038,
  farGaps,
  type Limits,
  oftenDisqualified,
  type ShareGroup,
  suppliesAnything,
  winsRarely,
} from '../judge-portfolio/fences.rules.js';
import type { Group } from '../judge-portfolio/portfolio.rules.js';
import type { Sum, SumKind } from '../judge-portfolio/sums.rules.js';
import type { IndicatorSettings } from '../judge-process/indicator-settings.rules.js';
import { CLEAR, insufficient, notApplicable, type Outcome, triggered } from '../judge-process/outcome.rules.js';
import { distinct } from '../read-release/facts.rules.js';

/** What an indicator of outliers says of a subject, and the numbers that it was computed of. */
export interface Verdict {
  /** `<group>:<subject>:<code>`. */
  readonly _id: string;
  readonly group: Group;
  readonly subjectId: string;
  readonly indicator: 'R024' | 'R025' | 'R038' | 'R048' | 'R058';
  readonly outcome: Outcome;
  readonly inputs: Sum | readonly Gap[] | undefined;
}

/** What is published instead of the id of a subject, which may be the number of a person who trades alone. */
export const outlierId = (_id: string): string => createHash('sha256').update(_id).digest('hex').slice(0, 32);

const GROUP_OF: Readonly<Record<SumKind, ShareGroup>> = {
  ...{ wins: 'Tenderer', bidder: 'Tenderer', supplier: 'Tenderer', buyer: 'Buyer', entity: 'ProcuringEntity' },
};
const CODE_OF = { wins: 'R025', bidder: 'R038', supplier: 'R048', buyer: 'R038', entity: 'R038' } as const;

const valueOf = (value: number | undefined, limit: unknown): Outcome =>
  value !== undefined ? triggered(value) : limit === undefined ? insufficient('no-fence') : CLEAR;

function ofSum(sum: Sum, limits: Limits, settings: IndicatorSettings): Outcome {
  const group = GROUP_OF[sum.kind];
  if (sum.kind === 'wins') return valueOf(winsRarely(sum, limits), limits.R025);
  if (sum.kind === 'supplier') {
    if (sum.processes < settings.R048!.minimumProcesses) return notApplicable('too-few-processes');
    const variety = { processes: sum.processes, classes: Object.keys(sum.classes).length };
    return valueOf(suppliesAnything(variety, limits, settings), limits.R048);
  }
  if (!countsForR038(group, sum, settings)) return notApplicable('too-few-processes');
  return valueOf(oftenDisqualified(group, sum, limits, settings), limits.R038?.[group]);
}

/** Of who a sum is about; undefined where the indicator is not in force. */
export function verdictOfSum(
  { kind, id: subjectId }: Pick<Sum, 'kind' | 'id'>,
  sum: Sum | undefined,
  limits: Limits,
  settings: IndicatorSettings,
): Verdict | undefined {
  const [group, indicator] = [GROUP_OF[kind], CODE_OF[kind]];
  if (!settings[indicator]) return undefined;
  const outcome = sum ? ofSum(sum, limits, settings) : notApplicable('no-process');
  return { _id: `${group}:${subjectId}:${indicator}`, group, subjectId, indicator, outcome, inputs: sum };
}

/** Of a process, by how far its bids lie apart. */
export function verdictsOfGaps(
  subjectId: string,
  gaps: readonly Gap[],
  limits: Limits,
  settings: IndicatorSettings,
): Verdict[] {
  const say = (indicator: 'R024' | 'R058', found: readonly Gap[], pick: typeof Math.min): Verdict => {
    const tenderers = found.flatMap((g) => (indicator === 'R024' ? [...g.winners, ...g.runnersUp] : g.winners));
    const outcome =
      found.length > 0
        ? triggered(pick(...found.map((g) => g.ratio)), distinct(tenderers))
        : gaps.length === 0
          ? notApplicable('no-gap')
          : valueOf(undefined, limits[indicator]);
    return { _id: `OCID:${subjectId}:${indicator}`, group: 'OCID', subjectId, indicator, outcome, inputs: gaps };
  };
  return [
    ...(settings.R024 ? [say('R024', closeGaps(gaps, limits), Math.min)] : []),
    ...(settings.R058 ? [say('R058', farGaps(gaps, limits), Math.max)] : []),
  ];
}
