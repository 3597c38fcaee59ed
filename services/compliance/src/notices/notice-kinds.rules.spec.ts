import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { declarationOf } from '@aiqyn/contracts';
import { addressOf, addressPack, noticeTexts } from './delivery.rules.js';
import { NOTICE_KINDS, NOTICED, noticeOf } from './notice-kinds.rules.js';

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../data/${name}.json`, import.meta.url), 'utf8'));
const addresses = addressPack(read('policies/notice-addresses'));

const gift = { giftId: 'g1', day: '2025-03-09' };
const goal = { goalId: 'goal-1', day: '2025-03-09' };
const rows = [
  ['compliance.gift.overdue.v1', gift, 'gift-overdue', 'g1', 'gift-inquirer'],
  ['compliance.gift.step-late.v1', { ...gift, state: 'exemption-review' }, 'gift-step-late', 'g1', 'gift-reviewer'],
  ['compliance.gift.step-late.v1', { ...gift, state: 'breach-review' }, 'gift-step-late', 'g1', 'gift-decider'],
  ['compliance.gift.step-late.v1', { ...gift, state: 'handed-over' }, 'gift-step-late', 'g1', 'gift-valuer'],
  ['compliance.gift.step-late.v1', { ...gift, state: 'valued' }, 'gift-step-late', 'g1', 'gift-keeper'],
  [
    ...['compliance.indicator.escalated.v1', { ...goal, toPosition: 'head-of-body' }],
    ...['indicator-escalated', 'goal-1', 'head-of-body'],
  ],
  [
    ...[
      'compliance.milestone.moved.v1',
      { ...goal, dueDay: '2025-03-08', state: 'late', ownerPosition: 'chair-agency' },
    ],
    ...['milestone-late', 'goal-1', 'chair-agency'],
  ],
] as [string, object, string, string, string][];

describe('what becomes a notice', () => {
  it.each(rows)('%s %j: %s about %s to %s', (type, event, kind, aboutId, toPosition) => {
    const told = noticeOf(type, event)!;
    expect(told).toEqual({ kind, aboutId, toPosition, day: '2025-03-09' });
    expect(addressOf(addresses, toPosition)).toMatch(/@/);
  });

  it('has a row here for each event and kind', () => {
    expect([...new Set(rows.map(([type]) => type))].sort()).toEqual(
      NOTICED.map((contract) => declarationOf(contract).type).sort(),
    );
    expect([...new Set(rows.map(([, , kind]) => kind))]).toEqual([...NOTICE_KINDS]);
  });

  it.each([
    ['compliance.milestone.moved.v1', { ...goal, dueDay: '2025-03-08', state: 'started', ownerPosition: 'chair' }],
    ['compliance.milestone.moved.v1', { ...goal, dueDay: '2025-03-01', state: 'late', ownerPosition: 'chair' }],
    ['compliance.gift.step-late.v1', { ...gift, state: 'unknown' }],
    ['compliance.gift.declared.v1', gift],
  ])('is not %s %j', (type, event) => expect(noticeOf(type, event)).toBeUndefined());
});

describe('the words of a notice', () => {
  it('are there in three languages for each kind', () => {
    const texts = read('texts/notices') as Record<string, object>;
    expect(() => noticeTexts(texts)).not.toThrow();
    expect(() => noticeTexts({ ...texts, 'gift-overdue': { ...texts['gift-overdue'], kk: '' } })).toThrow(
      expect.objectContaining({ details: { field: 'gift-overdue.kk' } }),
    );
  });
});
