import type { OutlierGroup } from '@aiqyn/contracts';
import type { IndicatorSettings } from '../judge-process/indicator-settings.rules.js';
import { type Contribution, type Gap, PROCESS_CODES } from './contribution.rules.js';
import { type Kept, KeptContributions } from './kept-contributions.rules.js';
import {
  closeGaps,
  farGaps,
  fencesOf,
  type Meta,
  oftenDisqualified,
  type Share,
  SHARE_GROUPS,
  type ShareGroup,
  suppliesAnything,
  winsRarely,
} from './fences.rules.js';

/** Here and not from the contracts, whose code the command line need not load; the type holds the two together. */
export const GROUPS = ['OCID', 'Buyer', 'ProcuringEntity', 'Tenderer'] as const satisfies readonly OutlierGroup[];
export type Group = OutlierGroup;

/** Values of the triggered indicators by subject. */
export type Results = Record<Group, Map<string, Record<string, number>>>;

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

type Counted = { -readonly [K in keyof Share]: Share[K] };

interface Supplies {
  processes: number;
  /** In how many processes each class, by its number. */
  readonly classes: Map<number, number>;
}

/** Sums by the number of an id: an array, since looking a number up costs nothing. */
type ByNumber<T> = (T | undefined)[];

interface Sums extends Readonly<Record<'wins' | ShareGroup, ByNumber<Counted>>> {
  readonly supplies: ByNumber<Supplies>;
}

/**
 * What all processes together say, as sums: the order in which contributions come does not matter, and one that is taken out
 * leaves no trace. Kept in memory by the command line; the service keeps the same sums in MongoDB.
 */
export class Portfolio {
  readonly contributions: KeptContributions;
  private readonly sums: Sums = { wins: [], Buyer: [], ProcuringEntity: [], Tenderer: [], supplies: [] };

  /** The seed is that of `Numbered`: by chance where releases come from strangers. */
  constructor(
    private readonly settings: IndicatorSettings,
    seed = 0,
  ) {
    this.contributions = new KeptContributions(seed);
  }

  /** Takes a contribution in, in place of the earlier one of the same process. */
  replace(contribution: Contribution): void {
    const earlier = this.contributions.get(contribution.ocid);
    if (earlier) this.sum(earlier, -1);
    this.sum(this.contributions.set(contribution), 1);
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
    const kept = this.contributions.set(contribution);
    this.sum(kept, 1);
    if (earlier) this.contributions.set(joined(earlier, contribution));
  }

  private sum(kept: Kept, sign: 1 | -1): void {
    const { wins, Buyer, ProcuringEntity, Tenderer } = this.sums;
    const all = this.contributions;
    const lost = all.after(kept.lists);
    const bids = all.after(lost);
    const supplies = all.after(bids);
    for (let i = kept.lists + 1; i < lost; i += 1) add(wins, all.at(i), sign, sign, sign);
    for (let i = lost + 1; i < bids; i += 1) add(wins, all.at(i), 0, sign, sign);
    const { submitted, disqualified, buyerNumber, entityNumber } = kept;
    if (submitted > 0) {
      if (buyerNumber !== undefined) add(Buyer, buyerNumber, sign * disqualified, sign * submitted, sign);
      if (entityNumber !== undefined) add(ProcuringEntity, entityNumber, sign * disqualified, sign * submitted, sign);
      for (let i = bids + 1; i < supplies; i += 3)
        add(Tenderer, all.at(i), sign * all.at(i + 2), sign * all.at(i + 1), sign);
    }
    let place = supplies + 1;
    for (let left = all.at(supplies); left > 0; left -= 1) {
      this.supply(place, sign);
      place = all.after(place + 1);
    }
  }

  /** A supplier at a place, and behind it the classes of its items. */
  private supply(place: number, sign: 1 | -1): void {
    const { supplies } = this.sums;
    const supplier = this.contributions.at(place);
    let known = supplies[supplier];
    if (!known) {
      while (supplies.length < supplier) supplies.push(undefined);
      supplies[supplier] = known = { processes: 0, classes: new Map<number, number>() };
    }
    known.processes += sign;
    const end = this.contributions.after(place + 1);
    for (let i = place + 2; i < end; i += 1) {
      const one = this.contributions.at(i);
      const count = (known.classes.get(one) ?? 0) + sign;
      if (count === 0) known.classes.delete(one);
      else known.classes.set(one, count);
    }
    if (known.processes === 0) supplies[supplier] = undefined;
  }

  /** Judges everything that is in. */
  judge(): Judged {
    const judging = new Judging(this.settings);
    for (const contribution of this.contributions) judging.process(contribution);
    judging.outliers(this.contributions, this.sums);
    return judging;
  }
}

function add(sums: ByNumber<Counted>, id: number, part: number, whole: number, processes: number): void {
  const sum = sums[id];
  if (!sum) {
    // Without holes: an array with many is slower than a map.
    while (sums.length < id) sums.push(undefined);
    sums[id] = { part, whole, processes };
    return;
  }
  sum.part += part;
  sum.whole += whole;
  sum.processes += processes;
  if (sum.processes === 0) sums[id] = undefined;
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

class Judging implements Judged {
  readonly results: Results = { OCID: new Map(), Buyer: new Map(), ProcuringEntity: new Map(), Tenderer: new Map() };
  meta: Meta = {};
  noSpread: readonly string[] = [];
  readonly involved: Involved = { R024: new Map(), R028: new Map(), R030: new Map(), R035: new Map(), R058: new Map() };

  constructor(private readonly settings: IndicatorSettings) {}

  private set(group: Group, id: string, code: string, value: number): void {
    const known = this.results[group].get(id);
    if (known) known[code] = value;
    else this.results[group].set(id, { [code]: value });
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

  /** The outliers, by the fences of all that is known. */
  outliers(contributions: KeptContributions, sums: Sums): void {
    const ratios: number[] = [];
    for (const { gaps } of contributions) for (const { ratio } of gaps) ratios.push(ratio);
    const { settings } = this;
    const { wins, Buyer, ProcuringEntity, Tenderer } = sums;
    const disqualified = { Buyer: there(Buyer), ProcuringEntity: there(ProcuringEntity), Tenderer: there(Tenderer) };
    const supplies = sums.supplies.map((one) => one && { processes: one.processes, classes: one.classes.size });
    const known = { gaps: ratios, wins: there(wins), disqualified, supplies: there(supplies) };
    const { limits, meta, noSpread } = fencesOf(known, settings);
    this.meta = meta;
    this.noSpread = noSpread;
    for (const { ocid, gaps } of contributions) {
      if (gaps.length === 0) continue;
      this.gapsOf(ocid, 'R024', closeGaps(gaps, limits), Math.min);
      this.gapsOf(ocid, 'R058', farGaps(gaps, limits), Math.max);
    }
    const each = <T>(group: Group, code: string, of: ByNumber<T>, judge: (one: T) => number | undefined): void =>
      of.forEach((one, id) => one && this.found(group, contributions.id(id), code, judge(one)));
    each('Tenderer', 'R025', wins, (share) => winsRarely(share, limits));
    for (const group of SHARE_GROUPS)
      each(group, 'R038', sums[group], (share) => oftenDisqualified(group, share, limits, settings));
    each('Tenderer', 'R048', supplies, (variety) => suppliesAnything(variety, limits, settings));
  }

  private found(group: Group, id: string, code: string, value: number | undefined): void {
    if (value !== undefined) this.set(group, id, code, value);
  }

  private gapsOf(
    ocid: string,
    code: 'R024' | 'R058',
    gaps: readonly Gap[],
    pick: (...values: number[]) => number,
  ): void {
    if (gaps.length === 0) return;
    this.set('OCID', ocid, code, pick(...gaps.map((g) => g.ratio)));
    for (const { winners, runnersUp } of gaps)
      this.involve(code, ocid, code === 'R024' ? [...winners, ...runnersUp] : winners, 0);
  }
}

/** Those that are there. */
function* there<T>(all: ByNumber<T>): Generator<T> {
  for (const one of all) if (one !== undefined) yield one;
}
