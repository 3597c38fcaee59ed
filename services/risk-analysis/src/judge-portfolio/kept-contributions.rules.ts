import type { Outcome } from '../judge-process/outcome.rules.js';
import type { Issue } from '../read-release/facts.rules.js';
import { type BidCounts, type Contribution, type Gap } from './contribution.rules.js';

/** Places of what stands before the lists; after them: won, lost, bids, supplies, gaps, each with its length before it. */
const [BUYER, ENTITY, SUBMITTED, DISQUALIFIED, OUTCOMES, NO_GAP, ISSUES, LISTS] = [0, 1, 2, 3, 4, 5, 6, 7];
const NOBODY = -1;

/** What is kept once and told by its number. */
class Numbered<T> {
  readonly all: T[] = [];
  private readonly numbers = new Map<T, number>();

  of(one: T): number {
    let number = this.numbers.get(one);
    if (number === undefined) {
      number = this.all.push(one) - 1;
      this.numbers.set(one, number);
    }
    return number;
  }
}

type Outcomes = readonly (Outcome | undefined)[];

/**
 * The contributions of all processes as numbers in one array: a million processes are twenty million small objects otherwise, and
 * the collector walks them again and again. Ids, classes and outcomes are kept once; of nearly all processes the outcomes are one of
 * a few dozen combinations.
 */
export class KeptContributions {
  readonly ids = new Numbered<string>();
  private readonly classes = new Numbered<string>();
  private readonly reasons = new Numbered<Outcome | undefined>();
  private readonly combinations: Outcomes[] = [];
  private readonly combinationNumbers = new Map<number, number>();
  private readonly issues: (readonly Issue[])[] = [[]];
  private readonly ratios: number[] = [];
  private readonly places = new Map<string, number>();
  private data = new Int32Array(1 << 16);
  private end = 0;

  get size(): number {
    return this.places.size;
  }

  get(ocid: string): Kept | undefined {
    const place = this.places.get(ocid);
    return place === undefined ? undefined : new Kept(ocid, this, place);
  }

  /** Keeps a contribution in place of an earlier one, whose numbers stay unused; returns it as it is kept. */
  set(c: Contribution): Kept {
    const place = this.end;
    this.put(c.buyer === undefined ? NOBODY : this.ids.of(c.buyer));
    this.put(
      c.entity === undefined ? NOBODY : c.entity === c.buyer ? this.data[place + BUYER]! : this.ids.of(c.entity),
    );
    this.put(c.submitted);
    this.put(c.disqualified);
    this.put(this.combination(c.outcomes));
    this.put(this.reasons.of(c.noGap));
    this.put(c.issues.length === 0 ? 0 : this.issues.push(c.issues) - 1);
    this.list(c.won);
    this.list(c.lost);
    this.put(c.bids.length);
    for (let i = 0; i < c.bids.length; i += 3) {
      this.put(this.ids.of(c.bids[i] as string));
      this.put(c.bids[i + 1] as number);
      this.put(c.bids[i + 2] as number);
    }
    this.put(c.supplies.length / 2);
    for (let i = 0; i < c.supplies.length; i += 2) {
      this.put(this.ids.of(c.supplies[i] as string));
      const classes = c.supplies[i + 1] as readonly string[];
      this.put(classes.length);
      for (const one of classes) this.put(this.classes.of(one));
    }
    this.put(c.gaps.length);
    for (const { ratio, winners, runnersUp } of c.gaps) {
      this.put(this.ratios.push(ratio) - 1);
      this.list(winners);
      this.list(runnersUp);
    }
    this.places.set(c.ocid, place);
    return new Kept(c.ocid, this, place);
  }

  delete(ocid: string): void {
    this.places.delete(ocid);
  }

  *[Symbol.iterator](): Iterator<Kept> {
    for (const [ocid, place] of this.places) yield new Kept(ocid, this, place);
  }

  private put(n: number): void {
    if (this.end === this.data.length) {
      const larger = new Int32Array(this.data.length * 2);
      larger.set(this.data);
      this.data = larger;
    }
    this.data[this.end] = n;
    this.end += 1;
  }

  private list(ids: readonly string[]): void {
    this.put(ids.length);
    for (const id of ids) this.put(this.ids.of(id));
  }

  /** Outcomes that carry tenderers are of one process; all others are few, and looked up by their numbers. */
  private combination(outcomes: Outcomes): number {
    let key = 0;
    for (const outcome of outcomes) {
      if (outcome?.tenderers) return this.combinations.push(outcomes) - 1;
      key = key * 64 + this.reasons.of(outcome);
    }
    const known = this.reasons.all.length < 64 ? this.combinationNumbers.get(key) : undefined;
    if (known !== undefined) return known;
    const number = this.combinations.push(outcomes) - 1;
    this.combinationNumbers.set(key, number);
    return number;
  }

  at(place: number): number {
    return this.data[place]!;
  }
  id(number: number): string {
    return this.ids.all[number]!;
  }
  classOf(number: number): string {
    return this.classes.all[number]!;
  }
  outcomesOf(number: number): Outcomes {
    return this.combinations[number]!;
  }
  reasonOf(number: number): Outcome | undefined {
    return this.reasons.all[number];
  }
  issuesOf(number: number): readonly Issue[] {
    return this.issues[number]!;
  }
  ratioOf(number: number): number {
    return this.ratios[number]!;
  }
}

/** A contribution that is read from its numbers when somebody asks. */
export class Kept implements Contribution {
  constructor(
    readonly ocid: string,
    private readonly kept: KeptContributions,
    private readonly place: number,
  ) {}

  get buyer(): string | undefined {
    return this.idAt(BUYER);
  }
  get entity(): string | undefined {
    return this.idAt(ENTITY);
  }
  get submitted(): number {
    return this.kept.at(this.place + SUBMITTED);
  }
  get disqualified(): number {
    return this.kept.at(this.place + DISQUALIFIED);
  }
  get outcomes(): Outcomes {
    return this.kept.outcomesOf(this.kept.at(this.place + OUTCOMES));
  }
  get noGap(): Outcome | undefined {
    return this.kept.reasonOf(this.kept.at(this.place + NO_GAP));
  }
  get issues(): readonly Issue[] {
    return this.kept.issuesOf(this.kept.at(this.place + ISSUES));
  }
  get won(): readonly string[] {
    return this.ids(this.place + LISTS);
  }
  get lost(): readonly string[] {
    return this.ids(this.after(this.place + LISTS));
  }
  get bids(): BidCounts {
    const bids: (string | number)[] = [];
    this.eachBid((bidder, n, out) => bids.push(this.kept.id(bidder), n, out));
    return bids;
  }
  get supplies(): Contribution['supplies'] {
    const supplies: (string | string[])[] = [];
    this.eachSupply((supplier, place, n) => {
      const classes: string[] = [];
      for (let i = 0; i < n; i += 1) classes.push(this.kept.classOf(this.kept.at(place + i)));
      supplies.push(this.kept.id(supplier), classes);
    });
    return supplies;
  }
  get gaps(): readonly Gap[] {
    let place = this.eachSupply(() => undefined);
    const gaps: Gap[] = [];
    for (let left = this.kept.at(place++); left > 0; left -= 1) {
      const ratio = this.kept.ratioOf(this.kept.at(place));
      const next = this.after(place + 1);
      gaps.push({ ratio, winners: this.ids(place + 1), runnersUp: this.ids(next) });
      place = this.after(next);
    }
    return gaps;
  }

  /** Numbers of the buyer and the procuring entity; undefined where there is none. */
  get buyerNumber(): number | undefined {
    return this.numberAt(BUYER);
  }
  get entityNumber(): number | undefined {
    return this.numberAt(ENTITY);
  }
  eachWon(take: (id: number) => void): void {
    this.eachOf(this.place + LISTS, take);
  }
  eachLost(take: (id: number) => void): void {
    this.eachOf(this.after(this.place + LISTS), take);
  }
  eachBid(take: (bidder: number, bids: number, disqualified: number) => void): void {
    const place = this.after(this.after(this.place + LISTS));
    const end = place + 1 + this.kept.at(place);
    for (let i = place + 1; i < end; i += 3) take(this.kept.at(i), this.kept.at(i + 1), this.kept.at(i + 2));
  }
  /** Takes each supplier with the place of its classes and how many they are; returns where the supplies end. */
  eachSupply(take: (supplier: number, place: number, classes: number) => void): number {
    let place = this.after(this.after(this.after(this.place + LISTS)));
    for (let left = this.kept.at(place++); left > 0; left -= 1) {
      const classes = this.kept.at(place + 1);
      take(this.kept.at(place), place + 2, classes);
      place += 2 + classes;
    }
    return place;
  }

  private numberAt(what: number): number | undefined {
    const number = this.kept.at(this.place + what);
    return number === NOBODY ? undefined : number;
  }
  private idAt(what: number): string | undefined {
    const number = this.numberAt(what);
    return number === undefined ? undefined : this.kept.id(number);
  }
  private eachOf(place: number, take: (id: number) => void): void {
    const end = place + 1 + this.kept.at(place);
    for (let i = place + 1; i < end; i += 1) take(this.kept.at(i));
  }
  private ids(place: number): string[] {
    const ids: string[] = [];
    this.eachOf(place, (id) => ids.push(this.kept.id(id)));
    return ids;
  }
  private after(place: number): number {
    return place + 1 + this.kept.at(place);
  }
}
