import { describe, expect, it } from '@jest/globals';
import { withBinCheckDigit } from '@aiqyn/contracts';
import { admit, arrival, type Asset, type Declared, MAX_AMOUNT } from './declaration.rules.js';
import { FACT_KINDS, factKey } from './register-fact.rules.js';

const asset = (assetId: string, more: Partial<Asset> = {}): Asset => ({
  ...{ assetId, kind: 'vehicle', low: 100, high: 100 },
  ...more,
});
const worth = { low: 200, high: 300, day: '2026-03-01', source: 'appraisal' };
const declared: Declared = {
  ...{ personId: 'anna', year: 2025, version: 1, currency: 'KZT', bodyBin: '050540000016' },
  ...{ areaCode: 'roads', region: 'KZ-75', sections: {}, household: [] },
};
const member = (personId: string, relation: 'spouse' | 'affiliate' = 'spouse') => ({
  personId,
  relation,
  sections: {},
});
const iin = withBinCheckDigit('85010130001')!;

describe('a declaration', () => {
  it.each<[string, Partial<Declared>, string, string]>([
    ['in another currency', { currency: 'USD' }, 'unsupported_currency', 'currency'],
    ['of a year to come', { year: 2027 }, 'year_to_come', 'year'],
    ['with the official as spouse', { household: [member('anna')] }, 'refers_to_itself', 'household.0.iin'],
    [
      'with a loan from the official',
      { sections: { loansReceived: [{ loanId: 'l1', amount: 1, lender: 'anna' }] } },
      'refers_to_itself',
      'sections.loansReceived.0.lenderIin',
    ],
    [
      'with a loan from the spouse',
      {
        household: [member('berik')],
        sections: { loansReceived: [{ loanId: 'l1', amount: 1, lender: 'berik' }] },
      },
      'refers_to_itself',
      'sections.loansReceived.0.lenderIin',
    ],
    [
      'of a spouse with a loan from the official',
      {
        household: [{ ...member('berik'), sections: { loansReceived: [{ loanId: 'l1', amount: 1, lender: 'anna' }] } }],
      },
      'refers_to_itself',
      'household.0.sections.loansReceived.0.lenderIin',
    ],
    [
      'with a person twice',
      { household: [member('berik'), member('berik', 'affiliate')] },
      'same_person_twice',
      'household.1.iin',
    ],
    ['with two spouses', { household: [member('berik'), member('dina')] }, 'one_spouse', 'household'],
    ['with an asset twice', { sections: { assets: [asset('a'), asset('a')] } }, 'same_id_twice', 'sections.assets.1'],
    [
      'with a debt twice',
      {
        sections: {
          liabilities: [
            { loanId: 'l', amount: 1 },
            { loanId: 'l', amount: 2 },
          ],
        },
      },
      'same_id_twice',
      'sections.liabilities.1',
    ],
    ['that names a person', { sections: { assets: [asset(`car-${iin}`)] } }, 'names_a_person', 'sections.assets.0'],
    [
      'that names a person in an income',
      { sections: { incomes: [{ kind: 'sale', amount: 1, assetId: iin }] } },
      'names_a_person',
      'sections.incomes.0.0',
    ],
    [
      'with a range upside down',
      { sections: { assets: [asset('a', { low: 101 })] } },
      'bad_range',
      'sections.assets.0.low',
    ],
    [
      'with a value upside down',
      { sections: { assets: [asset('a', { value: { ...worth, low: 301 } })] } },
      'bad_range',
      'sections.assets.0.value.low',
    ],
    [
      'of an affiliate with a value of tomorrow',
      {
        household: [
          {
            ...member('dina', 'affiliate'),
            sections: { assets: [asset('a', { value: { ...worth, day: '2026-03-02' } })] },
          },
        ],
      },
      'day_to_come',
      'household.0.sections.assets.0.value.day',
    ],
    [
      'with a value of cash',
      { sections: { assets: [asset('a', { kind: 'cash', value: worth })] } },
      'balance_is_its_value',
      'sections.assets.0.value',
    ],
    [
      'whose values are beyond exact',
      {
        sections: {
          assets: Array.from({ length: 21 }, (_, i) => asset(`a${i}`, { value: { ...worth, high: MAX_AMOUNT } })),
        },
      },
      'sum_too_large',
      'sections',
    ],
    [
      'whose sum is beyond exact',
      { sections: { incomes: Array.from({ length: 21 }, () => ({ kind: 'salary', amount: MAX_AMOUNT })) } },
      'sum_too_large',
      'sections',
    ],
  ])('%s is refused, naming the field', (_, change, code, field) => {
    expect(() => admit({ ...declared, ...change }, '2026-03-01')).toThrow(
      expect.objectContaining({ code, details: expect.objectContaining({ field }) }),
    );
  });

  it('may tell a value of today, above the cost or below', () => {
    for (const value of [worth, { ...worth, low: 0, high: 0 }])
      expect(() => admit({ ...declared, sections: { assets: [asset('a', { value })] } }, '2026-03-01')).not.toThrow();
  });

  it('may name an asset that both spouses declare, and an affiliate who lends', () => {
    const both = { ...member('berik'), sections: { assets: [asset('home')] } };
    const lends = { loansReceived: [{ loanId: 'l', amount: 5, lender: 'dina' }] };
    const household = [both, member('dina', 'affiliate')];
    expect(() =>
      admit({ ...declared, sections: { assets: [asset('home')], ...lends }, household }, '2025-12-31'),
    ).not.toThrow();
  });

  it.each([
    [2, 'h2', [], 'current'],
    [2, 'h2', [{ version: 1, hash: 'h1' }], 'current'],
    [1, 'h1', [{ version: 2, hash: 'h2' }], 'superseded'],
    [1, 'h1', [{ version: 1, hash: 'h1' }], 'known'],
  ] as const)('of version %i (%s) after %j is %s', (version, hash, kept, taken) => {
    expect(arrival(version, hash, kept)).toBe(taken);
  });

  it('cannot take a version that stands for another content', () => {
    expect(() => arrival(1, 'other', [{ version: 1, hash: 'h1' }])).toThrow(
      expect.objectContaining({ code: 'version_taken', details: { field: 'version' } }),
    );
  });
});

describe('a fact of a register', () => {
  const whole = { personId: 'anna', assetId: 'a', year: 2025, toYear: 2026, amount: 5, ...worth };

  it.each([
    ['tax-income', { personId: 'anna', year: 2025, amount: 5 }, 'tax-income:anna:2025'],
    ['asset', { personId: 'anna', assetId: 'a', year: 2025 }, 'asset:anna:a'],
    ['reference-price', { assetId: 'a', amount: 5 }, 'reference-price:a'],
    ['asset-value', { assetId: 'a', ...worth }, 'asset-value:a:appraisal:2026-03-01'],
  ] as const)('%s has a key without its version', (kind, fields, key) => {
    expect(factKey({ kind, version: 1, ...fields }, 'facts.0', '2026-03-01')).toBe(key);
    for (const field of Object.keys(fields))
      expect(() => factKey({ kind, version: 1, ...fields, [field]: undefined }, 'facts.0', '2026-03-01')).toThrow(
        expect.objectContaining({
          code: 'wrong_fields',
          details: { field: `facts.0.${field === 'personId' ? 'iin' : field}` },
        }),
      );
  });

  it.each(FACT_KINDS)('%s has no field of another kind', (kind) => {
    expect(() => factKey({ kind, version: 1, ...whole }, 'facts.0', '2026-03-01')).toThrow(
      expect.objectContaining({ code: 'wrong_fields' }),
    );
  });

  it.each([
    ['upside down', { low: 301 }, 'bad_range', 'facts.0.low'],
    ['of tomorrow', { day: '2026-03-02' }, 'day_to_come', 'facts.0.day'],
  ])('asset-value %s is refused, naming the field', (_, change, code, field) => {
    const fact = { kind: 'asset-value', version: 1, assetId: 'a', ...worth, ...change } as const;
    expect(() => factKey(fact, 'facts.0', '2026-03-01')).toThrow(expect.objectContaining({ code, details: { field } }));
  });
});
