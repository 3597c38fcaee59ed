import { describe, expect, it } from '@jest/globals';
import { dealOf } from './deal.rules.js';

const of = (iin: string): string => `person-${iin.slice(0, 4)}`;
const release = {
  ...{ ocid: 'ocds-1', date: '2025-05-01T00:00:00+05:00', buyer: { id: 'B' } },
  parties: [
    { id: 'B', identifier: { scheme: 'KZ-BIN', id: '050540000016' } },
    { id: 'one', identifier: { scheme: 'GB-COH', id: '1' } },
    { id: 'two', identifier: { scheme: 'KZ-IIN', id: '850101300015' } },
  ],
  tender: {
    ...{ procurementMethod: 'open', tenderPeriod: { endDate: '2025-03-31T19:30:00Z' } },
    ...{ procuringEntity: { id: 'R' }, items: [{ classification: { scheme: 'CPV', id: '45233141' } }] },
  },
  bids: {
    details: [
      { status: 'valid', tenderers: [{ id: 'one' }] },
      { status: 'disqualified', tenderers: [{ id: 'two' }] },
      { status: 'withdrawn', tenderers: [{ id: 'three' }] },
    ],
  },
  awards: [
    { id: 'a', status: 'active', suppliers: [{ id: 'one' }], value: { amount: 100, currency: 'KZT' } },
    { id: 'b', status: 'cancelled', suppliers: [{ id: 'two' }], value: { amount: 1, currency: 'KZT' } },
  ],
  contracts: [{ awardID: 'a', status: 'active', value: { amount: 125.5, currency: 'KZT' } }],
};

describe('who dealt with whom', () => {
  it('is told by the identifiers of the parties; a number of a person is keyed', () => {
    expect(dealOf(release, 'roads', of)).toEqual({
      ...{ day: '2025-04-01', areaCode: 'roads', buyer: 'KZ-BIN-050540000016', runner: 'ocds-1/R' },
      ...{ bidders: ['GB-COH-1', 'person-8501'], winners: ['GB-COH-1'], direct: false, itemClass: '4523' },
      ...{ awards: [{ to: ['GB-COH-1'], amount: 10_000, currency: 'KZT' }], rise: 0.255 },
    });
  });

  it.each([
    ['of a cancelled tender', { tender: { status: 'cancelled' } }],
    ['without any day', { date: 'soon', tender: {} }],
  ])('is nothing %s', (_, part) => expect(dealOf({ ...release, ...part }, 'roads', of)).toBeUndefined());

  it.each([
    ['an award of nothing', { awards: [{ ...release.awards[0], value: { amount: 0, currency: 'KZT' } }] }],
    ['another currency', { contracts: [{ awardID: 'a', value: { amount: 200, currency: 'USD' } }] }],
    ['another award', { contracts: [{ awardID: 'c', value: { amount: 200, currency: 'KZT' } }] }],
    [
      'a cancelled contract',
      { contracts: [{ awardID: 'a', status: 'cancelled', value: { amount: 200, currency: 'KZT' } }] },
    ],
  ])('compares no price with %s', (_, part) => expect(dealOf({ ...release, ...part }, 'roads', of)?.rise).toBeNull());
});
