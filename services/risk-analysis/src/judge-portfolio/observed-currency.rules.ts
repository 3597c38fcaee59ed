import { type Facts, factsOf, isSubmitted } from '../read-release/facts.rules.js';
import { contestsOf, finalAwards, sole } from '../judge-process/contests.rules.js';
import type { IndicatorSettings } from '../judge-process/indicator-settings.rules.js';
import { comparesPrices } from '../judge-process/process-indicators.rules.js';

/**
 * The currency that Cardinal would take for all when it meets this release first: without a setting, the first price that it
 * looks at decides (notes b.2), and so the order of the lines. Only its own set does so.
 */
export function observedCurrency(release: unknown, settings: IndicatorSettings): string | undefined {
  const facts = factsOf(release, true);
  if (!facts || facts.tenderStatus === 'cancelled' || !comparesPrices(facts, settings)) return undefined;
  if (facts.methodDetails !== undefined && settings.excludedDetails.has(facts.methodDetails)) return undefined;
  return (
    (settings.R024 || settings.R058 ? byWinner(facts) : undefined) ?? (settings.R036 ? byLowest(facts) : undefined)
  );
}

function byWinner(facts: Facts): string | undefined {
  const contest = contestsOf(facts, true)?.[0];
  const active = contest && finalAwards(contest, true);
  if (!active || typeof active === 'string' || active.length !== 1) return undefined;
  if (sole(active[0]!.suppliers, active[0]!.parties, true) === undefined) return undefined;
  return contest.bids.find(
    (b) =>
      b.status === 'valid' &&
      b.amount !== undefined &&
      b.currency !== undefined &&
      sole(b.tenderers, b.parties, true) !== undefined,
  )?.currency;
}

function byLowest({ bids, awards }: Facts): string | undefined {
  if (!awards?.some(({ status }) => status === 'active')) return undefined;
  return bids?.find((b) => isSubmitted(b) && b.amount !== undefined && b.currency !== undefined)?.currency;
}
