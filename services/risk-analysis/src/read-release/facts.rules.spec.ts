import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { factsOf } from './facts.rules.js';

const bid = (more: object) => ({ ocid: 'o', bids: { details: [more] } });

describe('the facts of a release', () => {
  it.each<[string, unknown]>([
    ['a text', 'x'],
    ['null', null],
    ['a list', []],
    ['an object without ocid', {}],
    ['an ocid that is an object', { ocid: { $gt: '' } }],
    ['an empty ocid', { ocid: '' }],
  ])('%s has none', (_, value) => expect(factsOf(value)).toBeUndefined());

  it('take a number for an ocid and for ids, and say so; Cardinal does not', () => {
    const release = {
      ocid: 7,
      buyer: { id: 5 },
      ...{ bids: { details: [{ status: 'valid', tenderers: [{ id: 3 }] }] } },
    };
    expect(factsOf(release)).toMatchObject({ ocid: '7', buyer: '5', bids: [{ tenderers: ['3'] }] });
    expect(factsOf(release)!.issues.map((i) => i.problem)).toEqual(['not-text', 'not-text']);
    expect(factsOf(release, true)).toBeUndefined();
    expect(factsOf({ ...release, ocid: 'o' }, true)).toMatchObject({
      buyer: undefined,
      bids: [{ tenderers: [], parties: 1 }],
    });
  });

  it.each<[string, object, string, string]>([
    ['a bid without status', bid({ tenderers: [{ id: 'a' }] }), '/bids/details/status', 'not-set'],
    ['an unknown status', bid({ status: 'Valid', tenderers: [] }), '/bids/details/status', 'unknown-code'],
    [
      'an amount as text',
      bid({ status: 'valid', value: { amount: '5' } }),
      '/bids/details/value/amount',
      'not-a-number',
    ],
    ['a tenderer without id', bid({ status: 'valid', tenderers: [{}] }), '/bids/details/tenderers/id', 'not-set'],
    [
      'a number as text',
      { ocid: 'o', tender: { numberOfTenderers: '1' } },
      '/tender/numberOfTenderers',
      'not-a-number',
    ],
    ['an award without status', { ocid: 'o', awards: [{}] }, '/awards/status', 'not-set'],
  ])('name %s', (_, release, path, problem) => expect(factsOf(release)!.issues).toContainEqual({ path, problem }));

  it('never throw and never hold a number that is none, whatever they are made of', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), fc.jsonValue(), fc.boolean(), (tender, bids, awards, strict) => {
        for (const release of [
          { ocid: 'o', tender, bids, awards },
          { ocid: 'o', tender: { tenderPeriod: tender }, bids: { details: bids }, awards },
          {
            ocid: 'o',
            bids: { details: [bids, { tenderers: awards, value: tender }] },
            awards: [awards, { items: bids }],
          },
        ]) {
          const facts = factsOf(release, strict)!;
          for (const { amount } of facts.bids ?? []) expect(amount === undefined || Number.isFinite(amount)).toBe(true);
        }
      }),
    );
  });
});
