import type { Outcome } from '../judge-process/outcome.rules.js';
import type { Issue } from '../read-release/facts.rules.js';
import { type BidCounts, type Contribution, type Gap, PROCESS_CODES } from './contribution.rules.js';

/** What stands before the lists: buyer, entity, submitted, disqualified, why there is no gap, issues, and an outcome for each code. */
const OUTCOMES = 6;
const LISTS = OUTCOMES + PROCESS_CODES.length;

/** Each list with its length before it: won, lost, bids, supplies, gaps. */
function flat(c: Contribution): unknown[] {
  const all: unknown[] = [c.buyer, c.entity, c.submitted, c.disqualified, c.noGap, c.issues];
  for (let i = 0; i < PROCESS_CODES.length; i += 1) all.push(c.outcomes[i]);
  const list = (some: readonly unknown[]): void => {
    all.push(some.length);
    for (const one of some) all.push(one);
  };
  list(c.won);
  list(c.lost);
  list(c.bids);
  all.push(c.supplies.length / 2);
  for (let i = 0; i < c.supplies.length; i += 2) {
    all.push(c.supplies[i]);
    list(c.supplies[i + 1] as readonly string[]);
  }
  all.push(c.gaps.length);
  for (const { ratio, winners, runnersUp } of c.gaps) {
    all.push(ratio);
    list(winners);
    list(runnersUp);
  }
  return all;
}

/** A contribution that is read from its flat form when somebody asks. */
class Kept implements Contribution {
  constructor(
    readonly ocid: string,
    private readonly all: readonly unknown[],
  ) {}

  get buyer(): string | undefined {
    return this.all[0] as string | undefined;
  }
  get entity(): string | undefined {
    return this.all[1] as string | undefined;
  }
  get submitted(): number {
    return this.all[2] as number;
  }
  get disqualified(): number {
    return this.all[3] as number;
  }
  get noGap(): Outcome | undefined {
    return this.all[4] as Outcome | undefined;
  }
  get issues(): readonly Issue[] {
    return this.all[5] as readonly Issue[];
  }
  get outcomes(): readonly (Outcome | undefined)[] {
    return this.all.slice(OUTCOMES, LISTS) as (Outcome | undefined)[];
  }
  get won(): readonly string[] {
    return this.list(LISTS) as string[];
  }
  get lost(): readonly string[] {
    return this.list(this.after(LISTS)) as string[];
  }
  get bids(): BidCounts {
    return this.list(this.after(LISTS, 2)) as (string | number)[];
  }
  get supplies(): Contribution['supplies'] {
    const supplies: (string | string[])[] = [];
    this.eachSupply((supplier, at) => supplies.push(supplier, this.list(at) as string[]));
    return supplies;
  }
  get gaps(): readonly Gap[] {
    let at = this.eachSupply(() => undefined);
    const gaps: Gap[] = [];
    for (let left = this.all[at++] as number; left > 0; left -= 1) {
      const ratio = this.all[at] as number;
      const winners = this.list(at + 1) as string[];
      gaps.push({ ratio, winners, runnersUp: this.list(this.after(at + 1)) as string[] });
      at = this.after(at + 1, 2);
    }
    return gaps;
  }

  /** Where the supplies end. */
  private eachSupply(take: (supplier: string, at: number) => void): number {
    let at = this.after(LISTS, 3);
    for (let left = this.all[at++] as number; left > 0; left -= 1) {
      take(this.all[at] as string, at + 1);
      at = this.after(at + 1);
    }
    return at;
  }

  private list(at: number): unknown[] {
    return this.all.slice(at + 1, this.after(at));
  }

  /** The place after `n` lists. */
  private after(at: number, n = 1): number {
    let place = at;
    for (let left = n; left > 0; left -= 1) place += (this.all[place] as number) + 1;
    return place;
  }
}

/**
 * The contributions of all processes, each as one flat list: a million processes are twenty million small objects otherwise, and
 * the collector walks them again and again (a tenth of the CPU of a file of 200,000, measured).
 */
export class KeptContributions {
  private readonly all = new Map<string, readonly unknown[]>();

  get size(): number {
    return this.all.size;
  }

  get(ocid: string): Contribution | undefined {
    const one = this.all.get(ocid);
    return one && new Kept(ocid, one);
  }

  set(contribution: Contribution): void {
    this.all.set(contribution.ocid, flat(contribution));
  }

  delete(ocid: string): void {
    this.all.delete(ocid);
  }

  *[Symbol.iterator](): Iterator<Contribution> {
    for (const [ocid, one] of this.all) yield new Kept(ocid, one);
  }
}
