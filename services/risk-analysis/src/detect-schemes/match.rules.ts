import { createHash } from 'node:crypto';
import { addDays, RuleError } from '@aiqyn/contracts';
import type { EntityType } from '../entities/link.rules.js';
import { type DealOf, type Dealing, dependences, rotations, splits } from '../graph/dealings.rules.js';
import { Graph, type GraphLink, type Period } from '../graph/graph.rules.js';
import { CLEAR, faulty, insufficient, notApplicable, type Outcome, triggered } from '../judge-process/outcome.rules.js';
import { type DealingKind, isDealing, type PatternEdge, type SchemePattern, valuesOn } from './pattern.rules.js';

/** What schemes are looked for in; ids of those that are the same are one already. */
export interface Facts {
  readonly deals: readonly DealOf[];
  readonly links: readonly GraphLink[];
  readonly types: Readonly<Record<string, EntityType>>;
  /** Codes of the indicators that are triggered, by process and by entity. */
  readonly signals: Readonly<Record<string, readonly string[]>>;
  /** Persons of whom an inquiry into unjustified enrichment is open. */
  readonly suspected: readonly string[];
}

/** The part of the facts that a scheme rests on; from it alone the same scheme comes again. */
export interface SchemeEvidence extends Facts {
  readonly version: number;
  readonly day: string;
}

/** One scheme: who stands where in the pattern. Never a verdict: a person looks at it, and refers it or not. */
export interface Scheme {
  readonly id: string;
  readonly nodes: Readonly<Record<string, string>>;
  /** Triggered; or insufficient data, where a part of ownership is known only as a range that reaches the threshold with its upper end. */
  readonly outcome: Outcome;
  readonly processes: readonly string[];
  readonly areaCode: string;
  readonly evidence: SchemeEvidence;
}

export interface Detected {
  readonly outcome: Outcome;
  readonly schemes: readonly Scheme[];
}

interface Tuple extends Dealing {
  readonly links: readonly string[];
  readonly sure: boolean;
}

type Binding = Readonly<Record<string, string>>;
interface Match {
  readonly nodes: Binding;
  readonly tuples: readonly Tuple[];
}

/** Steps of one pattern. */
const STEPS = 2_000_000;

/** Looks for a pattern in the facts as of a day. */
export function detect(pattern: SchemePattern, facts: Facts, day: string): Detected {
  const none = (outcome: Outcome): Detected => ({ outcome, schemes: [] });
  const values = valuesOn(pattern, day);
  if (!values || pattern.status !== 'active') return none(notApplicable('not-in-force'));
  const period = { first: addDays(day, -values.window), last: day };
  const deals = facts.deals.filter((d) => d.day >= period.first && d.day <= period.last);
  if (deals.length === 0) return none(insufficient('no-processes'));
  const lacks = lackOf(pattern, deals, facts);
  if (lacks) return none(insufficient(lacks));
  const certain = facts.links.filter((link) => link.confidence >= values.confidence);
  const search = new Search(pattern, values, { ...facts, deals, links: certain }, period);
  try {
    const schemes = search.schemes(day);
    const sure = schemes.filter((s) => s.outcome.state === 'triggered').length;
    const outcome = sure > 0 ? triggered(sure) : schemes.length > 0 ? insufficient('share-not-certain') : CLEAR;
    return { outcome, schemes };
  } catch (error) {
    if (error instanceof RuleError) return none(faulty(error.code.replaceAll('_', '-')));
    throw error;
  }
}

/** The same scheme from its evidence alone; undefined when it is not there. */
export const recomputeScheme = (pattern: SchemePattern, id: string, evidence: SchemeEvidence): Scheme | undefined =>
  detect(pattern, evidence, evidence.day).schemes.find((scheme) => scheme.id === id);

/** What the data does not have at all, so that silence would be no answer. */
function lackOf({ edges, nodes }: SchemePattern, deals: readonly DealOf[], { links }: Facts): string | undefined {
  for (const { any } of edges)
    if (!isDealing(any[0]!) && !links.some((link) => any.includes(link.kind)))
      return `no-links-${any[0]!.toLowerCase()}`;
  const rises = Object.values(nodes).some((node) => node.riseAtLeast !== undefined);
  return rises && deals.every((d) => d.rise === null) ? 'no-contract-values' : undefined;
}

class Search {
  private readonly graph: Graph;
  private readonly deals: ReadonlyMap<string, DealOf>;
  private readonly suspected: ReadonlySet<string>;
  private readonly dealings = new Map<string, Map<string, Tuple[]>>();
  private readonly asked = new Map<string, readonly Tuple[]>();
  private steps = 0;

  constructor(
    private readonly pattern: SchemePattern,
    private readonly values: Readonly<Record<string, number | string>>,
    private readonly facts: Facts,
    private readonly period: Period,
  ) {
    this.graph = new Graph(facts.links);
    this.deals = new Map(facts.deals.map((d) => [d.ocid, d]));
    this.suspected = new Set(facts.suspected);
  }

  schemes(day: string): Scheme[] {
    const matches: Match[] = [];
    this.match(0, { nodes: {}, tuples: [] }, matches);
    const { gathered, code } = this.pattern;
    const found = new Map<string, { nodes: Binding; matches: Match[] }>();
    for (const match of matches) {
      const nodes = Object.fromEntries(
        Object.entries(match.nodes)
          .filter(([name]) => name !== gathered?.node)
          .sort(),
      );
      const key = JSON.stringify(nodes);
      const one = found.get(key);
      if (one) one.matches.push(match);
      else found.set(key, { nodes, matches: [match] });
    }
    const least = gathered ? this.number(gathered.atLeast) : 1;
    const schemes = [...found].flatMap(([key, { nodes, matches: all }]) => {
      const distinct = (some: readonly Match[]): number => new Set(some.map((m) => m.nodes[gathered?.node ?? ''])).size;
      if (distinct(all) < least) return [];
      const sure = all.filter((m) => m.tuples.every((t) => t.sure));
      const outcome =
        distinct(sure) >= least && sure.length > 0 ? triggered(distinct(sure)) : insufficient('share-not-certain');
      const id = `${code}-${createHash('sha256').update(`${code}\n${key}`).digest('hex').slice(0, 32)}`;
      return [{ id, nodes, outcome, ...this.evidenceOf(all, day) }];
    });
    return schemes.sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  /** Goes on from what is bound, edge by edge. */
  private match(i: number, { nodes, tuples }: Match, found: Match[]): void {
    const edge = this.pattern.edges[i];
    if (!edge) {
      found.push({ nodes, tuples });
      return;
    }
    for (const tuple of this.tuples(edge, nodes)) {
      if ((this.steps += 1) > STEPS) throw new RuleError('too_many_matches', 'the pattern fits too often to be told');
      const next = this.bound(edge, nodes, tuple);
      if (next) this.match(i + 1, { nodes: next, tuples: [...tuples, tuple] }, found);
    }
  }

  private bound({ ends }: PatternEdge, nodes: Binding, tuple: Tuple): Binding | undefined {
    const next: Record<string, string> = { ...nodes };
    for (const [role, name] of Object.entries(ends)) {
      const id = tuple.ends[role]!;
      if (next[name] === id) continue;
      // Nobody stands in two places.
      if (next[name] !== undefined || Object.values(next).includes(id) || !this.fits(name, id)) return undefined;
      next[name] = id;
    }
    for (const [a, b] of this.pattern.ordered ?? [])
      if (next[a] !== undefined && next[b] !== undefined && next[a] > next[b]) return undefined;
    return next;
  }

  private fits(name: string, id: string): boolean {
    const { types, signals, riseAtLeast, suspected } = this.pattern.nodes[name]!;
    // Of whom no register tells a type, a tender does: whoever bids under the number of a person is one.
    const type = this.facts.types[id] ?? (/^[0-9a-f]{32}$/.test(id) ? 'Person' : 'Company');
    if (types && !types.includes(type)) return false;
    if (suspected && !this.suspected.has(id)) return false;
    const raised = this.facts.signals[id] ?? [];
    if (signals?.some((code) => !raised.includes(code))) return false;
    return riseAtLeast === undefined || (this.deals.get(id)?.rise ?? -1) >= this.number(riseAtLeast);
  }

  private tuples(edge: PatternEdge, nodes: Binding): readonly Tuple[] {
    const [kind] = edge.any;
    const known = Object.entries(edge.ends).filter(([, name]) => nodes[name] !== undefined);
    if (isDealing(kind!)) {
      const [role, name] = known[0] ?? ['', ''];
      return this.dealing(kind, role).get(role && nodes[name]!) ?? [];
    }
    const [role, name] = known[0]!;
    const day = edge.at === undefined ? undefined : this.deals.get(nodes[edge.at]!)!.day;
    const period = day === undefined ? this.period : { first: day, last: day };
    return this.linked(edge, nodes[name]!, role as 'from' | 'to', period);
  }

  /** The tuples of a dealing, by what stands in a role; all of them under the empty one. */
  private dealing(kind: DealingKind, role: string): Map<string, Tuple[]> {
    const name = `${kind} ${role}`;
    let index = this.dealings.get(name);
    if (index) return index;
    index = new Map<string, Tuple[]>();
    for (const dealing of this.dealingsOf(kind)) {
      const id = role && dealing.ends[role]!;
      const tuple = { ...dealing, links: [], sure: true };
      const list = index.get(id);
      if (list) list.push(tuple);
      else index.set(id, [tuple]);
    }
    this.dealings.set(name, index);
    return index;
  }

  private dealingsOf(kind: DealingKind): Dealing[] {
    const { deals } = this.facts;
    const each = (role: string, ids: (deal: DealOf) => readonly (string | null)[]): Dealing[] =>
      deals.flatMap((deal) =>
        [...new Set(ids(deal))].flatMap((id) =>
          id === null ? [] : [{ ends: { process: deal.ocid, [role]: id }, deals: [deal.ocid] }],
        ),
      );
    const n = (name: string): number => this.number(name);
    switch (kind) {
      case 'Bought':
        return each('buyer', (deal) => [deal.buyer, deal.runner]);
      case 'Bid':
        return each('bidder', (deal) => deal.bidders);
      case 'Won':
        return each('winner', (deal) => deal.winners);
      case 'Rotation':
        return rotations(deals, { processes: n('processes'), changes: n('changes') });
      case 'Split':
        return splits(deals, { limit: n('limit'), awards: n('awards'), currency: String(this.values['currency']) });
      case 'Dependence':
        return dependences(deals, { part: n('part'), awards: n('awards') });
    }
  }

  private linked(edge: PatternEdge, id: string, role: 'from' | 'to', period: Period): readonly Tuple[] {
    const key = [edge.any.join(), edge.atLeast, edge.upTo, id, role, period.first, period.last].join(' ');
    const before = this.asked.get(key);
    if (before) return before;
    const found = new Map<string, { links: Set<string>; sure: boolean }>();
    const add = (other: string, links: readonly string[], sure: boolean): void => {
      const one = found.get(other) ?? { links: new Set<string>(), sure: false };
      for (const link of links) one.links.add(link);
      found.set(other, { links: one.links, sure: one.sure || sure });
    };
    for (const kind of edge.any) {
      if (isDealing(kind)) continue;
      if (kind === 'Ownership') {
        const least = this.number(edge.atLeast!);
        const held = this.graph.holdings(id, role === 'to' ? 'owners' : 'owned', period, this.number(edge.upTo!));
        for (const [other, { share, links }] of held) if (share.high >= least) add(other, links, share.low >= least);
      } else
        for (const link of this.graph.at(id, kind, role, period))
          add(link.from === id ? link.to : link.from, [link.id], true);
    }
    const far = role === 'to' ? 'from' : 'to';
    const tuples = [...found].map(([other, { links, sure }]) => {
      return { ends: { [role]: id, [far]: other }, deals: [], links: [...links], sure };
    });
    this.asked.set(key, tuples);
    return tuples;
  }

  private number(name: string): number {
    return this.values[name] as number;
  }

  private evidenceOf(matches: readonly Match[], day: string): Pick<Scheme, 'processes' | 'areaCode' | 'evidence'> {
    const tuples = matches.flatMap((m) => m.tuples);
    const ocids = new Set(tuples.flatMap((t) => t.deals));
    const links = new Set(tuples.flatMap((t) => t.links));
    const ids = new Set(matches.flatMap((m) => Object.values(m.nodes)));
    const codes = Object.values(this.pattern.nodes).flatMap((node) => node.signals ?? []);
    const deals = [...ocids].sort().map((ocid) => this.deals.get(ocid)!);
    const of = <T>(all: Readonly<Record<string, T>>): [string, T][] =>
      [...ids].sort().flatMap((id) => (all[id] === undefined ? [] : [[id, all[id]] as [string, T]]));
    const signals = of(this.facts.signals)
      .map(([id, raised]) => [id, codes.filter((c) => raised.includes(c)).sort()] as const)
      .filter(([, raised]) => raised.length > 0);
    const suspicion = Object.values(this.pattern.nodes).some((node) => node.suspected);
    return {
      processes: deals.map((d) => d.ocid),
      areaCode: mostOften(deals.map((d) => d.areaCode)),
      evidence: {
        ...{ version: this.pattern.version, day, deals },
        links: this.facts.links.filter((link) => links.has(link.id)).sort((a, b) => (a.id < b.id ? -1 : 1)),
        types: Object.fromEntries(of(this.facts.types)),
        signals: Object.fromEntries(signals),
        suspected: suspicion ? [...ids].filter((id) => this.suspected.has(id)).sort() : [],
      },
    };
  }
}

function mostOften(all: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const one of all) counts.set(one, (counts.get(one) ?? 0) + 1);
  return [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))[0]?.[0] ?? 'other';
}
