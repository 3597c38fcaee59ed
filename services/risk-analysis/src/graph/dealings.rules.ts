import type { Deal } from '../deals/deal.rules.js';

/** A deal with its process. */
export interface DealOf extends Deal {
  readonly ocid: string;
}

/** What several have to do with each other by the processes named; the roles are those of the relation. */
export interface Dealing {
  readonly ends: Readonly<Record<string, string>>;
  readonly deals: readonly string[];
}

const groups = <T>(items: Iterable<T>, key: (item: T) => string): T[][] => {
  const all = new Map<string, T[]>();
  for (const one of items) {
    const name = key(one);
    const list = all.get(name);
    if (list) list.push(one);
    else all.set(name, [one]);
  }
  return [...all.values()];
};

const byDay = (a: DealOf, b: DealOf): number => (`${a.day} ${a.ocid}` < `${b.day} ${b.ocid}` ? -1 : 1);

/** Bidders of one process that are compared with each other; of more, a rotation of two could not be told from chance. */
const RIVALS = 20;

/**
 * Two that bid against each other for one buyer and win in turn: of the processes in which both bid and exactly one of them won, at least
 * `processes`, with a change of the winner at least `changes` times.
 */
export function rotations(
  deals: readonly DealOf[],
  { processes, changes }: { processes: number; changes: number },
): Dealing[] {
  const contests = deals
    .filter((d) => d.buyer && d.bidders.length > 1 && d.bidders.length <= RIVALS)
    .flatMap((deal) =>
      deal.bidders.flatMap((first) =>
        deal.bidders
          .filter((second) => first < second && deal.winners.includes(first) !== deal.winners.includes(second))
          .map((second) => ({ deal, first, second, winner: deal.winners.includes(first) ? first : second })),
      ),
    );
  return groups(contests, ({ deal, first, second }) => `${deal.buyer} ${first} ${second}`).flatMap((all) => {
    const inTurn = [...all].sort((a, b) => byDay(a.deal, b.deal));
    const changed = inTurn.filter((one, i) => i > 0 && one.winner !== inTurn[i - 1]!.winner).length;
    if (inTurn.length < processes || changed < changes) return [];
    const { deal, first, second } = inTurn[0]!;
    return [{ ends: { buyer: deal.buyer!, first, second }, deals: inTurn.map((one) => one.deal.ocid) }];
  });
}

/**
 * Direct awards of one buyer to one supplier for one class of items in a calendar year, each under the limit and together not (R011):
 * amounts in hundredths of the currency.
 */
export function splits(
  deals: readonly DealOf[],
  { limit, awards, currency }: { limit: number; awards: number; currency: string },
): Dealing[] {
  const small = deals
    .filter((d) => d.direct && d.buyer)
    .flatMap((deal) =>
      deal.awards
        .filter(
          (a) => a.currency === currency && a.amount !== null && a.amount > 0 && a.amount < limit && a.to.length === 1,
        )
        .map((a) => ({ deal, supplier: a.to[0]!, amount: a.amount! })),
    );
  const key = ({ deal: { buyer, day, itemClass }, supplier }: (typeof small)[number]): string =>
    `${buyer} ${supplier} ${day.slice(0, 4)} ${itemClass}`;
  return groups(small, key).flatMap((all) => {
    const sum = all.reduce((s, a) => s + a.amount, 0);
    if (all.length < awards || sum < limit) return [];
    const { deal, supplier } = all[0]!;
    return [{ ends: { buyer: deal.buyer!, supplier }, deals: [...new Set(all.map((a) => a.deal.ocid))].sort() }];
  });
}

/**
 * Suppliers with at least `part` of what a buyer awarded in one currency, where it made at least `awards` (R040). It rests on all
 * processes of the buyer.
 */
export function dependences(deals: readonly DealOf[], { part, awards }: { part: number; awards: number }): Dealing[] {
  const all = deals
    .filter((d) => d.buyer)
    .flatMap((deal) =>
      deal.awards
        .filter((a) => a.amount !== null && a.currency !== null && a.to.length > 0)
        .map((a) => ({ deal, ...a })),
    );
  return groups(all, ({ deal, currency }) => `${deal.buyer} ${currency}`).flatMap((made) => {
    const sum = made.reduce((s, a) => s + a.amount!, 0);
    if (made.length < awards || sum === 0) return [];
    const sums = new Map<string, number>();
    // A consortium is one supplier in common: each member has a part of it that nobody tells, so none is taken for dependent on it alone.
    for (const { to, amount } of made) if (to.length === 1) sums.set(to[0]!, (sums.get(to[0]!) ?? 0) + amount!);
    const ocids = [...new Set(made.map((a) => a.deal.ocid))].sort();
    return [...sums]
      .filter(([, own]) => own / sum >= part)
      .map(([supplier]) => ({ ends: { buyer: made[0]!.deal.buyer!, supplier }, deals: ocids }));
  });
}
