import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, RuleError } from '@aiqyn/contracts';
import type { RewardPack } from '../calculate-reward/reward-pack.rules.js';
import { calculateReward } from '../calculate-reward/reward.rules.js';
import { readRewardPolicies } from '../policies/reward-policies.js';
import { type LedgerEntry, type LineSum, trialBalance } from '../reward-ledger/ledger.rules.js';
import {
  appeal,
  approve,
  calculated,
  claim,
  confirmIdentity,
  decideEligibility,
  decidesAppeal,
  decline,
  excludeAnew,
  lapse,
  type Outcome,
  partOf,
  pay,
  pendingReward,
  reverse,
  type Reward,
  sharing,
  type Step,
} from './reward-steps.rules.js';

const { packs, tables } = readRewardPolicies();
const pack = packs.find((p) => p.id === 'KZ-2023')!;
const step = (by: string, day = '2026-02-01'): Step => ({ caseId: 'case', by, day });
const result = (reward: Reward, damageTiyn = 432_500_001) =>
  calculateReward(pack, tables, {
    category: 'minor',
    damageTiyn,
    days: { decision: '2026-01-15' },
    reporters: sharing(reward).length,
  });
const eligible = (...reports: string[]): Reward => decideEligibility(pendingReward(reports), [], pack);
const ready = (...reports: string[]): Reward => {
  const reward = eligible(...reports);
  return calculated(reward, 'calculated', result(reward), step('officer'));
};
const approved = (...reports: string[]): Reward => approve(ready(...reports), pack, step('approver')).reward;
const claimed = (reward: Reward, id?: string): Reward => claim(reward, partOf(reward, id), pack, step('public')).reward;
const proven = (reward: Reward, id?: string): Reward =>
  confirmIdentity(reward, partOf(reward, id), step('custodian')).reward;
const refused = (code: string, allowed?: readonly string[]): unknown =>
  expect.objectContaining({ code, ...(allowed ? { details: expect.objectContaining({ allowed }) } : {}) });

describe('eligibility', () => {
  it.each([...pack.exclusions])('excludes for %s, and nobody left makes the reward ineligible', (reason) => {
    expect(decideEligibility(pendingReward(['a']), [{ reportId: 'a', reason }], pack).state).toBe('ineligible');
  });

  it('leaves the others their parts, in order of arrival', () => {
    const reward = decideEligibility(pendingReward(['a', 'b', 'c']), [{ reportId: 'a', reason: 'participant' }], pack);
    expect([reward.state, sharing(reward)]).toEqual(['eligible', ['b', 'c']]);
  });

  it('refuses a reason that the policy does not know, and a report of another case', () => {
    const one = pendingReward(['a']);
    const reason = 'cooperating-accused';
    expect(() => decideEligibility(one, [{ reportId: 'a', reason }], pack)).toThrow(
      refused('bad_exclusion', pack.exclusions),
    );
    expect(() => decideEligibility(one, [{ reportId: 'x', reason: 'participant' }], pack)).toThrow(
      refused('unknown_report'),
    );
  });
});

describe('approval', () => {
  it('is another person’s, books the debt and begins the term to claim', () => {
    expect(() => approve(ready('a'), pack, step('officer'))).toThrow(refused('same_person'));
    const { reward, entries } = approve(ready('a', 'b', 'c'), pack, step('approver'));
    expect(reward.state).toBe('notified');
    expect(reward.parts.map((p) => [p.reportId, p.amount, p.claimBy])).toEqual([
      ['a', 14_416_667, '2027-02-01'],
      ['b', 14_416_667, '2027-02-01'],
      ['c', 14_416_666, '2027-02-01'],
    ]);
    expect(entries.map((e) => e.movement)).toEqual(['accrual', 'accrual', 'accrual']);
  });

  it('sets no term when the policy has none', () => {
    const open: RewardPack = { ...pack, claimWindowDays: null };
    expect(approve(ready('a'), open, step('approver')).reward.parts[0]).not.toHaveProperty('claimBy');
  });
});

describe('an appeal', () => {
  const excluded = decideEligibility(pendingReward(['a']), [{ reportId: 'a', reason: 'participant' }], pack);

  it('is decided by neither who recorded it nor who calculated', () => {
    const open = appeal(ready('a'), step('clerk'));
    expect(() => decidesAppeal(open, 'upheld', step('clerk'))).toThrow(refused('same_person'));
    expect(() => decidesAppeal(open, 'upheld', step('officer'))).toThrow(refused('same_person'));
    expect(approve(decidesAppeal(open, 'upheld', step('judge')), pack, step('approver')).reward.state).toBe('notified');
  });

  it('against an exclusion leads to a reward when it succeeds, and to nothing when not', () => {
    const open = appeal(excluded, step('officer'));
    const heard = calculated(
      excludeAnew(open, [], pack),
      'recalculated',
      result({ ...open, excluded: [] }),
      step('judge'),
    );
    expect(() => approve(heard, pack, step('judge'))).toThrow(refused('same_person'));
    expect(approve(heard, pack, step('approver')).reward.parts).toHaveLength(1);
    expect(() => excludeAnew(open, excluded.excluded, pack)).toThrow(refused('bad_exclusion'));
    expect(() => approve(decidesAppeal(open, 'upheld', step('judge')), pack, step('approver'))).toThrow(
      refused('illegal_transition', []),
    );
  });
});

describe('from claim to payment', () => {
  it('needs a claim, then a proven identity, then a fourth person', () => {
    const reward = approved('a');
    expect(() => pay(reward, partOf(reward), step('treasurer'))).toThrow(
      refused('illegal_transition', ['claimed', 'declined', 'lapsed']),
    );
    const asked = claimed(reward);
    expect(() => pay(asked, partOf(asked), step('treasurer'))).toThrow(
      refused('illegal_transition', ['declined', 'lapsed']),
    );
    const known = proven(asked);
    for (const by of ['officer', 'approver', 'custodian'])
      expect(() => pay(known, partOf(known), step(by))).toThrow(refused('same_person'));
    expect(() => confirmIdentity(known, partOf(known), step('custodian'))).toThrow(refused('already_done'));
    const { reward: paid, entries } = pay(known, partOf(known), step('treasurer'));
    expect([paid.state, entries[0]!.movement]).toEqual(['paid', 'payment']);
    expect(() => pay(paid, partOf(paid), step('treasurer'))).toThrow(refused('illegal_transition', ['reversed']));
    expect(reverse(paid, partOf(paid), step('clerk')).entries[0]!.movement).toBe('reversal');
  });

  it('goes for each part alone; the whole is as far as its last', () => {
    const reward = approved('a', 'b');
    expect(() => partOf(reward)).toThrow(refused('unknown_report', ['a', 'b']));
    const one = claimed(reward, 'b');
    expect([one.state, one.parts.map((p) => p.state)]).toEqual(['notified', ['notified', 'claimed']]);
    expect(claimed(one, 'a').state).toBe('claimed');
  });
});

describe('a lapse', () => {
  const reward = approved('a');
  const late = step('timer', '2027-02-02');
  it.each<[string, Reward, Step, string | undefined]>([
    ['comes the day after the last day', reward, late, 'lapsed'],
    ['does not come on the last day', reward, step('timer', '2027-02-01'), undefined],
    [
      'waits anew after a claim',
      claim(reward, partOf(reward), pack, step('public', '2026-12-01')).reward,
      late,
      undefined,
    ],
    ['comes when no identity was proven in that time', claimed(reward), late, 'lapsed'],
    ['never comes once it is proven', proven(claimed(reward)), late, undefined],
    ['never comes after a refusal of money', decline(reward, partOf(reward), step('public')).reward, late, undefined],
  ])('%s', (_, before, at, state) => expect(lapse(before, partOf(before), at)?.reward.state).toBe(state));
});

const sumsOf = (entries: readonly LedgerEntry[]): LineSum[] =>
  entries.flatMap((e) => e.lines.map((line) => ({ ...line, currency: e.currency })));

describe('the ledger over the whole flow', () => {
  const people = ['officer', 'approver', 'custodian', 'treasurer', 'clerk'] as const;
  const acts = [
    ...['eligible', 'excluded', 'calculate', 'approve', 'appeal', 'uphold', 'recalculate'],
    ...['claim', 'decline', 'identity', 'pay', 'lapse', 'reverse'],
  ] as const;
  type Act = { act: string; by: string; report: string; damage: number; days: number };

  function perform(reward: Reward, { act, by, report, damage }: Act, day: string): Outcome {
    const at = step(by, day);
    const only = (next: Reward): Outcome => ({ reward: next, entries: [] });
    const part = () => partOf(reward, report);
    switch (act) {
      case 'eligible':
        return only(decideEligibility(reward, [], pack));
      case 'excluded':
        return only(decideEligibility(reward, [{ reportId: report, reason: 'participant' }], pack));
      case 'calculate':
        return only(calculated(reward, 'calculated', result(reward, damage), at));
      case 'approve':
        return approve(reward, pack, at);
      case 'appeal':
        return only(appeal(reward, at));
      case 'uphold':
        return only(decidesAppeal(reward, 'upheld', at));
      case 'recalculate': {
        decidesAppeal(reward, 'recalculated', at);
        const open = excludeAnew(reward, [], pack);
        return only(calculated(open, 'recalculated', result(open, damage), at));
      }
      case 'claim':
        return claim(reward, part(), pack, at);
      case 'decline':
        return decline(reward, part(), at);
      case 'identity':
        return confirmIdentity(reward, part(), at);
      case 'pay':
        return pay(reward, part(), at);
      case 'lapse':
        return lapse(reward, part(), at) ?? only(reward);
      default:
        return reverse(reward, part(), at);
    }
  }

  it('balances, only grows, and owes exactly the parts that are open, in 10,000 random histories', () => {
    const ends = new Map<string, number>();
    const act = fc.record({
      act: fc.constantFrom(...acts),
      by: fc.constantFrom(...people),
      report: fc.constantFrom('a', 'b'),
      damage: fc.integer({ min: 0, max: 2 ** 45 }),
      days: fc.constantFrom(0, 1, 200),
    });
    // The usual order with disturbances: pure chance would hardly ever reach a payment.
    const usual = [
      'eligible',
      'calculate',
      'approve',
      'claim',
      'claim',
      'identity',
      'identity',
      'pay',
      'pay',
      'reverse',
    ];
    const history = fc
      .tuple(fc.array(act, { minLength: 10, maxLength: 10 }), fc.array(act, { maxLength: 12 }), fc.boolean())
      .map(([base, noise, two]) => {
        const who: Record<string, string> = { approve: 'approver', identity: 'custodian', pay: 'treasurer' };
        const walk = base.map((b, i) => ({ ...b, act: usual[i]!, by: who[usual[i]!] ?? 'officer', days: 0 }));
        noise.forEach((n, i) => walk.splice((n.damage + i) % (walk.length + 1), 0, n));
        return { reports: two ? ['a', 'b'] : ['a'], walk };
      });
    fc.assert(
      fc.property(history, ({ reports, walk }) => {
        let reward = pendingReward(reports);
        let ledger: readonly LedgerEntry[] = [];
        let day = '2026-02-01';
        for (const one of walk) {
          day = addDays(day, one.days);
          try {
            const outcome = perform(reward, one, day);
            reward = outcome.reward;
            ledger = [...ledger, ...outcome.entries];
          } catch (error) {
            // A refusal changes nothing; anything else is a fault.
            if (!(error instanceof RuleError)) throw error;
          }
          const [balance] = trialBalance(sumsOf(ledger));
          const open = reward.parts.filter((p) => p.state === 'notified' || p.state === 'claimed');
          const of = (...states: string[]): number =>
            reward.parts.filter((p) => states.includes(p.state)).reduce((sum, p) => sum + p.amount, 0);
          const accounts = balance?.accounts;
          const booked = [
            balance?.difference,
            accounts?.['rewards-payable'],
            accounts?.treasury,
            accounts?.recoverable,
          ];
          const owed = open.reduce((sum, p) => sum + p.amount, 0);
          const expected = [0, 0 - owed, 0 - of('paid', 'reversed'), of('reversed')];
          // Compared as text first: a million matchers would take longer than everything else.
          if (ledger.length > 0 && String(booked) !== String(expected)) expect(booked).toEqual(expected);
          const keys = ledger.map((e) => `${e.reportId} ${e.movement}`);
          if (new Set(keys).size !== keys.length) expect(keys).toEqual([...new Set(keys)]);
        }
        ends.set(reward.state, (ends.get(reward.state) ?? 0) + 1);
      }),
      { numRuns: 10_000 },
    );
    // The histories are of use only if they get everywhere.
    expect(Math.min(...['paid', 'reversed', 'declined', 'lapsed'].map((e) => ends.get(e) ?? 0))).toBeGreaterThan(20);
  });

  it('finds an entry that somebody changed', () => {
    const { entries } = approve(ready('a'), pack, step('approver'));
    const [first, second] = entries[0]!.lines;
    const forged = [{ ...entries[0]!, lines: [{ ...first!, amount: first!.amount + 1 }, second!] }];
    expect(trialBalance(sumsOf(forged))[0]!.difference).toBe(1);
  });
});
