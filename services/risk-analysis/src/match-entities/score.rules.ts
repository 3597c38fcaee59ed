import { RuleError } from '@aiqyn/contracts';
import type { Known } from '../entities/entity.rules.js';

/** What each field can say; the rule decides which, the pack what it weighs. */
const VERDICTS = {
  name: ['same', 'contained', 'part', 'differs', 'unknown'],
  born: ['agrees', 'differs', 'unknown'],
  neighbours: ['common', 'none'],
  source: ['same', 'others'],
} as const;
type Field = keyof typeof VERDICTS;
const FIELDS = Object.keys(VERDICTS) as Field[];

export interface MatchPack {
  readonly id: string;
  /** A score from which a pair is shown to a person. */
  readonly threshold: number;
  readonly weights: Readonly<Record<Field, Readonly<Record<string, number>>>>;
  /** A word that more than so many have in common brings nobody together. */
  readonly commonWord: number;
}

export interface Candidate extends Known {
  readonly _id: string;
  /** Who they are linked to. */
  readonly neighbours: readonly string[];
}

/** What one field says of a pair, and what that weighs. */
export interface Explained {
  readonly field: Field;
  readonly verdict: string;
  readonly weight: number;
}

export interface Score {
  readonly score: number;
  readonly fields: readonly Explained[];
}

/** Reads the weights; throws RuleError `bad_policy` naming the field. */
export function matchPack(raw: unknown): MatchPack {
  const pack = raw as MatchPack;
  const need = (ok: boolean, field: string): void => {
    if (!ok) throw new RuleError('bad_policy', `matching: ${field} is missing or wrong`, { field });
  };
  need(typeof pack?.id === 'string' && pack.id !== '', 'id');
  need(pack.threshold > 0 && pack.threshold <= 1, 'threshold');
  need(Number.isInteger(pack.commonWord) && pack.commonWord > 1, 'commonWord');
  for (const field of FIELDS)
    for (const verdict of VERDICTS[field])
      need(Math.abs(pack.weights?.[field]?.[verdict] ?? NaN) <= 1, `weights.${field}.${verdict}`);
  // Many are born on one day.
  need(
    pack.weights.born['agrees']! + pack.weights.neighbours['common']! < pack.threshold,
    'weights.born.agrees (would decide without a name)',
  );
  return pack;
}

/** How likely two are the same, field by field; undefined where they cannot be: of another kind, linked to each other, or nobody known. */
export function scoreOf(a: Candidate, b: Candidate, pack: MatchPack): Score | undefined {
  if ((a.type === 'Person') !== (b.type === 'Person') || a.unspecified || b.unspecified || a._id === b._id)
    return undefined;
  // Relatives have a name in common, and nobody is their own.
  if (a.neighbours.includes(b._id) || b.neighbours.includes(a._id)) return undefined;
  const verdicts: Record<Field, string> = {
    name: nameVerdict(a.words, b.words),
    born: bornVerdict(a.born, b.born),
    neighbours: a.neighbours.some((id) => b.neighbours.includes(id)) ? 'common' : 'none',
    // A register tells its own apart.
    source: a.sources.some((source) => b.sources.includes(source)) ? 'same' : 'others',
  };
  const fields = FIELDS.map((field) => ({
    field,
    verdict: verdicts[field],
    weight: pack.weights[field][verdicts[field]]!,
  }));
  const sum = fields.reduce((total, { weight }) => total + weight, 0);
  const named = verdicts.name !== 'differs' && verdicts.name !== 'unknown';
  return { score: named ? Math.min(1, Math.max(0, Math.round(sum * 1000) / 1000)) : 0, fields };
}

const NAME_ORDER = ['same', 'contained', 'part', 'differs'] as const;

/** The best of all variants, each by its words: a word counts once, and of a short name all that there is. */
function nameVerdict(one: readonly string[], other: readonly string[]): string {
  if (one.length === 0 || other.length === 0) return 'unknown';
  const verdicts = one.flatMap((a) => other.map((b) => variantVerdict(a.split(' '), b.split(' '))));
  return NAME_ORDER.find((verdict) => verdicts.includes(verdict))!;
}

function variantVerdict(a: readonly string[], b: readonly string[]): (typeof NAME_ORDER)[number] {
  const common = a.filter((word) => b.includes(word)).length;
  const [less, more] = [Math.min(a.length, b.length), Math.max(a.length, b.length)];
  if (common === more) return 'same';
  // One word within several is a first name.
  if (common === less && less > 1) return 'contained';
  return common > 0 && common * 2 >= less ? 'part' : 'differs';
}

/** Agrees where one is told less exactly than the other; parts are joined by dots. */
function bornVerdict(one: readonly string[], other: readonly string[]): string {
  if (one.length === 0 || other.length === 0) return 'unknown';
  const fits = (a: string, b: string): boolean => a === b || a.startsWith(`${b}.`) || b.startsWith(`${a}.`);
  return one.some((a) => other.some((b) => fits(a, b))) ? 'agrees' : 'differs';
}

export interface Proposal extends Score {
  readonly one: string;
  readonly other: string;
}

/** The pairs that a person should look at: only who has a word of a name in common is compared. */
export function proposalsOf(candidates: readonly Candidate[], pack: MatchPack): Proposal[] {
  const byWord = new Map<string, Candidate[]>();
  for (const candidate of candidates)
    for (const word of new Set(candidate.words.flatMap((variant) => variant.split(' ')))) {
      const list = byWord.get(word);
      if (list) list.push(candidate);
      else byWord.set(word, [candidate]);
    }
  const seen = new Set<string>();
  const proposals: Proposal[] = [];
  for (const list of byWord.values()) {
    if (list.length > pack.commonWord) continue;
    for (const [i, a] of list.entries())
      for (const b of list.slice(i + 1)) {
        const [one, other] = [a._id, b._id].sort() as [string, string];
        const pair = `${one}\n${other}`;
        if (seen.has(pair)) continue;
        seen.add(pair);
        const score = scoreOf(a, b, pack);
        if (score && score.score >= pack.threshold) proposals.push({ one, other, ...score });
      }
  }
  return proposals.sort((a, b) => (`${a.one}\n${a.other}` < `${b.one}\n${b.other}` ? -1 : 1));
}
