import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { OFFENCE_CLASSES, unitTable, valueOn } from '@aiqyn/contracts';
import { readRewardPolicies } from '../policies/reward-policies.js';
import { decimal, divide, hundredths } from './money.rules.js';
import { EXCLUSIONS, packOn, type RewardPack, rewardPack } from './reward-pack.rules.js';
import { calculateReward, type CalculatedReward, type RewardInputs } from './reward.rules.js';

const { packs, tables } = readRewardPolicies();
const packOf = (id: string): RewardPack => packs.find((p) => p.id === id)!;
const mci = tables.get('mci-kz')!;

const reward = (
  pack: string | RewardPack,
  decision: string,
  category: string | undefined,
  damage: string,
  more: Partial<RewardInputs> = {},
): CalculatedReward =>
  calculateReward(typeof pack === 'string' ? packOf(pack) : pack, tables, {
    ...(category ? { category } : {}),
    damageTiyn: hundredths(damage),
    days: { decision },
    reporters: 1,
    ...more,
  });

const refusal = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    return (error as { code: string }).code;
  }
  return 'accepted';
};

describe('MCI by date', () => {
  it.each([
    ['2012-01-01', 1618],
    ['2013-06-01', 1731],
    ['2014-12-31', 1852],
    ['2015-01-01', 1982],
    ['2016-01-01', 2121],
    ['2017-01-01', 2269],
    ['2018-07-01', 2405],
    ['2018-12-31', 2405],
    ['2019-01-01', 2525],
    ['2019-12-31', 2525],
    ['2020-01-01', 2651],
    ['2020-03-31', 2651],
    ['2020-04-01', 2778],
    ['2020-12-31', 2778],
    ['2021-06-15', 2917],
    ['2022-01-01', 3063],
    ['2022-03-31', 3063],
    ['2022-04-01', 3180],
    ['2023-01-01', 3450],
    ['2024-12-31', 3692],
    ['2025-01-01', 3932],
    ['2025-12-31', 3932],
    ['2026-01-01', 4325],
    ['2026-12-31', 4325],
  ])('on %s it is %i tenge', (day, tenge) => expect(valueOn(mci, day)).toBe(tenge * 100));

  it.each(['2011-12-31', '2027-01-01'])('is not invented for %s', (day) => {
    expect(() => valueOn(mci, day)).toThrow(
      expect.objectContaining({ code: 'no_value_for_day', message: expect.stringContaining('mci-kz') }),
    );
  });
});

describe('the golden table of rewards', () => {
  it.each([
    // Fixed tiers before the share was introduced (domain notes, reporting c1).
    ['KZ-2012', '2012-09-01', 'administrative', '0', '48540.00', 'tier'],
    ['KZ-2012', '2012-09-01', 'minor', '0', '64720.00', 'tier'],
    ['KZ-2012', '2012-09-01', 'medium', '0', '80900.00', 'tier'],
    ['KZ-2012', '2012-09-01', 'grave', '0', '113260.00', 'tier'],
    ['KZ-2012', '2012-09-01', 'especially-grave', '0', '161800.00', 'tier'],
    ['KZ-2015', '2016-01-01', 'administrative', '0', '63630.00', 'tier'],
    ['KZ-2015', '2016-05-01', 'minor', '0', '84840.00', 'tier'],
    ['KZ-2015', '2016-05-01', 'medium', '0', '106050.00', 'tier'],
    ['KZ-2015', '2016-05-01', 'grave', '0', '148470.00', 'tier'],
    ['KZ-2015', '2016-05-01', 'especially-grave', '0', '212100.00', 'tier'],
    ['KZ-2015', '2016-05-01', 'especially-grave', '900000000', '212100.00', 'tier'],
    ['KZ-2015', '2019-05-01', 'minor', '900000000', '101000.00', 'tier'],
    ['KZ-2015', '2020-02-03', 'administrative', '2651000.01', '79530.00', 'tier'],
    // Tiers, each year's MCI, no damage.
    ['KZ-2020', '2020-02-04', 'administrative', '0', '79530.00', 'tier'],
    ['KZ-2020', '2020-02-04', 'minor', '0', '106040.00', 'tier'],
    ['KZ-2020', '2020-03-31', 'medium', '0', '132550.00', 'tier'],
    ['KZ-2020', '2020-03-31', 'grave', '0', '185570.00', 'tier'],
    ['KZ-2020', '2020-03-31', 'especially-grave', '0', '265100.00', 'tier'],
    ['KZ-2020', '2020-04-01', 'especially-grave', '0', '277800.00', 'tier'],
    ['KZ-2020', '2021-05-01', 'administrative', '0', '87510.00', 'tier'],
    ['KZ-2020', '2021-05-01', 'minor', '0', '116680.00', 'tier'],
    ['KZ-2020', '2021-05-01', 'medium', '0', '145850.00', 'tier'],
    ['KZ-2020', '2021-05-01', 'grave', '0', '204190.00', 'tier'],
    ['KZ-2020', '2021-05-01', 'especially-grave', '0', '291700.00', 'tier'],
    ['KZ-2020', '2022-02-01', 'administrative', '0', '91890.00', 'tier'],
    ['KZ-2020', '2022-02-01', 'minor', '0', '122520.00', 'tier'],
    ['KZ-2020', '2022-02-01', 'medium', '0', '153150.00', 'tier'],
    ['KZ-2020', '2022-02-01', 'grave', '0', '214410.00', 'tier'],
    ['KZ-2020', '2022-02-01', 'especially-grave', '0', '306300.00', 'tier'],
    ['KZ-2023', '2023-09-15', 'administrative', '0', '103500.00', 'tier'],
    ['KZ-2023', '2023-09-15', 'minor', '0', '138000.00', 'tier'],
    ['KZ-2023', '2023-09-15', 'medium', '0', '172500.00', 'tier'],
    ['KZ-2023', '2023-09-15', 'grave', '0', '241500.00', 'tier'],
    ['KZ-2023', '2023-09-15', 'especially-grave', '0', '345000.00', 'tier'],
    ['KZ-2023', '2024-05-01', 'administrative', '0', '110760.00', 'tier'],
    ['KZ-2023', '2024-05-01', 'minor', '0', '147680.00', 'tier'],
    ['KZ-2023', '2024-05-01', 'medium', '0', '184600.00', 'tier'],
    ['KZ-2023', '2024-05-01', 'grave', '0', '258440.00', 'tier'],
    ['KZ-2023', '2024-05-01', 'especially-grave', '0', '369200.00', 'tier'],
    ['KZ-2023', '2025-05-01', 'administrative', '0', '117960.00', 'tier'],
    ['KZ-2023', '2025-05-01', 'minor', '0', '157280.00', 'tier'],
    ['KZ-2023', '2025-05-01', 'medium', '0', '196600.00', 'tier'],
    ['KZ-2023', '2025-05-01', 'grave', '0', '275240.00', 'tier'],
    ['KZ-2023', '2025-05-01', 'especially-grave', '0', '393200.00', 'tier'],
    ['KZ-2023', '2026-05-01', 'administrative', '0', '129750.00', 'tier'],
    ['KZ-2023', '2026-05-01', 'minor', '0', '173000.00', 'tier'],
    ['KZ-2023', '2026-05-01', 'medium', '0', '216250.00', 'tier'],
    ['KZ-2023', '2026-05-01', 'grave', '0', '302750.00', 'tier'],
    ['KZ-2023', '2026-05-01', 'especially-grave', '0', '432500.00', 'tier'],
    // Both sides of 1000 MCI in each year, and on both sides of a change within the year.
    ['KZ-2020', '2020-03-31', 'minor', '2651000', '106040.00', 'tier'],
    ['KZ-2020', '2020-03-31', 'minor', '2651000.01', '265100.00', 'percent'],
    ['KZ-2020', '2020-04-01', 'minor', '2651000.01', '111120.00', 'tier'],
    ['KZ-2020', '2020-04-01', 'minor', '2778000.01', '277800.00', 'percent'],
    ['KZ-2020', '2021-12-31', 'minor', '2917000', '116680.00', 'tier'],
    ['KZ-2020', '2021-12-31', 'minor', '2917000.01', '291700.00', 'percent'],
    ['KZ-2020', '2022-03-31', 'minor', '3063000', '122520.00', 'tier'],
    ['KZ-2020', '2022-03-31', 'minor', '3063000.01', '306300.00', 'percent'],
    ['KZ-2020', '2022-04-01', 'minor', '3063000.01', '127200.00', 'tier'],
    ['KZ-2023', '2023-12-31', 'grave', '3450000', '241500.00', 'tier'],
    ['KZ-2023', '2023-12-31', 'grave', '3450000.01', '345000.00', 'percent'],
    ['KZ-2023', '2024-12-31', 'minor', '3692000', '147680.00', 'tier'],
    ['KZ-2023', '2024-12-31', 'minor', '3692000.01', '369200.00', 'percent'],
    ['KZ-2023', '2025-12-31', 'minor', '3932000', '157280.00', 'tier'],
    ['KZ-2023', '2025-12-31', 'minor', '3932000.01', '393200.00', 'percent'],
    ['KZ-2023', '2026-01-15', 'administrative', '4325000.00', '129750.00', 'tier'],
    ['KZ-2023', '2026-01-15', 'administrative', '4325000.01', '432500.00', 'percent'],
    ['KZ-2023', '2026-05-01', 'especially-grave', '4325000', '432500.00', 'tier'],
    ['KZ-2023', '2026-05-01', 'especially-grave', '4325000.01', '432500.00', 'percent'],
    // The share, whatever the class; a fraction of a tiyn is dropped.
    ['KZ-2023', '2025-05-01', 'especially-grave', '10000000', '1000000.00', 'percent'],
    ['KZ-2023', '2026-05-01', 'medium', '50000000.55', '5000000.05', 'percent'],
    ['KZ-2023', '2026-05-01', 'medium', '50000000.59', '5000000.05', 'percent'],
    ['KZ-2023', '2026-05-01', 'medium', '50000000.60', '5000000.06', 'percent'],
    // The cap of 4000 MCI binds above 40,000 MCI of damage.
    ['KZ-2020', '2020-03-31', 'grave', '200000000', '10604000.00', 'cap'],
    ['KZ-2020', '2021-06-01', 'grave', '200000000', '11668000.00', 'cap'],
    ['KZ-2020', '2022-02-01', 'grave', '200000000', '12252000.00', 'cap'],
    ['KZ-2023', '2023-12-31', 'grave', '138000000', '13800000.00', 'percent'],
    ['KZ-2023', '2023-12-31', 'grave', '138000000.10', '13800000.00', 'cap'],
    ['KZ-2023', '2024-12-31', 'grave', '500000000', '14768000.00', 'cap'],
    ['KZ-2023', '2025-05-01', 'grave', '9000000000', '15728000.00', 'cap'],
    ['KZ-2023', '2026-05-01', 'grave', '172999999.99', '17299999.99', 'percent'],
    ['KZ-2023', '2026-05-01', 'grave', '173000000', '17300000.00', 'percent'],
    ['KZ-2023', '2026-05-01', 'grave', '173000000.10', '17300000.00', 'cap'],
    ['KZ-2023', '2026-05-01', 'administrative', '90000000000', '17300000.00', 'cap'],
  ] as const)('%s, decided %s, %s, damage %s: %s by %s', (pack, day, category, damage, amount, basis) => {
    const result = reward(pack, day, category, damage);
    expect([decimal(result.amount), result.basis, result.currency]).toEqual([amount, basis, 'KZT']);
  });

  it.each<[string, string, string | undefined, string, Partial<RewardInputs>, string, string]>([
    // 5000 subsistence minimums (2,102 hryvnias in January 2020) and above; cap 3000 minimum wages, both of the offence's day.
    [
      'UA',
      '2022-05-01',
      undefined,
      '10509999.99',
      { days: { decision: '2022-05-01', offence: '2020-05-01' } },
      '0.00',
      'none',
    ],
    [
      'UA',
      '2022-05-01',
      undefined,
      '10510000',
      { days: { decision: '2022-05-01', offence: '2020-05-01' } },
      '1051000.00',
      'percent',
    ],
    [
      'UA',
      '2022-05-01',
      undefined,
      '500000000',
      { days: { decision: '2022-05-01', offence: '2020-05-01' } },
      '14169000.00',
      'cap',
    ],
    [
      'UA',
      '2022-05-01',
      undefined,
      '500000000',
      { days: { decision: '2022-05-01', offence: '2021-05-01' } },
      '18000000.00',
      'cap',
    ],
    // From 3 to 25 base units (270,000 soums) as the commission chooses; above 100 of them a share.
    ['UZ-2021', '2021-10-01', undefined, '0', { units: 3 }, '810000.00', 'tier'],
    ['UZ-2021', '2021-10-01', undefined, '27000000', { units: 25 }, '6750000.00', 'tier'],
    ['UZ-2021', '2021-10-01', undefined, '27000000.01', { rateBp: 1000 }, '2700000.00', 'percent'],
    ['UZ-2021', '2021-10-01', undefined, '27000000.01', { rateBp: 1500 }, '4050000.00', 'percent'],
    // More than a million dollars, from 10 to 30 %, no cap.
    ['US-SEC', '2024-05-01', undefined, '1000000', {}, '0.00', 'none'],
    ['US-SEC', '2024-05-01', undefined, '1000000.01', { rateBp: 1000 }, '100000.00', 'percent'],
    ['US-SEC', '2024-05-01', undefined, '2000000', { rateBp: 3000 }, '600000.00', 'percent'],
    ['US-SEC', '2024-05-01', undefined, '9000000000', { rateBp: 3000 }, '2700000000.00', 'percent'],
    // Up to 30 % of what was recovered; the cap depends on the kind.
    ['KR-ACRC', '2024-05-01', 'corruption', '1000000', { rateBp: 2000 }, '200000.00', 'percent'],
    ['KR-ACRC', '2024-05-01', 'corruption', '90000000000', { rateBp: 3000 }, '3000000000.00', 'cap'],
    ['KR-ACRC', '2024-05-01', 'public-interest', '90000000000', { rateBp: 3000 }, '2000000000.00', 'cap'],
  ])('%s, decided %s, %s, damage %s, %j: %s by %s', (pack, day, category, damage, more, amount, basis) => {
    const result = reward(pack, day, category, damage, more);
    expect([decimal(result.amount), result.basis]).toEqual([amount, basis]);
  });

  it.each([
    ['decision', '2025-02-01', '117960.00'],
    ['report', '2024-02-01', '110760.00'],
    ['offence', '2022-05-01', '95400.00'],
    ['payment', '2026-02-01', '129750.00'],
  ] as const)('takes the MCI of the day of the %s (%s) when the policy says so', (valueOnDay, _, amount) => {
    const days = { decision: '2025-02-01', report: '2024-02-01', offence: '2022-05-01', payment: '2026-02-01' };
    const pack = { ...packOf('KZ-2023'), valueOn: valueOnDay };
    expect(decimal(reward(pack, days.decision, 'administrative', '0', { days }).amount)).toBe(amount);
  });

  it('keeps to a floor when a policy has one', () => {
    const pack = { ...packOf('KZ-2023'), floor: { amount: 50_000_000 } };
    expect(reward(pack, '2026-01-15', 'minor', '4325000.01')).toMatchObject({ basis: 'floor', amount: 50_000_000 });
  });
});

describe('several reporters', () => {
  it.each([
    [3, undefined, ['43250.00', '43250.00', '43250.00'], '0'],
    // 432,500.02 by three: two tiyn remain and go to the first two who came.
    [3, undefined, ['144166.68', '144166.67', '144166.67'], '4325000.29'],
    [7, undefined, ['61785.72', '61785.72', '61785.72', '61785.71', '61785.71', '61785.71', '61785.71'], '4325000.01'],
  ] as const)('%i of them share in equal parts, the odd tiyn to the first', (reporters, _, shares, damage) => {
    const result = reward('KZ-2023', '2026-01-15', 'administrative', damage, { reporters });
    expect(result.shares.map(decimal)).toEqual(shares);
    expect(result.steps.at(-1)).toContain('equal parts in order of arrival');
  });

  it('share by contribution where the policy says so', () => {
    const { shares } = reward('US-SEC', '2024-05-01', undefined, '2000000.03', {
      rateBp: 1000,
      reporters: 3,
      contributions: [50, 49, 1],
    });
    expect(shares.map(decimal)).toEqual(['100000.00', '98000.00', '2000.00']);
  });

  it('get parts that add up to the whole and differ by at most one when equal', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 50 }), fc.integer({ min: 1, max: 50 }), (amount, n) => {
        const parts = divide(amount, Array<number>(n).fill(1));
        expect(parts.reduce((a, b) => a + b, 0)).toBe(amount);
        expect(parts[0]! - parts.at(-1)!).toBeLessThanOrEqual(1);
        expect(parts).toEqual([...parts].sort((a, b) => b - a));
      }),
    );
  });

  it('get parts by weight that add up to the whole', () => {
    const weights = fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 20 }).filter((w) => w.some((x) => x > 0));
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 50 }), weights, (amount, given) => {
        expect(divide(amount, given).reduce((a, b) => a + b, 0)).toBe(amount);
      }),
    );
  });
});

describe('what is refused', () => {
  const kz =
    (more: Partial<RewardInputs> = {}, category = 'minor') =>
    () =>
      reward('KZ-2023', '2026-01-15', category, '0', more);
  it.each<[string, () => unknown, string]>([
    ['a day before the policy', () => reward('KZ-2023', '2023-09-14', 'minor', '0'), 'no_pack_for_day'],
    ['a day after it', () => reward('KZ-2015', '2020-02-04', 'minor', '0'), 'no_pack_for_day'],
    ['a year whose MCI is not known', () => reward('KZ-2023', '2027-01-01', 'minor', '0'), 'no_value_for_day'],
    [
      'an offence before the table',
      () => reward('UA', '2022-05-01', undefined, '1', { days: { decision: '2022-05-01', offence: '2019-12-31' } }),
      'no_value_for_day',
    ],
    ['a day that the policy needs and nobody gave', () => reward('UA', '2022-05-01', undefined, '1'), 'choice_needed'],
    ['no category where tiers differ', () => reward('KZ-2023', '2026-01-15', undefined, '0'), 'bad_category'],
    ['an unknown category', kz({}, 'huge'), 'bad_category'],
    ['a negative damage', kz({ damageTiyn: -1 }), 'bad_amount'],
    ['half a tiyn', kz({ damageTiyn: 0.5 }), 'bad_amount'],
    ['no reporter', kz({ reporters: 0 }), 'bad_reporters'],
    ['a choice of units that the policy does not leave', kz({ units: 31 }), 'out_of_range'],
    ['a choice of rate that the policy does not leave', kz({ rateBp: 1000 }), 'not_a_choice'],
    ['contributions where parts are equal', kz({ reporters: 2, contributions: [1, 2] }), 'not_a_choice'],
    ['no rate where there is a choice', () => reward('US-SEC', '2024-05-01', undefined, '2000000'), 'choice_needed'],
    [
      'a rate under the range',
      () => reward('US-SEC', '2024-05-01', undefined, '2000000', { rateBp: 999 }),
      'out_of_range',
    ],
    [
      'a rate over the range',
      () => reward('US-SEC', '2024-05-01', undefined, '2000000', { rateBp: 3001 }),
      'out_of_range',
    ],
    ['units under the range', () => reward('UZ-2021', '2021-10-01', undefined, '0', { units: 2 }), 'out_of_range'],
    ['units over the range', () => reward('UZ-2021', '2021-10-01', undefined, '0', { units: 26 }), 'out_of_range'],
    [
      'contributions of others',
      () => reward('US-SEC', '2024-05-01', undefined, '2000000', { rateBp: 1000, reporters: 2, contributions: [1] }),
      'choice_needed',
    ],
  ])('%s', (_, work, code) => expect(refusal(work)).toBe(code));

  it.each(['-1', '1e9', '1.001', 'abc', '', ' 1', '1,5', '+1', '.5', '5.', '123456789012345', '0x10'])(
    'the amount "%s"',
    (text) => expect(refusal(() => hundredths(text))).toBe('bad_amount'),
  );
});

describe('a result', () => {
  it.each([
    reward('KZ-2023', '2025-08-01', 'grave', '7654321.09', { reporters: 3 }),
    reward('KZ-2020', '2020-04-01', 'minor', '0'),
    reward('UZ-2021', '2021-10-01', undefined, '27000000.01', { rateBp: 1250 }),
    reward('US-SEC', '2024-05-01', undefined, '3000000', { rateBp: 2500, reporters: 2, contributions: [3, 1] }),
  ])('is the same when computed again from what is stored with it', (first) => {
    const { unitsTiyn: _, ...inputs } = JSON.parse(JSON.stringify(first.inputs)) as typeof first.inputs;
    expect(calculateReward(packOf(first.policy), tables, inputs)).toEqual(first);
  });

  it('tells its steps and the values that it used', () => {
    const result = reward('KZ-2023', '2026-01-15', 'administrative', '4325000.01');
    expect(result.inputs.unitsTiyn).toEqual({ 'mci-kz': { day: '2026-01-15', amount: 432_500, version: 1 } });
    expect(result.steps).toEqual([
      'Policy KZ-2023, version 1, in force since 2023-09-15; category administrative, damage 4,325,000.01 KZT.',
      '1 MCI on 2026-01-15 (day of the decision) is 4,325.00 KZT.',
      'Threshold 4,325,000.00 KZT: the damage is above it.',
      '10 % of 4,325,000.01 KZT, fractions of a hundredth dropped, is 432,500.00 KZT.',
    ]);
  });

  it('is a whole number of tiyn, never over the cap, and above the threshold never falls with more damage', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 432_500_001, max: 2 ** 50 }),
        fc.integer({ min: 0, max: 2 ** 40 }),
        fc.constantFrom(...OFFENCE_CLASSES),
        (damage, more, category) => {
          const of = (damageTiyn: number) => reward('KZ-2023', '2026-02-01', category, '0', { damageTiyn }).amount;
          expect(Number.isSafeInteger(of(damage))).toBe(true);
          expect(of(damage)).toBeLessThanOrEqual(4000 * 432_500);
          expect(of(damage + more)).toBeGreaterThanOrEqual(of(damage));
        },
      ),
    );
  });
});

describe('the packs', () => {
  const ids = [...tables.keys()];
  const raw = packOf('KZ-2023') as unknown as Record<string, unknown>;

  it.each([
    ['2012-08-23', 'KZ-2012'],
    ['2015-12-31', 'KZ-2012'],
    ['2016-01-01', 'KZ-2015'],
    ['2020-02-03', 'KZ-2015'],
    ['2020-02-04', 'KZ-2020'],
    ['2023-09-14', 'KZ-2020'],
    ['2023-09-15', 'KZ-2023'],
    ['2026-11-25', 'KZ-2023'],
  ])('on %s in Kazakhstan: %s', (day, id) => expect(packOn(packs, 'KZ', day).id).toBe(id));

  it('leave no day to two packs of one state', () => {
    for (const pack of packs)
      for (const day of [pack.effectiveFrom, pack.effectiveTo ?? '2026-11-25']) {
        const holding = packs.filter(
          (p) => p.jurisdiction === pack.jurisdiction && p.effectiveFrom <= day && day <= (p.effectiveTo ?? day),
        );
        expect(holding.map((p) => p.id)).toEqual([pack.id]);
      }
  });

  it('know nothing before the first', () =>
    expect(refusal(() => packOn(packs, 'KZ', '2012-08-22'))).toBe('no_pack_for_day'));

  it.each([
    ['id', 7],
    ['source', undefined],
    ['checked', 'yes'],
    ['version', 0],
    ['currency', 'tenge'],
    ['jurisdiction', 'Kazakhstan'],
    ['effectiveFrom', '2023-02-30'],
    ['effectiveTo', '2020-01-01'],
    ['valueOn', 'birthday'],
    ['tiers.of', { ...(raw['tiers'] as object), of: 'gold' }],
    ['tiers.units.minor', { of: 'mci-kz', units: { administrative: 30 } }],
    ['tiers.units', { of: 'mci-kz', units: { from: 5, to: 3 } }],
    ['share.above', { ...(raw['share'] as object), above: { units: 1000, of: 'gold' } }],
    ['share.fromBp', { ...(raw['share'] as object), toBp: 10_001 }],
    ['cap', { units: -1, of: 'mci-kz' }],
    ['split', 'by-lot'],
    ['claimWindowDays', 0],
    ['exclusions', ['red-hair']],
    ['formula', 'damage * 2'],
  ])('are refused at load with the name of the field %s', (field, value) => {
    const bad = JSON.parse(JSON.stringify({ ...raw, [field.split('.')[0]!]: value })) as unknown;
    expect(() => rewardPack(bad, ids)).toThrow(expect.objectContaining({ code: 'bad_policy', details: { field } }));
  });

  it.each([
    ['values', []],
    [
      'values[1].effectiveFrom',
      [
        { effectiveFrom: '2020-01-01', amount: 1 },
        { effectiveFrom: '2020-01-01', amount: 2 },
      ],
    ],
    ['values[0].amount', [{ effectiveFrom: '2020-01-01', amount: 0.5 }]],
  ])('need tables that are right at %s', (field, values) => {
    expect(() => unitTable({ ...mci, values })).toThrow(
      expect.objectContaining({ code: 'bad_policy', details: { field } }),
    );
  });

  it('exclude only for reasons that the platform knows', () => {
    for (const { exclusions } of packs) expect(EXCLUSIONS).toEqual(expect.arrayContaining([...exclusions]));
  });
});
