import { isDay, RuleError } from '@aiqyn/contracts';
import { ENTITY_TYPES, type EntityType, LINK_KINDS, type LinkKind } from '../entities/link.rules.js';

/** Relations of procurement and their roles; every kind of link has the roles `from` and `to`. */
const DEALINGS = {
  ...{ Bought: ['process', 'buyer'], Bid: ['process', 'bidder'], Won: ['process', 'winner'] },
  ...{ Rotation: ['buyer', 'first', 'second'], Split: ['buyer', 'supplier'], Dependence: ['buyer', 'supplier'] },
} as const satisfies Record<string, readonly string[]>;
export type DealingKind = keyof typeof DEALINGS;

/** What stands in the place of one node. */
export interface PatternNode {
  /** Any, where left out. */
  readonly types?: readonly EntityType[];
  /** Codes of indicators that must be triggered on it. */
  readonly signals?: readonly string[];
  /** A parameter: by how much of its award a contract of the process rose at least. */
  readonly riseAtLeast?: string;
  /** There is an open suspicion of unjustified enrichment. */
  readonly suspected?: boolean;
}

export interface PatternEdge {
  /** One dealing, or kinds of links of which any will do. */
  readonly any: readonly (DealingKind | LinkKind)[];
  /** Which node stands in which role. */
  readonly ends: Readonly<Record<string, string>>;
  /** Parameters of ownership: the part that is held at least, and through how many companies. */
  readonly atLeast?: string;
  readonly upTo?: string;
  /** A process on whose day the link must have held; else it is the window. */
  readonly at?: string;
}

interface Values {
  /** Days before today that count. */
  readonly window: number;
  /** Links that are less certain are left out. */
  readonly confidence: number;
  readonly [name: string]: number | string;
}

/** A scheme as data: who stands how to whom, with which signals. It is matched by one rule for all. */
export interface SchemePattern {
  readonly code: string;
  readonly version: number;
  readonly status: 'draft' | 'active' | 'retired';
  readonly title: Readonly<Record<'kk' | 'ru' | 'en', string>>;
  readonly nodes: Readonly<Record<string, PatternNode>>;
  readonly edges: readonly PatternEdge[];
  /** Pairs that could change places: the smaller id stands first. */
  readonly ordered?: readonly (readonly [string, string])[];
  /** What differs only in this node is one scheme; of so many (a parameter) at least. */
  readonly gathered?: { readonly node: string; readonly atLeast: string };
  readonly parameters: readonly { readonly validFrom: string; readonly validTo?: string; readonly values: Values }[];
  readonly basis: { readonly text: string; readonly checked: boolean };
  readonly weight: number;
  readonly author: string;
  readonly approver: string;
}

const NEEDS: Readonly<Partial<Record<DealingKind, readonly string[]>>> = {
  Rotation: ['processes', 'changes'],
  Split: ['limit', 'awards', 'currency'],
  Dependence: ['part', 'awards'],
};

export const isDealing = (kind: string): kind is DealingKind => Object.hasOwn(DEALINGS, kind);
const isLink = (kind: string): boolean => (LINK_KINDS as readonly string[]).includes(kind);

/** Reads a pattern; throws RuleError `bad_policy` naming the field. */
export function schemePattern(raw: unknown): SchemePattern {
  const one = raw as SchemePattern;
  const need = (ok: boolean, field: string): void => {
    if (!ok) throw new RuleError('bad_policy', `scheme ${one?.code ?? '?'}: ${field} is missing or wrong`, { field });
  };
  need(/^S\d{1,3}$/.test(one?.code ?? ''), 'code');
  need(Number.isInteger(one.version) && one.version > 0, 'version');
  need(['draft', 'active', 'retired'].includes(one.status), 'status');
  for (const language of ['kk', 'ru', 'en'] as const) need(!!one.title?.[language]?.trim(), `title.${language}`);
  const needed = new Set(['window', 'confidence']);
  need(Object.keys(one.nodes ?? {}).length > 1, 'nodes');
  for (const [name, { types, signals, riseAtLeast }] of Object.entries(one.nodes)) {
    need(
      (types ?? []).every((type) => ENTITY_TYPES.includes(type)),
      `nodes.${name}.types`,
    );
    need(
      (signals ?? []).every((code) => /^[A-Z]{1,3}-?[0-9]{1,3}(-[0-9]{1,2})*$/.test(code)),
      `nodes.${name}.signals`,
    );
    if (riseAtLeast !== undefined) needed.add(riseAtLeast);
  }
  need(Array.isArray(one.edges) && one.edges.length > 0, 'edges');
  const bound = new Set<string>();
  for (const [i, { any, ends, atLeast, upTo, at }] of one.edges.entries()) {
    const field = `edges.${i}`;
    const [first] = any ?? [];
    const dealing = first !== undefined && isDealing(first);
    need(dealing ? any.length === 1 : first !== undefined && any.every(isLink), `${field}.any`);
    const roles: readonly string[] = dealing ? DEALINGS[first] : ['from', 'to'];
    need(roles.join() === Object.keys(ends ?? {}).join(), `${field}.ends (the roles are ${roles.join(', ')})`);
    for (const [role, node] of Object.entries(ends)) need(Object.hasOwn(one.nodes, node), `${field}.ends.${role}`);
    // From no end at all, every company would be asked for its owners.
    need(
      dealing || Object.values(ends).some((node) => bound.has(node)),
      `${field} (an end of a link stands in an edge before it)`,
    );
    need(at === undefined || bound.has(at), `${field}.at`);
    const chain = any.includes('Ownership');
    need(
      (atLeast !== undefined) === chain && (upTo !== undefined) === chain,
      `${field}.atLeast and upTo (of ownership)`,
    );
    for (const name of [atLeast, upTo, ...(dealing ? (NEEDS[first] ?? []) : [])]) if (name) needed.add(name);
    for (const node of Object.values(ends)) bound.add(node);
  }
  for (const name of Object.keys(one.nodes)) need(bound.has(name), `nodes.${name} (stands in no edge)`);
  for (const pair of one.ordered ?? []) need(pair.length === 2 && pair.every((name) => bound.has(name)), 'ordered');
  if (one.gathered) {
    need(bound.has(one.gathered.node), 'gathered.node');
    needed.add(one.gathered.atLeast);
  }
  need(Array.isArray(one.parameters) && one.parameters.length > 0, 'parameters');
  for (const [i, { validFrom, validTo, values }] of one.parameters.entries()) {
    need(isDay(validFrom) && (validTo === undefined || (isDay(validTo) && validTo >= validFrom)), `parameters.${i}`);
    for (const name of needed) {
      const value = values?.[name];
      const fits = name === 'currency' ? /^[A-Z]{3}$/.test(String(value)) : typeof value === 'number' && value > 0;
      need(fits, `parameters.${i}.${name}`);
    }
    for (const name of Object.keys(values)) need(needed.has(name), `parameters.${i}.${name} (nothing reads it)`);
  }
  need(typeof one.basis?.text === 'string' && typeof one.basis.checked === 'boolean', 'basis');
  need(one.weight > 0 && one.weight <= 1, 'weight');
  need(!!one.author && !!one.approver && one.author !== one.approver, 'approver (another than the author)');
  return one;
}

/** The parameters of a pattern on a day; undefined before the first and after the last. */
export const valuesOn = ({ parameters }: SchemePattern, day: string): Values | undefined =>
  parameters.findLast((p) => p.validFrom <= day && (p.validTo === undefined || day <= p.validTo))?.values;
