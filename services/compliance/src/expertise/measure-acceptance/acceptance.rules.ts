import type { FindingAnswer, FindingOutcome } from '@aiqyn/contracts';

/** What counts of one finding of a published opinion. */
export interface Counted {
  readonly factor: string;
  readonly authorityBin: string;
  readonly answer?: FindingAnswer;
  readonly outcome?: FindingOutcome;
}

export interface Acceptance {
  readonly key: string;
  readonly findings: number;
  readonly answered: number;
  readonly accepted: number;
  readonly acceptedInPart: number;
  readonly rejected: number;
  readonly settled: number;
  readonly removed: number;
  readonly changed: number;
  readonly kept: number;
  readonly ignored: number;
  /** Accepted, wholly or in part, of what was answered; missing while nothing was. */
  readonly acceptanceRate?: number;
  /** Removed of what a later text settled; missing while nothing was. */
  readonly effectRate?: number;
}

const rate = (part: number, of: number): number => Math.round((10_000 * part) / of) / 10_000;

/** Acceptance and effect of findings, by factor or by authority, in the order of the key; rates with four decimals. */
export function acceptance(findings: readonly Counted[], by: 'factor' | 'authorityBin'): Acceptance[] {
  const keys = [...new Set(findings.map((one) => one[by]))].sort();
  return keys.map((key) => {
    const own = findings.filter((one) => one[by] === key);
    const count = (of: (one: Counted) => boolean): number => own.filter(of).length;
    const [answered, settled] = [
      count(({ answer }) => answer !== undefined),
      count(({ outcome }) => outcome !== undefined),
    ];
    const accepted = count(({ answer }) => answer === 'accepted');
    const acceptedInPart = count(({ answer }) => answer === 'accepted-in-part');
    const removed = count(({ outcome }) => outcome === 'removed');
    return {
      ...{
        key,
        findings: own.length,
        answered,
        accepted,
        acceptedInPart,
        rejected: answered - accepted - acceptedInPart,
      },
      ...{ settled, removed, changed: count(({ outcome }) => outcome === 'changed') },
      ...{ kept: count(({ outcome }) => outcome === 'kept'), ignored: count(({ outcome }) => outcome === 'ignored') },
      ...(answered > 0 ? { acceptanceRate: rate(accepted + acceptedInPart, answered) } : {}),
      ...(settled > 0 ? { effectRate: rate(removed, settled) } : {}),
    };
  });
}
