import type { Norm, Span } from '../norms/norm.rules.js';

/** How one factor is found in the structure of a norm, and when what a cue points at is none. */
export interface FactorRule {
  readonly code: string;
  /** What a word means rules nothing; these stand there too. */
  readonly alsoInDefinitions?: true;
  /** Spans that the structure of the norm gives. */
  readonly find?: (norm: Norm) => readonly (Span | undefined)[];
  /** Whether a span that a cue or the structure gave is a candidate at all. */
  readonly keep?: (norm: Norm, span: Span) => boolean;
}
