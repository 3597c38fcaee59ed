import type { Outcome } from '../judge-process/outcome.rules.js';
import type { Issue } from '../read-release/facts.rules.js';
import { type BidCounts, type Contribution, type Gap } from './contribution.rules.js';
import { Numbered } from './numbered.rules.js';

/**
 * Places of what stands before the lists; after them: won, lost, bids, supplies, gaps, each with its length before it. At GAPS is how
 * far off the gaps begin, as what stands before them has no fixed length; 0 where there are none.
 */
const [BUYER, ENTITY, SUBMITTED, DISQUALIFIED, OUTCOMES, NO_GAP, ISSUES, GAPS, LISTS] = [0, 1, 2, 3, 4, 5, 6, 7, 8];
const NOBODY = -1;
const NONE: readonly never[] = [];
/** Where no contribution is. */
const NOWHERE = -1;

type Outcomes = readonly (Outcome | undefined)[];

/**
 * The contributions of all processes as numbers in one array: a million processes are twenty million small objects otherwise, and
 * the collector walks them again and again. Ids, classes and outcomes are kept once; of nearly all processes the outcomes are one of
 * a few dozen combinations.
 */
export class KeptContributions {
  private readonly ids: Numbered;
  private readonly classes: Numbered;
  readonly ocids: Numbered;
  private readonly reasons: (Outcome | undefined)[] = [];
  private readonly reasonNumbers = new Map<Outcome | undefined, number>();
  private readonly combinations: Outcomes[] = [];
  private readonly combinationNumbers = new Map<number, number>();
  private readonly issues: (readonly Issue[])[] = [[]];
  private readonly ratios: number[] = [];
  /** By the number of an ocid. */
  private readonly places: number[] = [];
  private count = 0;
  private data = new Int32Array(1 << 16);
  private end = 0;

  /** The seed of `Numbered`. */
  constructor(seed: number) {
    this.ids = new Numbered(seed);
    this.classes = new Numbered(seed);
    this.ocids = new Numbered(seed);
  }

  get size(): number {
    return this.count;
  }

  /** What is kept of a process; whoever is asked about has a number from then on. */
  get(ocid: string): Kept | undefined {
    const place = this.places[this.ocids.of(ocid)] ?? NOWHERE;
    return place === NOWHERE ? undefined : new Kept(ocid, this, place);
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
    this.put(this.reason(c.noGap));
    this.put(c.issues.length === 0 ? 0 : this.issues.push(c.issues) - 1);
    this.put(0);
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
    if (c.gaps.length > 0) this.data[place + GAPS] = this.end - place;
    this.put(c.gaps.length);
    for (const { ratio, winners, runnersUp } of c.gaps) {
      this.put(this.ratios.push(ratio) - 1);
      this.list(winners);
      this.list(runnersUp);
    }
    this.move(c.ocid, place);
    return new Kept(c.ocid, this, place);
  }

  delete(ocid: string): void {
    this.move(ocid, NOWHERE);
  }

  private move(ocid: string, place: number): void {
    const number = this.ocids.of(ocid);
    while (this.places.length <= number) this.places.push(NOWHERE);
    this.count += Number(place !== NOWHERE) - Number(this.places[number] !== NOWHERE);
    this.places[number] = place;
  }

  *[Symbol.iterator](): Iterator<Kept> {
    for (const [number, place] of this.places.entries())
      if (place !== NOWHERE) yield new Kept(this.ocids.all[number]!, this, place);
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
      key = key * 64 + this.reason(outcome);
    }
    const known = this.reasons.length < 64 ? this.combinationNumbers.get(key) : undefined;
    if (known !== undefined) return known;
    const number = this.combinations.push(outcomes) - 1;
    this.combinationNumbers.set(key, number);
    return number;
  }

  private reason(outcome: Outcome | undefined): number {
    let number = this.reasonNumbers.get(outcome);
    if (number === undefined) this.reasonNumbers.set(outcome, (number = this.reasons.push(outcome) - 1));
    return number;
  }

  at(place: number): number {
    return this.data[place]!;
  }
  /** The place behind a list that begins at one. */
  after(place: number): number {
    return place + 1 + this.data[place]!;
  }
  idsAt(place: number): string[] {
    const ids: string[] = [];
    for (let i = place + 1; i < this.after(place); i += 1) ids.push(this.id(this.at(i)));
    return ids;
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
    return this.reasons[number];
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
    return this.kept.idsAt(this.lists);
  }
  get lost(): readonly string[] {
    return this.kept.idsAt(this.kept.after(this.lists));
  }
  get bids(): BidCounts {
    const { kept } = this;
    const place = kept.after(kept.after(this.lists));
    const bids: (string | number)[] = [];
    for (let i = place + 1; i < kept.after(place); i += 3)
      bids.push(kept.id(kept.at(i)), kept.at(i + 1), kept.at(i + 2));
    return bids;
  }
  get supplies(): Contribution['supplies'] {
    const { kept } = this;
    let place = kept.after(kept.after(kept.after(this.lists)));
    const supplies: (string | string[])[] = [];
    for (let left = kept.at(place++); left > 0; left -= 1) {
      const classes: string[] = [];
      for (let i = place + 2; i < kept.after(place + 1); i += 1) classes.push(kept.classOf(kept.at(i)));
      supplies.push(kept.id(kept.at(place)), classes);
      place = kept.after(place + 1);
    }
    return supplies;
  }
  get gaps(): readonly Gap[] {
    const first = this.kept.at(this.place + GAPS);
    if (first === 0) return NONE;
    let place = this.place + first;
    const gaps: Gap[] = [];
    for (let left = this.kept.at(place++); left > 0; left -= 1) {
      gaps.push(new KeptGap(this.kept, place));
      place = this.kept.after(this.kept.after(place + 1));
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
  /** The place where the lists begin, to be walked by whoever counts: a function for each member of each list costs more. */
  get lists(): number {
    return this.place + LISTS;
  }

  private numberAt(what: number): number | undefined {
    const number = this.kept.at(this.place + what);
    return number === NOBODY ? undefined : number;
  }
  private idAt(what: number): string | undefined {
    const number = this.numberAt(what);
    return number === undefined ? undefined : this.kept.id(number);
  }
}

/** One gap of those of a process; its ids are read when somebody asks, which most often is nobody. */
class KeptGap implements Gap {
  constructor(
    private readonly kept: KeptContributions,
    private readonly place: number,
  ) {}

  get ratio(): number {
    return this.kept.ratioOf(this.kept.at(this.place));
  }
  get winners(): readonly string[] {
    return this.kept.idsAt(this.place + 1);
  }
  get runnersUp(): readonly string[] {
    return this.kept.idsAt(this.kept.after(this.place + 1));
  }
}
