import { describe, expect, it } from '@jest/globals';
import type { Declared, Member, Used } from '../declare-assets/declaration.rules.js';
import { type Held, ownersOf, winnersOf, winsOf, type Won } from './wins.rules.js';

const lent = (owner: string): Used => ({ assetId: `of-${owner}`, kind: 'vehicle', owner });
const member = (relation: Member['relation'], ...owners: string[]): Member => ({
  ...{ personId: relation, relation, sections: { used: owners.map(lent) } },
});
const declared: Declared = {
  ...{ personId: 'anna', year: 2025, version: 1, currency: 'KZT', bodyBin: '050540000016' },
  ...{ areaCode: 'roads', region: 'KZ-75', sections: { used: [lent('dina'), lent('firm')] } },
  household: [member('spouse', 'dina', 'berik'), member('affiliate', 'stranger')],
};
const holding = (more: Partial<Held> = {}): Held => ({ from: 'dina', to: 'company', ...more });
const contract = (ocid: string, day: string, ...winners: string[]): Won => ({ ocid, day, winners });
const won = (links: readonly Held[], ...contracts: Won[]): string[] =>
  winsOf(declared, winnersOf(declared, links), contracts).map((w) => `${w.day} ${w.ocid} ${w.owner} ${w.winner}`);

describe('what the owners of used things won', () => {
  it('is looked for of whoever lends to official and spouse, each once', () =>
    expect(ownersOf(declared)).toEqual(['berik', 'dina', 'firm']));

  it.each<[string, Partial<Held>, boolean]>([
    ['without days', {}, true],
    ['from the last day of the year', { since: '2025-12-31' }, true],
    ['from the year after', { since: '2026-01-01' }, false],
    ['up to the first day of the year', { until: '2025-01-01' }, true],
    ['up to the year before', { until: '2024-12-31' }, false],
    ['through others', { indirect: true }, false],
    ['of somebody else', { from: 'stranger' }, false],
    ['of nobody known', { from: null }, false],
    ['of what is not known', { to: null }, false],
  ])('is that of a company held %s: %j counts %s', (_, more, counts) =>
    expect(won([holding(more)], contract('c', '2025-05-05', 'company'))).toHaveLength(counts ? 1 : 0),
  );

  it('is up to the last day of the year, in the order of days, whatever the order of contracts', () => {
    const contracts = [
      contract('late', '2026-01-01', 'dina'),
      contract('both', '2025-12-31', 'company', 'dina', 'stranger'),
      contract('old', '2019-03-03', 'firm'),
    ];
    const wins = ['2019-03-03 old firm firm', '2025-12-31 both dina company', '2025-12-31 both dina dina'];
    expect(won([holding()], ...contracts)).toEqual(wins);
    expect(won([holding()], ...contracts.reverse())).toEqual(wins);
  });
});
