import type { Candidate } from './screen.rules.js';

/** A factor that somebody planted or marked in an act (form of fixtures/draft-acts). */
export interface Annotation {
  readonly article: number;
  readonly code: string;
  readonly accept?: readonly string[];
  readonly start: number;
  readonly end: number;
  readonly quote: string;
}

export interface Measured {
  readonly right: number;
  readonly missed: readonly Annotation[];
  readonly wrong: readonly Candidate[];
  /** Found annotations whose span overlaps the candidate's by a third of the shorter. */
  readonly exact: number;
}

export interface Rates {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/**
 * Measures candidates article by article against annotations, as fixtures/draft-acts/index.json says: a candidate is
 * right when an annotation of its article has or accepts its code, each annotation counts once, and further accepted
 * codes of a found one count neither way.
 */
export function measure(candidates: readonly Candidate[], annotations: readonly Annotation[]): Measured {
  const fits = (candidate: Candidate, { article, code, accept }: Annotation): boolean =>
    candidate.article === article && (candidate.code === code || (accept ?? []).includes(candidate.code));
  const shares = (a: Candidate, b: Annotation): boolean =>
    Math.min(a.end, b.end) - Math.max(a.start, b.start) >= Math.min(a.end - a.start, b.end - b.start) / 3;
  const found = annotations.filter((one) => candidates.some((candidate) => fits(candidate, one)));
  const wrong = new Map<string, Candidate>();
  for (const candidate of candidates) {
    if (!annotations.some((one) => fits(candidate, one)))
      wrong.set(`${candidate.article} ${candidate.code}`, candidate);
  }
  return {
    right: found.length,
    missed: annotations.filter((one) => !found.includes(one)),
    wrong: [...wrong.values()],
    exact: found.filter((one) => candidates.some((candidate) => fits(candidate, one) && shares(candidate, one))).length,
  };
}

/** Precision, recall and F1 over several measured acts. */
export function rates(measured: readonly Measured[]): Rates {
  const sum = (of: (one: Measured) => number): number => measured.reduce((all, one) => all + of(one), 0);
  const [right, wrong, missed] = [
    sum((one) => one.right),
    sum((one) => one.wrong.length),
    sum((one) => one.missed.length),
  ];
  const precision = right / Math.max(1, right + wrong);
  const recall = right / Math.max(1, right + missed);
  return { precision, recall, f1: (2 * precision * recall) / Math.max(Number.EPSILON, precision + recall) };
}
