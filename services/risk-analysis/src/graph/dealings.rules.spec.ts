import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type DealOf, dependences, rotations, splits } from './dealings.rules.js';

const deal = (ocid: string, more: Partial<DealOf> = {}): DealOf => ({
  ...{
    ocid,
    day: `2025-01-${ocid.padStart(2, '0')}`,
    areaCode: 'roads',
    buyer: 'B',
    runner: null,
    bidders: [],
    winners: [],
  },
  ...{ awards: [], direct: false, itemClass: '4523', rise: null },
  ...more,
});
const won = (winners: string, bidders = 'xy'): DealOf[] =>
  [...winners].map((w, i) => deal(String(i + 1), { bidders: [...bidders], winners: [w] }));

describe('winning in turn', () => {
  const told = (deals: DealOf[]) =>
    rotations(deals, { processes: 3, changes: 2 }).map((r) => `${r.ends['first']}${r.ends['second']}`);
  it.each([
    ['in turn', won('xyx'), ['xy']],
    ['the same one', won('xxx'), []],
    ['one change', won('xxy'), []],
    ['too few', won('xy'), []],
    ['beside a third that never wins', won('xyx', 'xyz'), ['xy']],
    ['all three in turn', won('xyzxyz', 'xyz'), ['xy', 'xz', 'yz']],
    ['both at once', [deal('1', { bidders: ['x', 'y'], winners: ['x', 'y'] }), ...won('xy')], []],
    ['for two buyers', won('xyx').map((d, i) => ({ ...d, buyer: i === 0 ? 'B' : 'C' })), []],
    ['without a buyer', won('xyx').map((d) => ({ ...d, buyer: null })), []],
  ])('%s', (_, deals, expected) => expect(told(deals).sort()).toEqual(expected));

  it('is told by the days, not by the order in which processes came', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('x', 'y'), { maxLength: 8 }), (winners) => {
        const deals = won(winners.join(''));
        expect(told([...deals].reverse())).toEqual(told(deals));
      }),
    );
  });
});

const direct = (ocid: string, amount: number, more: Partial<DealOf> = {}): DealOf =>
  deal(ocid, { direct: true, winners: ['x'], awards: [{ to: ['x'], amount, currency: 'KZT' }], ...more });

describe('a split', () => {
  it.each([
    ['each under the limit, together over it', [direct('1', 60), direct('2', 60)], 1],
    ['together just the limit', [direct('1', 50), direct('2', 50)], 1],
    ['together under it', [direct('1', 50), direct('2', 49)], 0],
    ['one at the limit', [direct('1', 100), direct('2', 60)], 0],
    ['in two years', [direct('1', 60), direct('2', 60, { day: '2026-01-01' })], 0],
    ['of two classes', [direct('1', 60), direct('2', 60, { itemClass: '3000' })], 0],
    ['by tender', [direct('1', 60), direct('2', 60, { direct: false })], 0],
    [
      'in another currency',
      [direct('1', 60), direct('2', 60, { awards: [{ to: ['x'], amount: 60, currency: 'USD' }] })],
      0,
    ],
    ['of no price', [direct('1', 60), direct('2', 60, { awards: [{ to: ['x'], amount: null, currency: 'KZT' }] })], 0],
  ])('%s: %i', (_, deals, count) =>
    expect(splits(deals, { limit: 100, awards: 2, currency: 'KZT' })).toHaveLength(count),
  );
});

describe('a buyer that depends on one supplier', () => {
  const to = (supplier: string, amount: number, ocid = supplier + amount): DealOf =>
    deal(ocid, { awards: [{ to: supplier.split('+'), amount, currency: 'KZT' }] });
  it.each([
    ['more than half', [to('x', 60), to('y', 20), to('z', 20)], ['x']],
    ['half of it', [to('x', 50), to('y', 25), to('z', 25)], ['x']],
    ['less', [to('x', 49), to('y', 26), to('z', 25)], []],
    ['too few awards', [to('x', 60), to('y', 20)], []],
    ['in a consortium only', [to('x+w', 60), to('y', 20), to('z', 20)], []],
    ['nothing but zeros', [to('x', 0), to('y', 0), to('z', 0)], []],
  ])('%s', (_, deals, expected) =>
    expect(dependences(deals, { part: 0.5, awards: 3 }).map((d) => d.ends['supplier'])).toEqual(expected),
  );
});
