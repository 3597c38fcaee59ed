import type { Declared } from '../declare-assets/declaration.rules.js';
import { holds } from '../entities/link.rules.js';
import { couple, dayOf, type Win } from './household.rules.js';

/** Who owns a company, or directs it, and when. */
export interface Held {
  readonly from: string | null;
  readonly to: string | null;
  readonly since?: string | null;
  readonly until?: string | null;
  /** Made up of others: through somebody else. */
  readonly indirect?: boolean;
}

/** A contract of the official's body, by the ids of entities. */
export interface Won {
  readonly ocid: string;
  readonly day: string;
  readonly winners: readonly string[];
}

/** Who owns the things that official and spouse use, each once. */
export const ownersOf = (declared: Declared): string[] =>
  [...new Set(couple(declared).flatMap(({ used }) => (used ?? []).map(({ owner }) => owner)))].sort();

/** By owner, themselves and the companies that each owned or directed, without others between, on some day of the declared year. */
export function winnersOf(declared: Declared, links: readonly Held[]): ReadonlyMap<string, ReadonlySet<string>> {
  const winners = new Map(ownersOf(declared).map((owner) => [owner, new Set([owner])]));
  for (const link of links)
    if (link.to !== null && !link.indirect && holds(link, `${declared.year}-01-01`, dayOf(declared)))
      winners.get(link.from ?? '')?.add(link.to);
  return winners;
}

/** What each owner won, up to the last day of the declared year, in the order of days. */
export function winsOf(
  declared: Declared,
  winners: ReadonlyMap<string, ReadonlySet<string>>,
  contracts: readonly Won[],
): Win[] {
  const wins = contracts
    .filter(({ day }) => day <= dayOf(declared))
    .flatMap(({ ocid, day, winners: won }) =>
      [...winners].flatMap(([owner, own]) =>
        won.filter((winner) => own.has(winner)).map((winner): Win => ({ owner, winner, ocid, day })),
      ),
    );
  const place = ({ day, ocid, owner, winner }: Win): string => [day, ocid, owner, winner].join(' ');
  return wins.sort((a, b) => (place(a) < place(b) ? -1 : 1));
}
