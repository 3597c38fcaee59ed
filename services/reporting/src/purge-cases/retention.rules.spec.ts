import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { AppealPack } from '../appeal-outcome/appeal.rules.js';
import { CASE_STATES } from '../cases/case-states.rules.js';
import { REWARD_TRANSITIONS, type RewardState } from '../rewards/reward-states.rules.js';
import {
  assertNotPurged,
  assertReleases,
  held,
  kept,
  type LegalHold,
  obstacles,
  type Retained,
  retentionPack,
} from './retention.rules.js';

const raw = JSON.parse(readFileSync(new URL('../../data/policies/retention.json', import.meta.url), 'utf8')) as {
  daysAfterClosing: Record<string, number>;
};
const appeals: AppealPack = { id: 'a', effectiveFrom: '2015-11-18', appealDays: 90 };
const pack = retentionPack(raw, appeals);
const hold: LegalHold = { reason: 'court-order', by: 'anna', day: '2025-03-01' };

describe('the pack', () => {
  it.each(['id', 'effectiveFrom', 'lookAgainDays'])('is refused without %s, naming it', (field) => {
    expect(() => retentionPack({ ...raw, [field]: undefined }, appeals)).toThrow(
      expect.objectContaining({ code: 'bad_policy', details: { field } }),
    );
  });

  it.each(Object.keys(raw.daysAfterClosing))('is refused when %s is missing, or shorter than the appeal', (outcome) => {
    const field = `daysAfterClosing.${outcome}`;
    for (const days of [undefined, 0, 90]) {
      const bad = { ...raw, daysAfterClosing: { ...raw.daysAfterClosing, [outcome]: days } };
      expect(() => retentionPack(bad, appeals)).toThrow(expect.objectContaining({ details: { field } }));
    }
  });
});

describe('a closed case', () => {
  it.each(CASE_STATES)('from %s is kept for the days of its outcome', (outcome) => {
    const days = raw.daysAfterClosing[outcome];
    if (days === undefined) expect(() => kept(pack, outcome, '2025-03-01')).toThrow('nothing is closed');
    else
      expect(
        kept({ ...pack, daysAfterClosing: { ...pack.daysAfterClosing, [outcome]: 10 } }, outcome, '2025-02-20'),
      ).toEqual({ retainUntil: '2025-03-02', purgeDay: '2025-03-03', retentionPolicy: pack.id });
  });

  const over: Retained = { state: 'closed', retainUntil: '2025-03-02' };
  it.each<[string, Retained, readonly Retained[], string, readonly string[]]>([
    ['its retention is over', over, [], '2025-03-03', []],
    ['its last day is today', over, [], '2025-03-02', ['retention-not-over']],
    ['no end was ever set', { state: 'closed' }, [], '2025-03-03', ['retention-not-over']],
    ['it was reopened', { ...over, state: 'in-triage' }, [], '2025-03-03', ['not-closed']],
    ['it is held', { ...over, legalHold: hold }, [], '2025-03-03', ['legal-hold']],
    ['the hold was released', { ...over, legalHold: null }, [], '2025-03-03', []],
    ['an appeal is open', { ...over, appeal: { state: 'lodged' } }, [], '2025-03-03', ['open-appeal']],
    ['an appeal was heard', { ...over, appeal: { state: 'upheld' } }, [], '2025-03-03', []],
    ['retaliation goes on', { ...over, retaliationOpen: true }, [], '2025-03-03', ['open-retaliation']],
    ['a merged one is held', over, [{ state: 'merged', legalHold: hold }], '2025-03-03', ['legal-hold']],
    [
      'of a merged one retaliation goes on',
      over,
      [{ state: 'merged', retaliationOpen: true }],
      '2025-03-03',
      ['open-retaliation'],
    ],
    ['a merged one has nothing', over, [{ state: 'merged' }], '2025-03-03', []],
    [
      'all of it',
      { state: 'rejected', legalHold: hold, appeal: { state: 'lodged' }, retaliationOpen: true },
      [],
      '2025-03-03',
      ['not-closed', 'retention-not-over', 'legal-hold', 'open-appeal', 'open-retaliation'],
    ],
  ])('is purged or not when %s', (_, file, merged, today, expected) => {
    expect(obstacles(file, merged, today)).toEqual(expected);
  });

  const ended: readonly RewardState[] = ['ineligible', 'paid', 'declined', 'lapsed', 'reversed'];
  it.each(Object.keys(REWARD_TRANSITIONS) as RewardState[])('whose reward is %s', (state) => {
    const calculation = {} as NonNullable<Retained['reward']>['calculation'];
    const result = obstacles({ ...over, reward: { state, calculation } }, [], '2025-03-03');
    expect(result).toEqual(ended.includes(state) ? [] : ['unpaid-reward']);
  });

  it('owes nothing when an exclusion was upheld', () => {
    expect(obstacles({ ...over, reward: { state: 'upheld' } }, [], '2025-03-03')).toEqual([]);
  });
});

describe('a legal hold', () => {
  it('is ordered once, and not for what is gone', () => {
    expect(held({}, hold)).toEqual(hold);
    expect(() => held({ legalHold: hold }, hold)).toThrow(expect.objectContaining({ code: 'already_done' }));
    expect(() => held({ purgedDay: '2025-01-01' }, hold)).toThrow(expect.objectContaining({ code: 'purged' }));
    expect(() => assertNotPurged({ purgedDay: null })).not.toThrow();
  });

  it.each([
    [{ legalHold: hold }, 'anna', 'same_person'],
    [{ legalHold: null }, 'boris', 'no_hold'],
    [{}, 'boris', 'no_hold'],
  ])('of %j is not released by %s: %s', (file, by, code) => {
    expect(() => assertReleases(file, by)).toThrow(expect.objectContaining({ code }));
  });

  it('is released by another person', () => expect(() => assertReleases({ legalHold: hold }, 'boris')).not.toThrow());
});
