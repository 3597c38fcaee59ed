import { KZ_REGIONS, type KzRegion, RuleError } from '@aiqyn/contracts';
import type { RegionOf } from '../import-releases/release.rules.js';
import { list, object, text } from '../json.rules.js';

const LANGUAGES = ['kk', 'ru', 'en'] as const;
type Language = (typeof LANGUAGES)[number];

export interface RegionPack {
  readonly id: string;
  /** Words that tell a region from a city of the same name, and words that tell nothing. */
  readonly words: Readonly<Record<'region' | 'city' | 'filler', readonly string[]>>;
  /** How each region is written in each language; the first is what it is called today. */
  readonly names: Readonly<Record<KzRegion, Readonly<Record<Language, readonly string[]>>>>;
}

/** No name of a place is longer; what is, is a text. */
const LONGEST = 100;

const isRegion = (word: string): word is KzRegion => (KZ_REGIONS as readonly string[]).includes(word);
const bad = (detail: string, field: string): RuleError =>
  new RuleError('bad_policy', `region pack: ${detail}`, { field });

/** Reads how regions are written; throws RuleError `bad_policy` on a region that is missing or unknown, and on a name of two. */
export function regionPack(raw: unknown): RegionPack {
  const pack = raw as RegionPack;
  if (typeof pack?.id !== 'string') throw bad('id is missing', 'id');
  for (const kind of ['region', 'city', 'filler'] as const)
    if (!Array.isArray(pack.words?.[kind])) throw bad(`${kind} is missing`, `words.${kind}`);
  for (const code of Object.keys(pack.names ?? {}))
    if (!isRegion(code)) throw bad(`${code} is no region`, `names.${code}`);
  for (const code of KZ_REGIONS)
    for (const language of LANGUAGES)
      if (!pack.names?.[code]?.[language]?.length)
        throw bad(`${code} has no name in ${language}`, `names.${code}.${language}`);
  book(pack);
  return pack;
}

/** A name without case, accents, punctuation and the words that every region has; undefined of a region and city at once. */
function folded({ words }: RegionPack, name: string): { kind: '' | 'region' | 'city'; rest: string } | undefined {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const all = plain.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '' && !words.filler.includes(word));
  const of = (kind: 'region' | 'city'): boolean => all.some((word) => words[kind].includes(word));
  if (of('region') && of('city')) return undefined;
  const kind = of('region') ? 'region' : of('city') ? 'city' : '';
  return { kind, rest: all.filter((word) => kind === '' || !words[kind].includes(word)).join(' ') };
}

/** Finds the region of a name. A name alone is the region that is written so, else the only one that is called so. */
function book(pack: RegionPack): (name: string) => KzRegion | undefined {
  const exact = new Map<string, KzRegion>();
  const called = new Map<string, Set<KzRegion>>();
  for (const code of KZ_REGIONS) {
    for (const name of LANGUAGES.flatMap((language) => pack.names[code][language])) {
      const { kind, rest } = folded(pack, name) ?? { kind: '', rest: '' };
      const key = `${kind}:${rest}`;
      if (rest === '') throw bad(`${name} says nothing`, `names.${code}`);
      if ((exact.get(key) ?? code) !== code) throw bad(`${name} is ${exact.get(key)} and ${code}`, `names.${code}`);
      exact.set(key, code);
      called.set(rest, (called.get(rest) ?? new Set()).add(code));
    }
  }
  return (name) => {
    const asked = folded(pack, name);
    if (!asked) return undefined;
    const { kind, rest } = asked;
    const all = [...(called.get(rest) ?? [])];
    return exact.get(`${kind}:${rest}`) ?? (kind === '' && all.length === 1 ? all[0] : undefined);
  };
}

/** The region of a code of ISO 3166-2, or of KATO, whose first two digits are the same. */
function ofCode(word: string): KzRegion | undefined {
  const code = /^\d{9}$/.test(word) ? `KZ-${word.slice(0, 2)}` : word;
  return isRegion(code) ? code : undefined;
}

/**
 * The region of who buys, by the address that the release gives: undefined where it is not told, not known, told twice in two
 * ways, or could be another one. A body in another region is never asked in place of the buyer.
 */
export function regionOf(pack: RegionPack): RegionOf {
  const ofName = book(pack);
  const readings = (party: Readonly<Record<string, unknown>>): KzRegion[] => {
    const address = object(party['address']);
    const region = text(address['region'])?.trim() ?? '';
    const codes = [address['kato'], address['katoCode']].map((code) => ofCode(text(code)?.trim() ?? ''));
    const named = ofCode(region) ?? (region.length <= LONGEST ? ofName(region) : undefined);
    return [named, ...codes].filter((one) => one !== undefined);
  };
  return (release) => {
    const root = object(release);
    const parties = list(root['parties']).map(object);
    const buyerId = text(object(root['buyer'])['id']);
    const having = (role: string) => parties.filter((party) => list(party['roles']).includes(role));
    const named = buyerId === undefined ? [] : parties.filter((party) => text(party['id']) === buyerId);
    const buyers = [named, having('buyer'), having('procuringEntity')].find((some) => some.length > 0) ?? [];
    const said = new Set(buyers.flatMap(readings));
    return said.size === 1 ? [...said][0] : undefined;
  };
}
