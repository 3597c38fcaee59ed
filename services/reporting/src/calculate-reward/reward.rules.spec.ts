import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { OFFENCE_CLASSES, type OffenceClass } from '@aiqyn/contracts';
import { calculateReward, mciOn, mciTable, rewardPack } from './reward.rules.js';

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../data/policies/${name}.json`, import.meta.url), 'utf8'));
const pack = rewardPack(read('reward-kz-2023'));
const table = mciTable(read('mci'));
const reward = (decidedOn: string, offenceClass: OffenceClass, damageTenge: number) =>
  calculateReward({ pack, mciTable: table, decidedOn, offenceClass, damageTiyn: Math.round(damageTenge * 100) });

describe('MCI by date', () => {
  it.each([
    ['2016-01-01', 2121],
    ['2019-12-31', 2121],
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
  ])('on %s it is %i tenge', (day, tenge) => expect(mciOn(table, day)).toBe(tenge * 100));

  it('says from when it knows', () => {
    expect(() => mciOn(table, '2014-12-31')).toThrow('2015-01-01');
  });
});

describe('the reward of pack KZ-2023', () => {
  it.each([
    // Tiers, each year's MCI, no damage (domain notes, reporting c1).
    ['2023-09-15', 'administrative', 0, 103_500, 'tier'],
    ['2023-09-15', 'minor', 0, 138_000, 'tier'],
    ['2023-09-15', 'medium', 0, 172_500, 'tier'],
    ['2023-09-15', 'grave', 0, 241_500, 'tier'],
    ['2023-09-15', 'especially-grave', 0, 345_000, 'tier'],
    ['2024-05-01', 'administrative', 0, 110_760, 'tier'],
    ['2024-05-01', 'minor', 0, 147_680, 'tier'],
    ['2024-05-01', 'medium', 0, 184_600, 'tier'],
    ['2024-05-01', 'grave', 0, 258_440, 'tier'],
    ['2024-05-01', 'especially-grave', 0, 369_200, 'tier'],
    ['2025-05-01', 'administrative', 0, 117_960, 'tier'],
    ['2025-05-01', 'minor', 0, 157_280, 'tier'],
    ['2025-05-01', 'medium', 0, 196_600, 'tier'],
    ['2025-05-01', 'grave', 0, 275_240, 'tier'],
    ['2025-05-01', 'especially-grave', 0, 393_200, 'tier'],
    ['2026-05-01', 'administrative', 0, 129_750, 'tier'],
    ['2026-05-01', 'minor', 0, 173_000, 'tier'],
    ['2026-05-01', 'medium', 0, 216_250, 'tier'],
    ['2026-05-01', 'grave', 0, 302_750, 'tier'],
    ['2026-05-01', 'especially-grave', 0, 432_500, 'tier'],
    // Both sides of 1000 MCI: the golden boundary of 2026.
    ['2026-05-01', 'administrative', 4_325_000, 129_750, 'tier'],
    ['2026-05-01', 'administrative', 4_325_000.01, 432_500, 'percent'],
    ['2026-05-01', 'especially-grave', 4_325_000, 432_500, 'tier'],
    ['2026-05-01', 'especially-grave', 4_325_000.01, 432_500, 'percent'],
    ['2025-12-31', 'minor', 3_932_000, 157_280, 'tier'],
    ['2025-12-31', 'minor', 3_932_000.01, 393_200, 'percent'],
    ['2024-12-31', 'minor', 3_692_000, 147_680, 'tier'],
    ['2024-12-31', 'minor', 3_692_000.01, 369_200, 'percent'],
    ['2023-12-31', 'grave', 3_450_000, 241_500, 'tier'],
    ['2023-12-31', 'grave', 3_450_000.01, 345_000, 'percent'],
    // The share, whatever the class.
    ['2025-05-01', 'minor', 10_000_000, 1_000_000, 'percent'],
    ['2025-05-01', 'especially-grave', 10_000_000, 1_000_000, 'percent'],
    ['2026-05-01', 'medium', 50_000_000.55, 5_000_000.05, 'percent'],
    // The cap binds above 40,000 MCI of damage.
    ['2023-12-31', 'grave', 138_000_000, 13_800_000, 'percent'],
    ['2023-12-31', 'grave', 138_000_000.1, 13_800_000, 'cap'],
    ['2024-12-31', 'grave', 147_680_000, 14_768_000, 'percent'],
    ['2024-12-31', 'grave', 500_000_000, 14_768_000, 'cap'],
    ['2025-05-01', 'grave', 157_280_000, 15_728_000, 'percent'],
    ['2025-05-01', 'grave', 9_000_000_000, 15_728_000, 'cap'],
    ['2026-05-01', 'grave', 172_999_999.99, 17_299_999.99, 'percent'],
    ['2026-05-01', 'grave', 173_000_000, 17_300_000, 'percent'],
    ['2026-05-01', 'grave', 173_000_000.1, 17_300_000, 'cap'],
    ['2026-05-01', 'administrative', 90_000_000_000, 17_300_000, 'cap'],
  ] as const)('decided %s, %s, damage %d tenge: %d by %s', (day, offence, damage, tenge, basis) => {
    const result = reward(day, offence, damage);
    expect({ amount: result.amount, basis: result.basis }).toEqual({ amount: Math.round(tenge * 100), basis });
  });

  it('does not reach back before its day', () => {
    expect(() => reward('2023-09-14', 'minor', 0)).toThrow('2023-09-15');
  });

  it('gives the same amount when recomputed from the inputs that are stored with it', () => {
    const first = reward('2025-08-01', 'grave', 7_654_321.09);
    const { decidedOn, offenceClass, damageTiyn } = first.inputs;
    expect(calculateReward({ pack, mciTable: table, decidedOn, offenceClass, damageTiyn })).toEqual(first);
  });

  it('is a whole number of tiyn, never over the cap, and above the threshold never falls with more damage', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 432_500_001, max: 2 ** 50 }),
        fc.integer({ min: 0, max: 2 ** 40 }),
        fc.constantFrom(...OFFENCE_CLASSES),
        (damage, more, offenceClass) => {
          const of = (damageTiyn: number) =>
            calculateReward({ pack, mciTable: table, decidedOn: '2026-02-01', offenceClass, damageTiyn }).amount;
          expect(Number.isSafeInteger(of(damage))).toBe(true);
          expect(of(damage)).toBeLessThanOrEqual(4000 * 432_500);
          expect(of(damage + more)).toBeGreaterThanOrEqual(of(damage));
        },
      ),
    );
  });
});
