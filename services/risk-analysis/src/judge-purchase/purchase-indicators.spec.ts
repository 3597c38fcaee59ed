import { describe, expect, it } from '@jest/globals';
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { unitTable } from '@aiqyn/contracts';
import { type AnyCode, isOfProcess, pointersOf, type ProcessIndicator } from '../indicators/definition.rules.js';
import { judge } from '../indicators/evidence.rules.js';
import { readIndicators } from '../policies/policies.js';
import { PURCHASE_CODES } from './purchase-indicators.rules.js';

const mci = unitTable(
  JSON.parse(readFileSync(createRequire(import.meta.url).resolve('@aiqyn/contracts/data/mci-kz.json'), 'utf8')),
);
const definitions = readIndicators().filter(isOfProcess);
const of = (code: AnyCode): ProcessIndicator => definitions.find((d) => d.code === code)!;
const say = (code: AnyCode, release: unknown): string => {
  const { state, value, reason } = judge(of(code), release, '2026-06-01', mci).outcome;
  return [state, ...(value === undefined ? [] : [Number(value.toFixed(4))]), ...(reason ? [reason] : [])].join(' ');
};

type Json = Record<string, unknown>;
const kzt = (amount: number, currency = 'KZT'): Json => ({ amount, currency });
const bid = (id: string, amount?: number, more: Json = {}): Json => ({
  ...{ status: 'valid', tenderers: [{ id }] },
  ...(amount === undefined ? {} : { value: kzt(amount) }),
  ...more,
});
const bids = (...details: Json[]): Json => ({ bids: { details } });
const open = (more: Json = {}): Json => ({ tender: { procurementMethod: 'open', ...more } });
const award = (amount: number, more: Json = {}): Json => ({ id: 'a', status: 'active', value: kzt(amount), ...more });
const period = { startDate: '2026-02-01', endDate: '2026-02-20' };
const estimated = (estimate: number, ...awards: Json[]): Json => ({ tender: { value: kzt(estimate) }, awards });
const contract = (more: Json): Json => ({ contracts: [{ id: 'c', awardID: 'a', status: 'active', ...more }] });
const paid = (...amounts: number[]): Json => ({
  implementation: { transactions: amounts.map((amount) => ({ value: kzt(amount) })) },
});
const goods = (mcis: number, more: Json = {}): Json => ({
  tender: { mainProcurementCategory: 'goods', value: kzt(mcis * 4_325), tenderPeriod: period },
  parties: [{ id: 'B', roles: ['buyer'] }],
  ...more,
});
const direct = (amount: number, category = 'goods'): Json => ({
  tender: { procurementMethod: 'direct', mainProcurementCategory: category, tenderPeriod: period },
  awards: [award(amount)],
});
const building = (estimate: number, paidFor: number, code = '45233000', category = 'works'): Json => ({
  tender: {
    ...{ mainProcurementCategory: category, value: kzt(estimate) },
    items: [{ classification: { id: code } }],
  },
  awards: [award(paidFor)],
});

describe('what an indicator says of one purchase', () => {
  it.each<[AnyCode, string, Json, string]>([
    ['R004', 'no notice', open({ documents: [{ documentType: 'x' }] }), 'triggered 1'],
    ['R004', 'a notice', open({ documents: [{ documentType: 'tenderNotice' }] }), 'not-triggered'],
    ['R004', 'a direct purchase', { tender: { procurementMethod: 'direct' } }, 'not-applicable other-method'],
    ['R004', 'documents not published', open(), 'insufficient-data no-documents'],
    ['R005', 'two others', open({ documents: [{ documentType: 'tenderNotice' }, {}] }), 'triggered 1'],
    [
      'R005',
      'a notice only',
      open({ documents: [{ documentType: 'tenderNotice' }] }),
      'insufficient-data few-documents',
    ],
    ['R005', 'a specification', open({ documents: [{ documentType: 'technicalSpecifications' }] }), 'not-triggered'],
    ['R010', 'direct, no reason told', { tender: { procurementMethod: 'direct' } }, 'insufficient-data no-rationale'],
    [
      'R010',
      'direct, a dash',
      { tender: { procurementMethod: 'direct', procurementMethodRationale: ' - ' } },
      'triggered 1',
    ],
    [
      'R010',
      'direct, a reason',
      { tender: { procurementMethod: 'direct', procurementMethodRationale: 'sole maker' } },
      'not-triggered',
    ],
    ['R010', 'open', open(), 'not-applicable other-method'],
    ['R010', 'method unknown', { tender: {} }, 'insufficient-data no-procurement-method'],
    ['R022', 'twice as dear', bids(bid('A', 100), bid('B', 200)), 'triggered 1'],
    ['R022', 'a little less', bids(bid('A', 100), bid('B', 199.99)), 'not-triggered'],
    ['R022', 'two bids of one', bids(bid('A', 100), bid('A', 500)), 'not-applicable no-other-bid'],
    [
      'R022',
      'two currencies',
      bids(bid('A', 100), bid('B', undefined, { value: kzt(900, 'USD') })),
      'not-applicable no-other-bid',
    ],
    ['R022', 'a bid without a price', bids(bid('A', 100), bid('B')), 'insufficient-data bid-without-price-or-status'],
    ['R022', 'a price of zero', bids(bid('A', 0), bid('B', 5)), 'error invalid-amount'],
    [
      'R022',
      'in one of two lots',
      bids(
        bid('A', 1, { relatedLots: ['1'] }),
        bid('B', 9, { relatedLots: ['1'] }),
        bid('C', 5, { relatedLots: ['2'] }),
      ),
      'triggered 8',
    ],
    ['R023', 'three times, nearly', bids(bid('A', 100), bid('B', 301)), 'triggered 3'],
    ['R023', 'three times and two parts of a hundred', bids(bid('A', 100), bid('B', 306)), 'not-triggered'],
    ['R023', 'six times', bids(bid('A', 100), bid('B', 600)), 'not-triggered'],
    ['R023', 'the same', bids(bid('A', 100), bid('B', 100)), 'not-triggered'],
    ['R031', 'all of the estimate', estimated(1000, award(995)), 'triggered 0.995'],
    ['R031', 'a little less', estimated(1000, award(994.99)), 'not-triggered'],
    [
      'R031',
      'one part not awarded',
      estimated(1000, award(995), { id: 'b', status: 'unsuccessful' }),
      'not-applicable not-all-awarded',
    ],
    [
      'R031',
      'another currency',
      { tender: { value: kzt(10, 'USD') }, awards: [award(10)] },
      'insufficient-data other-currency',
    ],
    ['R031', 'an estimate of zero', estimated(0, award(1)), 'error invalid-amount'],
    ['PZ-3-6', '30 % less', estimated(1000, award(700)), 'triggered 0.3'],
    ['PZ-3-6', 'not quite', estimated(1000, award(700.01)), 'not-triggered'],
    ['PZ-3-6', 'two awards together', estimated(1000, award(300), award(400, { id: 'b' })), 'triggered 0.3'],
    ['DZ-1', '60 %', estimated(1000, award(400)), 'not-triggered'],
    ['DZ-1', 'more', estimated(1000, award(399.99)), 'triggered 0.6'],
    [
      'DZ-1',
      'an award without a price',
      { tender: { value: kzt(1) }, awards: [{ status: 'active' }] },
      'insufficient-data award-without-price',
    ],
    ['R039', 'one of two open', { tender: { enquiries: [{ answer: 'yes' }, { id: '2' }] } }, 'triggered 1'],
    ['R039', 'none asked', { tender: { enquiries: [] } }, 'not-triggered'],
    ['R055', '95 MCI', direct(95 * 4_325), 'triggered 95'],
    ['R055', 'a tiyn less', direct(95 * 4_325 - 0.01), 'not-triggered'],
    ['R055', 'the limit itself', direct(100 * 4_325), 'not-triggered'],
    ['R055', 'works, 90 MCI', direct(90 * 4_325, 'works'), 'triggered 90'],
    ['R055', 'another category', direct(1, 'other'), 'not-applicable other-category'],
    [
      'R055',
      'a year without an MCI',
      {
        ...direct(1),
        tender: {
          procurementMethod: 'direct',
          mainProcurementCategory: 'goods',
          tenderPeriod: { startDate: '2031-01-01' },
        },
      },
      'insufficient-data no-unit-value-for-day',
    ],
    ['KZ-1', '8,000 MCI', goods(8_000), 'not-triggered'],
    ['KZ-1', 'above', goods(8_000.01), 'triggered 8000.01'],
    [
      'KZ-1',
      'by the central body',
      goods(9_000, { parties: [{ id: 'O', roles: ['centralPurchasingBody'] }] }),
      'not-triggered',
    ],
    ['KZ-1', 'parties not published', { ...goods(9_000), parties: undefined }, 'insufficient-data no-parties'],
    ['KZ-2', '10 % cheaper', building(1000, 900), 'not-triggered'],
    ['KZ-2', 'more', building(1000, 899), 'triggered 0.101'],
    ['KZ-2', 'design, 6 % cheaper', building(1000, 940, '71320000', 'services'), 'triggered 0.06'],
    ['KZ-2', 'software', building(1000, 1, '48000000'), 'not-applicable other-category'],
    ['R059', 'a tenth more', { awards: [award(100)], ...contract({ value: kzt(110) }) }, 'not-triggered'],
    ['R059', 'less by a fifth', { awards: [award(100)], ...contract({ value: kzt(80) }) }, 'triggered 0.2'],
    [
      'R060',
      '60 days',
      { awards: [award(1, { date: '2026-01-01' })], ...contract({ dateSigned: '2026-03-02' }) },
      'not-triggered',
    ],
    [
      'R060',
      '61 days',
      { awards: [award(1, { date: '2026-01-01' })], ...contract({ dateSigned: '2026-03-03' }) },
      'triggered 61',
    ],
    [
      'R060',
      'signed before',
      { awards: [award(1, { date: '2026-01-02' })], ...contract({ dateSigned: '2026-01-01' }) },
      'error signed-before-award',
    ],
    [
      'R060',
      'a cancelled contract',
      { awards: [award(1)], ...contract({ status: 'cancelled' }) },
      'not-applicable no-contract',
    ],
    [
      'R061',
      '59 days of works',
      {
        tender: { mainProcurementCategory: 'works' },
        ...contract({ dateSigned: '2026-01-01', period: { endDate: '2026-03-01' } }),
      },
      'triggered 59',
    ],
    [
      'R061',
      '60 days',
      {
        tender: { mainProcurementCategory: 'works' },
        ...contract({ dateSigned: '2026-01-01', period: { endDate: '2026-03-02' } }),
      },
      'not-triggered',
    ],
    [
      'R061',
      'goods',
      { tender: { mainProcurementCategory: 'goods' }, ...contract({}) },
      'not-applicable other-category',
    ],
    [
      'R062',
      '120 days',
      { tender: { tenderPeriod: period }, awards: [award(1, { date: '2026-06-20' })] },
      'not-triggered',
    ],
    [
      'R062',
      '121 days',
      { tender: { tenderPeriod: period }, awards: [award(1, { date: '2026-06-21' })] },
      'triggered 121',
    ],
    [
      'AQ-1',
      'the day before the end',
      { tender: { tenderPeriod: period }, awards: [award(1, { date: '2026-02-19' })] },
      'triggered 1',
    ],
    [
      'AQ-1',
      'on the day',
      { tender: { tenderPeriod: period }, awards: [award(1, { date: '2026-02-20' })] },
      'not-triggered',
    ],
    [
      'AQ-1',
      'an award without a date',
      { tender: { tenderPeriod: period }, awards: [award(1)] },
      'insufficient-data award-without-date',
    ],
    [
      'R063',
      '61 days and no contract',
      { date: '2026-04-12', awards: [award(1, { date: '2026-02-10' })] },
      'triggered 61',
    ],
    [
      'R063',
      'a contract',
      { date: '2026-04-12', awards: [award(1, { date: '2026-02-10' })], ...contract({}) },
      'not-triggered',
    ],
    ['R063', 'not yet', { date: '2026-04-11', awards: [award(1, { date: '2026-02-10' })] }, 'not-triggered'],
    ['R064', 'three changes', contract({ amendments: [{}, {}, {}] }), 'triggered 3'],
    ['R064', 'two changes', contract({ amendments: [{}, {}] }), 'not-triggered'],
    ['R068', 'what was agreed', contract({ value: kzt(0.3), ...paid(0.1, 0.2) }), 'not-triggered'],
    ['R068', 'what rounding makes', contract({ value: kzt(100), ...paid(50, 50.05) }), 'not-triggered'],
    ['R068', 'a tiyn more', contract({ value: kzt(100), ...paid(50, 50.06) }), 'triggered 0.0006'],
    [
      'R068',
      'a payment without an amount',
      contract({ value: kzt(1), implementation: { transactions: [{}] } }),
      'insufficient-data transaction-without-amount',
    ],
    ['R068', 'payments not published', contract({ value: kzt(1) }), 'insufficient-data no-transactions'],
    [
      'R069',
      'price and term',
      contract({
        amendments: [{ rationaleTypes: ['itemPriceVariation'] }, { changes: [{ property: 'period.endDate' }] }],
      }),
      'triggered 1',
    ],
    ['R069', 'term only', contract({ amendments: [{ rationaleTypes: ['durationExtension'] }] }), 'not-triggered'],
    ['R069', 'a change of nothing known', contract({ amendments: [{}] }), 'insufficient-data amendment-without-kind'],
    ['R070', 'a loser', { parties: [{ id: 'L', roles: ['tenderer', 'subcontractor'] }] }, 'triggered 1'],
    [
      'R070',
      'the winner',
      { parties: [{ id: 'W', roles: ['tenderer', 'supplier', 'subcontractor'] }] },
      'not-triggered',
    ],
    [
      'PZ-3-2',
      'two disqualified',
      {
        ...bids(bid('W', 1), bid('X', 1, { status: 'disqualified' }), bid('Y', 1, { status: 'disqualified' })),
        awards: [{ status: 'active', suppliers: [{ id: 'W' }] }],
      },
      'triggered 2',
    ],
    [
      'PZ-3-2',
      'one disqualified',
      {
        ...bids(bid('W', 1), bid('X', 1, { status: 'disqualified' })),
        awards: [{ status: 'active', suppliers: [{ id: 'W' }] }],
      },
      'not-triggered',
    ],
  ])('%s, %s', (code, _, release, says) => expect(say(code, release)).toBe(says));

  it('has at least one row above for each of them, and none answers for a cancelled tender or for nothing', () => {
    for (const code of PURCHASE_CODES) {
      expect(say(code, { tender: { status: 'cancelled' } })).toBe('not-applicable tender-cancelled');
      expect(say(code, {})).toMatch(/^insufficient-data /);
      expect(pointersOf(of(code).requires).length).toBeGreaterThan(0);
    }
  });
});
