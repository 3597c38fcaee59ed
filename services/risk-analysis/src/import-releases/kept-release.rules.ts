/** Who stands there is told by an id; what they are called, where they live and how to reach them is not needed here. */
const PARTIES: ReadonlySet<string> = new Set([
  ...['parties', 'tenderers', 'suppliers', 'subcontractors', 'buyer', 'procuringEntity', 'payee', 'payer', 'author'],
]);
const PRIVATE: ReadonlySet<string> = new Set(['contactPoint', 'additionalContactPoints', 'address', 'legalName']);

/**
 * A release as it is kept to be judged again: without names, addresses and contacts, since a bidder may be a person and no
 * indicator reads them. Everything else stays as it was published.
 */
export function keptOf(value: unknown, of?: string): unknown {
  if (Array.isArray(value)) return value.map((one) => keptOf(one, of));
  if (typeof value !== 'object' || value === null) return value;
  const isParty = of !== undefined && PARTIES.has(of);
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !PRIVATE.has(key) && !(isParty && key === 'name'))
      .map(([key, inner]) => [key, keptOf(inner, key)]),
  );
}
