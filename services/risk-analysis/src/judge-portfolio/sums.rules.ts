import type { Contribution } from './contribution.rules.js';
import type { Share } from './fences.rules.js';

/** Whose sum it is: who wins, whose bids are disqualified (as a buyer, a procuring entity, a bidder), who supplies what. */
export const SUM_KINDS = ['wins', 'buyer', 'entity', 'bidder', 'supplier'] as const;
export type SumKind = (typeof SUM_KINDS)[number];

/** One sum, and of a supplier in how many processes it supplied each class. */
export interface Sum extends Share {
  readonly kind: SumKind;
  readonly id: string;
  readonly classes: Readonly<Record<string, number>>;
}

type Building = { -readonly [K in keyof Sum]: Sum[K] } & { classes: Record<string, number> };

/** A class as the name of a field: those must not hold a dot or begin with a dollar sign. */
const field = (code: string): string => encodeURIComponent(code).replaceAll('.', '%2E').replaceAll('$', '%24');

/** What changes in the sums when contributions come and go: order does not matter, and what is taken out leaves no trace. */
export class SumChanges {
  readonly all = new Map<string, Building>();

  /** @param sign 1 to take a contribution in, -1 to take it out. */
  add(contribution: Contribution, sign: 1 | -1): void {
    const { won, lost, buyer, entity, submitted, disqualified, bids, supplies } = contribution;
    for (const id of won) this.count('wins', id, sign, sign, sign);
    for (const id of lost) this.count('wins', id, 0, sign, sign);
    if (submitted > 0) {
      if (buyer !== undefined) this.count('buyer', buyer, sign * disqualified, sign * submitted, sign);
      if (entity !== undefined) this.count('entity', entity, sign * disqualified, sign * submitted, sign);
      for (let i = 0; i < bids.length; i += 3)
        this.count('bidder', bids[i] as string, sign * (bids[i + 2] as number), sign * (bids[i + 1] as number), sign);
    }
    for (let i = 0; i < supplies.length; i += 2) {
      const one = this.count('supplier', supplies[i] as string, 0, 0, sign);
      for (const code of supplies[i + 1] as readonly string[]) {
        const name = field(code);
        one.classes[name] = (one.classes[name] ?? 0) + sign;
      }
    }
  }

  private count(kind: SumKind, id: string, part: number, whole: number, processes: number): Building {
    const key = `${kind}:${id}`;
    let one = this.all.get(key);
    if (!one) this.all.set(key, (one = { kind, id, part: 0, whole: 0, processes: 0, classes: {} }));
    one.part += part;
    one.whole += whole;
    one.processes += processes;
    return one;
  }
}

const isNothing = ({ part, whole, processes, classes }: Sum): boolean =>
  part === 0 && whole === 0 && processes === 0 && Object.values(classes).every((n) => n === 0);

/** The changes that change anything, by the id of the sum. */
export const realChanges = (changes: SumChanges): ReadonlyMap<string, Sum> =>
  new Map([...changes.all].filter(([, one]) => !isNothing(one)));

/** A sum and its change; undefined when nothing is left of it. */
export function added(sum: Sum | undefined, change: Sum): Sum | undefined {
  if (!sum) return change.processes > 0 ? change : undefined;
  const classes: Record<string, number> = { ...sum.classes };
  for (const [code, n] of Object.entries(change.classes)) {
    const count = (classes[code] ?? 0) + n;
    if (count === 0) delete classes[code];
    else classes[code] = count;
  }
  const processes = sum.processes + change.processes;
  if (processes === 0) return undefined;
  return { ...sum, part: sum.part + change.part, whole: sum.whole + change.whole, processes, classes };
}
