import { RuleError } from '@aiqyn/contracts';
import { type Severity, SEVERITIES, type SeverityPack, severityOf } from '../indicators/severity.rules.js';

type PerSeverity = Readonly<Record<Severity, number>>;

export interface QueuePolicy {
  readonly id: string;
  /** Shares of each severity that are looked at, over all and of each procuring entity. */
  readonly take: PerSeverity;
  readonly perEntity: PerSeverity;
  /** Days after which a closed process is looked at no more. */
  readonly closedDays: number;
}

/** Reads the pack; throws RuleError `bad_policy` naming the field. */
export function queuePolicy(raw: unknown): QueuePolicy {
  const pack = raw as QueuePolicy;
  const need = (holds: boolean, field: string): void => {
    if (!holds) throw new RuleError('bad_policy', `work queue: ${field} is missing or wrong`, { field });
  };
  const share = (n: unknown): boolean => typeof n === 'number' && n > 0 && n <= 1;
  need(typeof pack?.id === 'string', 'id');
  for (const one of SEVERITIES) {
    need(share(pack.take?.[one]), `take.${one}`);
    need(share(pack.perEntity?.[one]), `perEntity.${one}`);
  }
  need(Number.isInteger(pack.closedDays) && pack.closedDays > 0, 'closedDays');
  return pack;
}

/** A process with signals that may be looked at. */
export interface Candidate {
  readonly ocid: string;
  readonly entity: string;
  /** Sum of the weights of its indicators. */
  readonly score: number;
  /** Hundredths of one currency; 0 where no amount was published. */
  readonly value: number;
}

export interface Queued extends Candidate {
  readonly severity: Severity;
  /** 0 to 1: half by the rank of the score, half by the rank of the value. */
  readonly priority: number;
}

/** The share of all values that are not above each value. */
function ranks(values: readonly number[]): (value: number) => number {
  const sorted = [...values].sort((a, b) => a - b);
  return (value) => {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle]! <= value) low = middle + 1;
      else high = middle;
    }
    return low / sorted.length;
  };
}

/** The first share of a list, at least one. */
const top = <T>(list: readonly T[], part: number): readonly T[] => list.slice(0, Math.ceil(list.length * part));

/**
 * Whom to look at, in that order, as many as people can look at. Of each severity the first share by priority, and of each
 * entity its own first share, so that a small one is not passed over for good; and nobody's second before everybody's first.
 */
export function workQueue(
  candidates: readonly Candidate[],
  policy: QueuePolicy,
  pack: SeverityPack,
  capacity: number,
): Queued[] {
  const [rankOfScore, rankOfValue] = [ranks(candidates.map((c) => c.score)), ranks(candidates.map((c) => c.value))];
  const all = candidates.map((one): Queued => {
    const severity = severityOf(one.score, pack);
    const priority = Math.round((rankOfScore(one.score) + rankOfValue(one.value)) * 5_000) / 10_000;
    return { ...one, severity, priority };
  });
  all.sort((a, b) => b.priority - a.priority || (a.ocid < b.ocid ? -1 : 1));
  const chosen = new Set<Queued>();
  for (const severity of SEVERITIES) {
    const same = all.filter((one) => one.severity === severity);
    for (const one of top(same, policy.take[severity])) chosen.add(one);
    for (const own of Map.groupBy(same, ({ entity }) => entity).values())
      for (const one of top(own, policy.perEntity[severity])) chosen.add(one);
  }
  const rounds = new Map<string, number>();
  const inRounds = all
    .filter((one) => chosen.has(one))
    .map((one) => {
      const round = rounds.get(one.entity) ?? 0;
      rounds.set(one.entity, round + 1);
      return { one, round };
    });
  inRounds.sort((a, b) => a.round - b.round);
  return inRounds.slice(0, capacity).map(({ one }) => one);
}
