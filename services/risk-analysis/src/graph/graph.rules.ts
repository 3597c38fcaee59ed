import { RuleError } from '@aiqyn/contracts';
import { holds, isMutual, type LinkKind, type Share } from '../entities/link.rules.js';

/** A link as the graph follows it: both ends known. */
export interface GraphLink {
  readonly id: string;
  readonly kind: LinkKind;
  readonly from: string;
  readonly to: string;
  readonly share: Share | null;
  readonly since: string | null;
  readonly until: string | null;
  readonly source: string;
  readonly confidence: number;
}

/** From the first to the last day, both in. */
export interface Period {
  readonly first: string;
  readonly last: string;
}

/** What one holds of another, through all paths together, and the links of those paths. */
export interface Holding {
  readonly share: Share;
  readonly links: readonly string[];
}

/** One node for those that a person confirmed to be the same: the smallest id of them. */
export function sameAs(pairs: readonly (readonly [string, string])[]): (id: string) => string {
  const parent = new Map<string, string>();
  const root = (id: string): string => {
    let at = id;
    for (let up = parent.get(at); up !== undefined; up = parent.get(at)) at = up;
    return at;
  };
  for (const [a, b] of pairs) {
    const [x, y] = [root(a), root(b)].sort() as [string, string];
    if (x !== y) parent.set(y, x);
  }
  return root;
}

/** Parts of paths below this are nothing: they keep long chains and cycles from being followed for ever. */
const NEGLIGIBLE = 1e-6;
/** Links that are followed for one question. */
const STEPS = 100_000;

/** Links in memory, found by either end. */
export class Graph {
  private readonly out = new Map<string, GraphLink[]>();
  private readonly into = new Map<string, GraphLink[]>();

  constructor(readonly links: readonly GraphLink[]) {
    const add = (index: Map<string, GraphLink[]>, id: string, link: GraphLink): void => {
      const list = index.get(id);
      if (list) list.push(link);
      else index.set(id, [link]);
    };
    for (const link of links) {
      add(this.out, link.from, link);
      add(this.into, link.to, link);
    }
  }

  /** The links of a kind at a node in a period: from it, or to it; of a mutual kind both. */
  at(id: string, kind: LinkKind, end: 'from' | 'to', { first, last }: Period): GraphLink[] {
    const near = (end === 'from' ? this.out : this.into).get(id) ?? [];
    const far = isMutual(kind) ? ((end === 'from' ? this.into : this.out).get(id) ?? []) : [];
    return [...near, ...far].filter((link) => link.kind === kind && holds(link, first, last));
  }

  /**
   * What the owners of a company (or the companies of an owner) hold, directly and through others: the product of the shares along a
   * path, summed over all paths that pass nobody twice, at most one. A circle is therefore not followed round: what is held
   * through it is a lower bound. Throws RuleError `too_many_paths`.
   */
  holdings(id: string, of: 'owners' | 'owned', period: Period, depth: number): Map<string, Holding> {
    const found = new Map<string, { low: number; high: number; links: Set<string> }>();
    const passed = new Set([id]);
    let steps = 0;
    const walk = (at: string, low: number, high: number, path: readonly string[], left: number): void => {
      for (const [next, part] of this.parts(at, of, period)) {
        if (passed.has(next)) continue;
        if ((steps += 1) > STEPS)
          throw new RuleError('too_many_paths', 'there are too many paths of ownership to follow');
        const [l, h] = [low * part.low, high * part.high];
        if (h < NEGLIGIBLE) continue;
        const links = [...path, ...part.links];
        const sum = found.get(next) ?? { low: 0, high: 0, links: new Set<string>() };
        sum.low += l;
        sum.high += h;
        for (const link of links) sum.links.add(link);
        found.set(next, sum);
        if (left <= 1) continue;
        passed.add(next);
        walk(next, l, h, links, left - 1);
        passed.delete(next);
      }
    };
    walk(id, 1, 1, [], depth);
    return new Map(
      [...found].map(([other, { low, high, links }]) => {
        return [other, { share: { low: part(low), high: part(high) }, links: [...links].sort() }];
      }),
    );
  }

  /**
   * The direct parts: shares and votes of one owner, or two sources, are one part, the greatest that is told; one of which no source
   * tells the size is anything.
   */
  private parts(at: string, of: 'owners' | 'owned', period: Period): Map<string, Share & { links: string[] }> {
    const parts = new Map<string, { known: Share | undefined; links: string[] }>();
    for (const link of this.at(at, 'Ownership', of === 'owners' ? 'to' : 'from', period)) {
      const other = of === 'owners' ? link.from : link.to;
      const before = parts.get(other) ?? { known: undefined, links: [] };
      const { known } = before;
      const { share } = link;
      const greatest =
        share && known
          ? { low: Math.max(share.low, known.low), high: Math.max(share.high, known.high) }
          : (share ?? known);
      parts.set(other, { known: greatest, links: [...before.links, link.id] });
    }
    return new Map([...parts].map(([id, { known, links }]) => [id, { ...(known ?? { low: 0, high: 1 }), links }]));
  }
}

/** At most all of it, to a millionth: sums of products are not exact, and thresholds are. */
const part = (value: number): number => Math.min(1, Math.round(value * 1e6) / 1e6);
