import type { IndicatorSettings } from '../judge-process/indicator-settings.rules.js';
import { type Contribution, type Gap, PROCESS_CODES } from './contribution.rules.js';
import { KeptContributions } from './kept-contributions.rules.js';
import { lowerFence, quantile, quartiles, sortedValues, tellsOutliers, upperFence } from './quartiles.rules.js';

export const GROUPS = ['OCID', 'Buyer', 'ProcuringEntity', 'Tenderer'] as const;
export type Group = (typeof GROUPS)[number];

/** Values of the triggered indicators by subject. */
export type Results = Record<Group, Map<string, Record<string, number>>>;
export type Meta = Record<string, Record<string, number>>;

/** Tenderers that made a process to be flagged, by the code. */
export type Involved = Record<'R024' | 'R028' | 'R030' | 'R035' | 'R058', Map<string, Set<string>>>;

export interface Judged {
  readonly results: Results;
  /** Quartiles and fences that the outliers were told by. */
  readonly meta: Meta;
  readonly involved: Involved;
  /** Indicators whose data tell of no outlier: too few, or all alike. */
  readonly noSpread: readonly string[];
}

interface Share {
  part: number;
  whole: number;
  processes: number;
}

interface Supplies {
  processes: number;
  readonly classes: Map<string, number>;
}

/**
 * What all processes together say, as sums: the order in which contributions come does not matter, and one that is taken out
 * leaves no trace. Kept in memory by the command line; the service keeps the same sums in MongoDB.
 */
export class Portfolio {
  readonly contributions = new KeptContributions();
  private readonly wins = new Map<string, Share>();
  private readonly buyers = new Map<string, Share>();
  private readonly entities = new Map<string, Share>();
  private readonly bidders = new Map<string, Share>();
  private readonly supplies = new Map<string, Supplies>();

  constructor(private readonly settings: IndicatorSettings) {}

  /** Takes a contribution in, in place of the earlier one of the same process. */
  replace(contribution: Contribution): void {
    const earlier = this.contributions.get(contribution.ocid);
    if (earlier) this.sum(earlier, -1);
    this.contributions.set(contribution);
    this.sum(contribution, 1);
  }

  /** Takes a process out, e.g. since its tender was cancelled. */
  remove(ocid: string): void {
    const earlier = this.contributions.get(ocid);
    if (!earlier) return;
    this.sum(earlier, -1);
    this.contributions.delete(ocid);
  }

  /** As Cardinal meets a second line of one process: counted twice, and what the first one flagged stays. */
  addAgain(contribution: Contribution): void {
    const earlier = this.contributions.get(contribution.ocid);
    this.contributions.set(earlier ? joined(earlier, contribution) : contribution);
    this.sum(contribution, 1);
  }

  private sum(contribution: Contribution, sign: 1 | -1): void {
    const { won, lost, buyer, entity, submitted, disqualified, bids, supplies } = contribution;
    for (const id of won) add(this.wins, id, sign, sign, sign);
    for (const id of lost) add(this.wins, id, 0, sign, sign);
    if (submitted > 0) {
      if (buyer !== undefined) add(this.buyers, buyer, sign * disqualified, sign * submitted, sign);
      if (entity !== undefined) add(this.entities, entity, sign * disqualified, sign * submitted, sign);
      for (let i = 0; i < bids.length; i += 3)
        add(this.bidders, bids[i] as string, sign * (bids[i + 2] as number), sign * (bids[i + 1] as number), sign);
    }
    for (let i = 0; i < supplies.length; i += 2)
      this.sumSupplies(supplies[i] as string, supplies[i + 1] as readonly string[], sign);
  }

  private sumSupplies(supplier: string, classes: readonly string[], sign: 1 | -1): void {
    let known = this.supplies.get(supplier);
    if (!known) this.supplies.set(supplier, (known = { processes: 0, classes: new Map<string, number>() }));
    known.processes += sign;
    for (const one of classes) {
      const count = (known.classes.get(one) ?? 0) + sign;
      if (count === 0) known.classes.delete(one);
      else known.classes.set(one, count);
    }
    if (known.processes === 0) this.supplies.delete(supplier);
  }

  /** Judges everything that is in. */
  judge(): Judged {
    const judging = new Judging(this.settings);
    for (const contribution of this.contributions) judging.process(contribution);
    judging.gaps(this.contributions);
    judging.rareWinners(this.wins);
    judging.disqualified({ Buyer: this.buyers, ProcuringEntity: this.entities, Tenderer: this.bidders });
    judging.mixedSuppliers(this.supplies);
    return judging;
  }
}

function add(sums: Map<string, Share>, id: string, part: number, whole: number, processes: number): void {
  const sum = sums.get(id);
  if (!sum) {
    sums.set(id, { part, whole, processes });
    return;
  }
  sum.part += part;
  sum.whole += whole;
  sum.processes += processes;
  if (sum.processes === 0) sums.delete(id);
}

function joined(earlier: Contribution, later: Contribution): Contribution {
  const outcomes = later.outcomes.map((outcome, i) => {
    const before = earlier.outcomes[i];
    if (before?.state !== 'triggered') return outcome;
    if (outcome?.state !== 'triggered') return before;
    const tenderers = new Set([...(before.tenderers ?? []), ...(outcome.tenderers ?? [])]);
    return { ...outcome, ...(tenderers.size > 0 ? { tenderers: [...tenderers] } : {}) };
  });
  const gaps = later.gaps.length > 0 ? later.gaps : earlier.gaps;
  const bids = [...earlier.bids, ...later.bids];
  return { ...later, outcomes, gaps, bids, disqualified: earlier.disqualified + later.disqualified };
}

/** The smallest or largest gap of a process. */
const extreme = (gaps: readonly Gap[], pick: (...values: number[]) => number): number =>
  pick(...gaps.map((g) => g.ratio));

class Judging implements Judged {
  readonly results: Results = { OCID: new Map(), Buyer: new Map(), ProcuringEntity: new Map(), Tenderer: new Map() };
  readonly meta: Meta = {};
  readonly involved: Involved = { R024: new Map(), R028: new Map(), R030: new Map(), R035: new Map(), R058: new Map() };
  readonly noSpread: string[] = [];
  private readonly guarded: boolean;

  constructor(private readonly settings: IndicatorSettings) {
    this.guarded = settings.set === 'aiqyn';
  }

  private set(group: Group, id: string, code: string, value: number): void {
    const known = this.results[group].get(id);
    if (known) known[code] = value;
    else this.results[group].set(id, { [code]: value });
  }

  private note(code: string, key: string, value: number): void {
    (this.meta[code] ??= {})[key] = value;
  }

  private involve(code: keyof Involved, ocid: string, ids: readonly string[], value: number): void {
    const all = this.involved[code].get(ocid) ?? new Set<string>();
    this.involved[code].set(ocid, all);
    for (const id of ids) {
      all.add(id);
      this.set('Tenderer', id, code, value);
    }
  }

  process({ ocid, outcomes }: Contribution): void {
    for (const [i, outcome] of outcomes.entries()) {
      if (outcome?.state !== 'triggered') continue;
      const code = PROCESS_CODES[i]!;
      this.set('OCID', ocid, code, outcome.value!);
      if (outcome.tenderers) this.involve(code as keyof Involved, ocid, outcome.tenderers, outcome.tendererValue!);
    }
  }

  /** A fence by the data where the settings have no threshold; undefined where the data tell of no outlier. */
  private fence(
    code: string,
    values: Iterable<number>,
    threshold: number | undefined,
    side: 'lower' | 'upper',
    prefix = '',
  ): number | undefined {
    const key = `${prefix}${side}_fence`;
    if (threshold !== undefined) {
      this.note(code, key, threshold);
      return threshold;
    }
    const q = quartiles(sortedValues(values));
    this.note(code, `${prefix}q1`, q.q1);
    this.note(code, `${prefix}q3`, q.q3);
    const fence = side === 'lower' ? lowerFence(q) : upperFence(q);
    this.note(code, key, fence);
    if (this.guarded && !tellsOutliers(q)) {
      this.noSpread.push(prefix === '' ? code : `${code} ${prefix.slice(0, -1)}`);
      return undefined;
    }
    // Three quarters of all are at nothing: the rest, or all, would be flagged.
    if (side === 'lower' && !(q.q1 > 0)) return undefined;
    return fence;
  }

  gaps(contributions: Iterable<Contribution>): void {
    const { R024, R058 } = this.settings;
    if (!R024 && !R058) return;
    const all: Pick<Contribution, 'ocid' | 'gaps'>[] = [];
    const ratios: number[] = [];
    for (const { ocid, gaps } of contributions) {
      if (gaps.length > 0) all.push({ ocid, gaps });
      for (const { ratio } of gaps) ratios.push(ratio);
    }
    const low = R024 && this.fence('R024', ratios, R024.threshold, 'lower');
    const high = R058 && this.fence('R058', ratios, R058.threshold, 'upper');
    for (const { ocid, gaps } of all) {
      if (low !== undefined && low > 0) {
        const close = gaps.filter((g) => g.ratio <= low);
        if (close.length > 0) {
          this.set('OCID', ocid, 'R024', extreme(close, Math.min));
          for (const { winners, runnersUp } of close) this.involve('R024', ocid, [...winners, ...runnersUp], 0);
        }
      }
      if (high !== undefined && high > 0) {
        const far = gaps.filter((g) => g.ratio >= high);
        if (far.length > 0) {
          this.set('OCID', ocid, 'R058', extreme(far, Math.max));
          for (const { winners } of far) this.involve('R058', ocid, winners, 0);
        }
      }
    }
  }

  /** R025: many bids, few of them won. */
  rareWinners(wins: ReadonlyMap<string, Share>): void {
    const { R025 } = this.settings;
    if (!R025) return;
    const shares = [...wins.values()];
    const many = quantile(sortedValues(shares.map((s) => s.whole)), R025.percentile / 100);
    const low = this.fence(
      'R025',
      shares.map((s) => s.part / s.whole),
      R025.threshold,
      'lower',
    );
    this.note('R025', 'upper_fence', many);
    if (low === undefined || !(low > 0)) return;
    for (const [id, { part, whole }] of wins)
      if (whole >= many && part / whole <= low) this.set('Tenderer', id, 'R025', part / whole);
  }

  /** R038: many of the bids disqualified. */
  disqualified(sums: Readonly<Record<'Buyer' | 'ProcuringEntity' | 'Tenderer', ReadonlyMap<string, Share>>>): void {
    const { R038 } = this.settings;
    if (!R038) return;
    for (const [group, shares] of Object.entries(sums) as [keyof typeof sums, ReadonlyMap<string, Share>][]) {
      const enough = ({ whole, processes }: Share): boolean =>
        group === 'Tenderer'
          ? whole >= R038.minimumBids
          : // Its manual says processes; Cardinal compares the number of bids.
            (this.guarded ? processes : whole) >= R038.minimumProcesses;
      const ratios = [...shares].filter(([, s]) => enough(s)).map(([id, s]) => [id, s.part / s.whole] as const);
      if (ratios.length === 0) continue;
      const high = this.fence(
        'R038',
        ratios.map(([, r]) => r),
        R038.threshold,
        'upper',
        `${group}_`,
      );
      if (high === undefined || !(high > 0)) continue;
      for (const [id, ratio] of ratios) if (ratio >= high) this.set(group, id, 'R038', ratio);
    }
  }

  /** R048: one supplier of very different things. */
  mixedSuppliers(supplies: ReadonlyMap<string, Supplies>): void {
    const { R048 } = this.settings;
    if (!R048) return;
    const counts = [...supplies]
      .filter(([, s]) => s.processes >= R048.minimumProcesses)
      .map(([id, s]) => [id, s.classes.size] as const);
    const high = this.fence(
      'R048',
      counts.map(([, n]) => n),
      R048.threshold,
      'upper',
    );
    if (high === undefined) return;
    for (const [id, n] of counts) if (n >= high) this.set('Tenderer', id, 'R048', n);
  }
}
