import type { OutlierGroup } from '@aiqyn/contracts';
import type { IndicatorSettings } from '../judge-process/indicator-settings.rules.js';
import { type Contribution, type Gap, PROCESS_CODES } from './contribution.rules.js';
import { KeptContributions } from './kept-contributions.rules.js';
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
  type Variety,
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
  readonly classes: Map<string, number>;
}

type Sums = Readonly<Record<'wins' | ShareGroup, ReadonlyMap<string, Share>>> & {
  readonly supplies: ReadonlyMap<string, Supplies>;
};

/**
 * What all processes together say, as sums: the order in which contributions come does not matter, and one that is taken out
 * leaves no trace. Kept in memory by the command line; the service keeps the same sums in MongoDB.
 */
export class Portfolio {
  readonly contributions = new KeptContributions();
  private readonly wins = new Map<string, Counted>();
  private readonly buyers = new Map<string, Counted>();
  private readonly entities = new Map<string, Counted>();
  private readonly bidders = new Map<string, Counted>();
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
    const { wins, supplies, buyers: Buyer, entities: ProcuringEntity, bidders: Tenderer } = this;
    judging.outliers(this.contributions, { wins, supplies, Buyer, ProcuringEntity, Tenderer });
    return judging;
  }
}

function add(sums: Map<string, Counted>, id: string, part: number, whole: number, processes: number): void {
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
  outliers(contributions: Iterable<Contribution>, sums: Sums): void {
    const all: Pick<Contribution, 'ocid' | 'gaps'>[] = [];
    const gaps: number[] = [];
    for (const one of contributions) {
      const { ocid, gaps: own } = one;
      if (own.length > 0) all.push({ ocid, gaps: own });
      for (const { ratio } of own) gaps.push(ratio);
    }
    const { settings } = this;
    const { wins, supplies, Buyer, ProcuringEntity, Tenderer } = sums;
    const disqualified = {
      Buyer: Buyer.values(),
      ProcuringEntity: ProcuringEntity.values(),
      Tenderer: Tenderer.values(),
    };
    const { limits, meta, noSpread } = fencesOf(
      { gaps, wins: wins.values(), disqualified, supplies: varieties(supplies.values()) },
      settings,
    );
    this.meta = meta;
    this.noSpread = noSpread;
    for (const { ocid, gaps: own } of all) {
      this.gapsOf(ocid, 'R024', closeGaps(own, limits), Math.min);
      this.gapsOf(ocid, 'R058', farGaps(own, limits), Math.max);
    }
    for (const [id, share] of wins) this.found('Tenderer', id, 'R025', winsRarely(share, limits));
    for (const group of SHARE_GROUPS)
      for (const [id, share] of sums[group])
        this.found(group, id, 'R038', oftenDisqualified(group, share, limits, settings));
    for (const [id, { processes, classes }] of supplies)
      this.found('Tenderer', id, 'R048', suppliesAnything({ processes, classes: classes.size }, limits, settings));
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

function* varieties(all: Iterable<Supplies>): Generator<Variety> {
  for (const { processes, classes } of all) yield { processes, classes: classes.size };
}
