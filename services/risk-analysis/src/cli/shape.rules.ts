import { type IndicatorSettings, isStrict } from '../judge-process/indicator-settings.rules.js';
import type { Outcome } from '../judge-process/outcome.rules.js';
import { GROUPS, type Involved, type Judged } from '../judge-portfolio/portfolio.rules.js';
import { type Contribution, PROCESS_CODES } from '../judge-portfolio/contribution.rules.js';

const round4 = (n: number): number => (Math.sign(n) * Math.round(Math.abs(n) * 10_000)) / 10_000;
const lists = (map: ReadonlyMap<string, ReadonlySet<string>>): object =>
  Object.fromEntries([...map].map(([id, all]) => [id, [...all].sort()]));

/** The results as Cardinal prints them; groups without a result are left out. */
export function cardinalShape(
  judged: Judged,
  contributions: Iterable<Contribution>,
  settings: IndicatorSettings,
  { map }: { map: boolean },
): Record<string, unknown> {
  const groups = GROUPS.filter((group) => judged.results[group].size > 0);
  const strict = isStrict(settings);
  // What could not be computed is left out; Cardinal prints null for it.
  const known = (values: Record<string, number>): object =>
    Object.fromEntries(
      Object.entries(values)
        .filter(([, v]) => strict || Number.isFinite(v))
        .map(([k, v]) => [k, round4(v)]),
    );
  return {
    ...Object.fromEntries(groups.map((group) => [group, Object.fromEntries(judged.results[group])])),
    Meta: Object.fromEntries(Object.entries(judged.meta).map(([code, values]) => [code, known(values)])),
    ...(map ? { Maps: maps(judged.involved, contributions, settings) } : {}),
  };
}

function maps(
  involved: Involved,
  contributions: Iterable<Contribution>,
  { R025, R038, R048 }: IndicatorSettings,
): object {
  const tenderers = new Map<string, Set<string>>();
  const buyers: Record<string, string> = {};
  const entities: Record<string, string> = {};
  for (const { ocid, bids, buyer, entity, disqualified } of contributions) {
    const ids = new Set(bids.filter((one): one is string => typeof one === 'string'));
    if ((R025 || R038 || R048) && ids.size > 0) tenderers.set(ocid, ids);
    if (!R038 || disqualified === 0) continue;
    if (buyer !== undefined) buyers[ocid] = buyer;
    if (entity !== undefined) entities[ocid] = entity;
  }
  return {
    ocid_buyer_r038: buyers,
    ocid_procuringentity_r038: entities,
    ocid_tenderer: lists(tenderers),
    ...Object.fromEntries(
      Object.entries(involved).map(([code, map]) => [`ocid_tenderer_${code.toLowerCase()}`, lists(map)]),
    ),
  };
}

/** How many processes each indicator could judge, and why not the others; what in the data was not as it should be. */
export function coverage(contributions: Iterable<Contribution>): { Coverage: object; Issues: object } {
  // By the outcome itself, of which there are few: a text for each of millions would cost more than the judging.
  const said = [...PROCESS_CODES, 'R024, R058'].map(() => new Map<Outcome, number>());
  const issues: Record<string, number> = {};
  const count = <T>(of: Map<T, number>, one: T, n = 1): void => void of.set(one, (of.get(one) ?? 0) + n);
  // Nearly all processes share one of a few dozen lists of outcomes.
  const together = new Map<Contribution['outcomes'], number>();
  for (const { outcomes, noGap, gaps, issues: found } of contributions) {
    count(together, outcomes);
    if (noGap) count(said.at(-1)!, noGap);
    else if (gaps.length > 0) count(said.at(-1)!, COMPUTED);
    for (const { path, problem } of found) issues[`${path}: ${problem}`] = (issues[`${path}: ${problem}`] ?? 0) + 1;
  }
  for (const [outcomes, n] of together)
    for (const [i, outcome] of outcomes.entries()) if (outcome) count(said[i]!, outcome, n);
  const named = said.map((of, i) => {
    const counts: Record<string, number> = {};
    const add = (key: string, n: number): void => void (counts[key] = (counts[key] ?? 0) + n);
    for (const [outcome, n] of of) {
      add(outcome === COMPUTED ? 'computed' : outcome.state, n);
      if (outcome.reason) add(`${outcome.state}: ${outcome.reason}`, n);
    }
    return [PROCESS_CODES[i] ?? 'R024, R058', counts] as const;
  });
  return { Coverage: Object.fromEntries(named.filter(([, counts]) => Object.keys(counts).length > 0)), Issues: issues };
}

/** Stands for a process whose gaps go into the fences. */
const COMPUTED: Outcome = { state: 'not-triggered' };
