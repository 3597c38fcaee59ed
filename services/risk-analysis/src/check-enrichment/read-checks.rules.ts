import { type Asset, isBalance, type Sections } from '../declare-assets/declaration.rules.js';
import type { CheckCode } from './enrichment-pack.rules.js';
import {
  assetsOf,
  type CaseFile,
  countedAtValue,
  couple,
  gapOf,
  isMissing,
  type Listed,
  listed,
  sum,
} from './household.rules.js';
import { type Range, total } from './ranges.rules.js';

/** What a check reads of a file: the figures from which alone its outcome comes, or what is not there. */
export type Figures = Readonly<Record<string, unknown>>;
export type Read = Figures | { readonly missing: readonly string[] };

/** Several that must all be there. */
function all<T extends Record<string, unknown>>(
  parts: T,
):
  { [K in keyof T]: Exclude<T[K], { readonly missing: readonly string[] }> } | { readonly missing: readonly string[] } {
  const missing = Object.values(parts).flatMap((part) => (isMissing(part) ? part.missing : []));
  return missing.length > 0
    ? { missing: [...new Set(missing)] }
    : (parts as { [K in keyof T]: Exclude<T[K], { readonly missing: readonly string[] }> });
}

const gap = (file: CaseFile): Read => {
  const found = gapOf(file);
  return isMissing(found) ? found : { gap: found };
};

const incomesOf = (of: readonly Sections[]): number | { readonly missing: readonly string[] } => {
  const incomes = listed(of, 'incomes');
  return isMissing(incomes) ? incomes : sum(incomes);
};

/** Values that registries tell are not within a declaration's limit: a sum beyond what is exact stops there. */
const worth = (assets: readonly Range[]): Range => {
  const { low, high } = total(assets);
  return { low: Math.min(low, Number.MAX_SAFE_INTEGER), high: Math.min(high, Number.MAX_SAFE_INTEGER) };
};

const cashOf = (of: readonly Sections[]): Range | { readonly missing: readonly string[] } => {
  const assets = assetsOf(of);
  return isMissing(assets) ? assets : worth([...assets.values()].filter(({ kind }) => kind === 'cash'));
};

type Assets = ReadonlyMap<string, Asset>;

/** Assets of both years; balances come and go as money does. */
function bothYears({ declared, before }: CaseFile): { now: Assets; then: Assets } | { missing: readonly string[] } {
  const then = before ? assetsOf(couple(before)) : { missing: ['declaration-of-the-year-before'] };
  const read = all({ now: assetsOf(couple(declared)), then });
  return isMissing(read) ? read : { now: read.now, then: read.then };
}

const lasting = (assets: Assets): Asset[] => [...assets.values()].filter((asset) => !isBalance(asset));

/** Property that came in the year: by the two declarations, or as this one says. */
const acquired = (file: CaseFile): readonly Asset[] | { readonly missing: readonly string[] } => {
  const read = bothYears(file);
  if (isMissing(read)) return read;
  const { year } = file.declared;
  return lasting(read.now).filter((asset) => !read.then.has(asset.assetId) || asset.acquiredYear === year);
};

const taxRecord = ({ facts, declared }: CaseFile, personId: string): number | undefined =>
  facts.find((f) => f.kind === 'tax-income' && f.personId === personId && f.year === declared.year)?.amount;

/** Each check's reading; the judging of what was read is in `checks.rules.ts`. */
export const READ: Readonly<Record<CheckCode, (file: CaseFile) => Read>> = {
  K1: gap,
  K2: gap,
  K3: (file) => {
    const found = gapOf(file);
    return all({ gap: found, income: incomesOf([file.declared.sections]) });
  },
  K4: (file) => {
    const counted = countedAtValue(file);
    if (isMissing(counted)) return counted;
    const atCost = counted.filter(({ at }) => at === 'cost');
    return {
      ...{ assets: worth(counted), count: counted.length, counted },
      // What may be worth more than it counts with.
      atCost: { count: atCost.length, ...worth(atCost) },
    };
  },
  K6: (file) => {
    const assets = acquired(file);
    if (isMissing(assets)) return assets;
    return { assets: assets.map(({ assetId, source }) => ({ assetId, ...(source === undefined ? {} : { source }) })) };
  },
  K7: ({ declared }) => all({ cash: cashOf(couple(declared)) }),
  L1: (file) => {
    const read = all({ years: bothYears(file), disposals: listed(couple(file.declared), 'disposals') });
    if (isMissing(read)) return read;
    const { now, then } = read.years;
    const gone = lasting(then).filter(({ assetId }) => !now.has(assetId));
    const disposed = new Set(read.disposals.map(({ assetId }) => assetId));
    return { gone: gone.map(({ assetId }) => ({ assetId, disposed: disposed.has(assetId) })) };
  },
  L2: ({ declared }) => {
    const read = all({
      disposals: listed(couple(declared), 'disposals'),
      incomes: listed(couple(declared), 'incomes'),
    });
    if (isMissing(read)) return read;
    const paid = new Set(
      read.incomes.filter(({ kind, amount }) => kind === 'sale' && amount > 0).map(({ assetId }) => assetId),
    );
    const sold = read.disposals.filter(({ kind }) => kind === 'sale');
    return { sold: sold.map(({ assetId }) => ({ assetId, income: paid.has(assetId) })) };
  },
  L3: (file) => {
    const assets = acquired(file);
    if (isMissing(assets)) return assets;
    const known = (id: string): { reference?: number } => {
      const reference = file.facts.find((f) => f.kind === 'reference-price' && f.assetId === id)?.amount;
      return reference === undefined ? {} : { reference };
    };
    // What was given or inherited was not bought.
    const bought = assets.filter(({ source }) => source !== 'gift' && source !== 'inheritance');
    return {
      bought: bought.map(({ assetId, low, high }) => ({ assetId, low, high, ...known(assetId) })),
    };
  },
  L4: ({ declared }) => all({ cash: cashOf(couple(declared)), income: incomesOf(couple(declared)) }),
  L5: (file) => {
    const loans = listed(couple(file.declared), 'loansReceived');
    if (isMissing(loans)) return loans;
    return {
      loans: loans.map(({ loanId, amount, lender }) => {
        const lenderIncome = lender === undefined ? undefined : taxRecord(file, lender);
        return { loanId, amount, ...(lenderIncome === undefined ? {} : { lenderIncome }) };
      }),
    };
  },
  L6: (file) => {
    const { declared } = file;
    const spouses = declared.household.filter(({ relation }) => relation === 'spouse');
    const persons = [{ personId: declared.personId, sections: declared.sections }, ...spouses];
    // Tax is withheld here; what comes from a sale between persons or from abroad is not in the record of the employer.
    const taxed = (incomes: Listed<{ kind: string; amount: number }>) =>
      isMissing(incomes) ? incomes : sum(incomes.filter(({ kind }) => kind !== 'sale' && kind !== 'abroad'));
    const read = persons.map(({ personId, sections }) => ({
      declared: taxed(listed([sections], 'incomes')),
      record: taxRecord(file, personId) ?? { missing: ['tax-record'] },
    }));
    const missing = read.flatMap((one) => [one.declared, one.record].flatMap((p) => (isMissing(p) ? p.missing : [])));
    return missing.length > 0 ? { missing: [...new Set(missing)] } : { persons: read };
  },
  L7: ({ declared, facts }) => {
    const assets = assetsOf(couple(declared));
    if (isMissing(assets)) return assets;
    const own = new Set([
      declared.personId,
      ...declared.household.filter((m) => m.relation === 'spouse').map((m) => m.personId),
    ]);
    const registered = facts.filter((f) => f.kind === 'asset' && own.has(f.personId ?? ''));
    // Registers that told nothing of the official are no proof that there is nothing.
    if (!registered.some((f) => f.personId === declared.personId)) return { missing: ['register-extract'] };
    const { year } = declared;
    const owned = registered.filter((f) => (f.year ?? 0) <= year && (f.toYear === undefined || f.toYear > year));
    return {
      owned: owned.map(({ assetId }) => ({ assetId, declared: assets.has(assetId!) })),
    };
  },
  L8: ({ declared, wins }) => {
    const used = listed(couple(declared), 'used');
    if (isMissing(used)) return used;
    return {
      used: used.map(({ assetId, owner }) => ({ assetId, owner, won: wins.filter((win) => win.owner === owner) })),
    };
  },
  U1: gap,
  U2: gap,
  U3: ({ declared }) => {
    const expenses = listed(couple(declared), 'expenses');
    return isMissing(expenses) ? expenses : { greatest: Math.max(0, ...expenses.map(({ amount }) => amount)) };
  },
};
