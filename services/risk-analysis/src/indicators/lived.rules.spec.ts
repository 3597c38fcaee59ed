import { describe, expect, it } from '@jest/globals';
import { asOf, type Lived, since, turned } from './lived.rules.js';

const signal: Lived = {
  ...{ outcome: 'triggered', since: '2026-03-01' },
  earlier: [
    { outcome: 'triggered', from: '2026-01-10', to: '2026-02-01' },
    { outcome: 'not-triggered', from: '2026-02-01', to: '2026-03-01' },
  ],
};

describe('what a signal said on a day', () => {
  it.each([
    ['2026-01-09', undefined],
    ['2026-01-10', { outcome: 'triggered', since: '2026-01-10' }],
    ['2026-01-31', { outcome: 'triggered', since: '2026-01-10' }],
    ['2026-02-01', { outcome: 'not-triggered', since: '2026-02-01' }],
    ['2026-02-28', { outcome: 'not-triggered', since: '2026-02-01' }],
    ['2026-03-01', { outcome: 'triggered', since: '2026-03-01' }],
    ['2031-01-01', { outcome: 'triggered', since: '2026-03-01' }],
  ])('%s', (day, said) => expect(asOf(signal, day)).toEqual(said));

  it('is nothing where it changed twice on one day and the first state lasted no day', () => {
    const twice: Lived = {
      outcome: 'error',
      since: '2026-02-01',
      earlier: [{ outcome: 'triggered', from: '2026-02-01', to: '2026-02-01' }],
    };
    expect(asOf(twice, '2026-02-01')).toEqual({ outcome: 'error', since: '2026-02-01' });
  });
});

describe('what a signal says now', () => {
  it.each([
    [undefined, 'triggered', 'raised'],
    [undefined, 'not-triggered', undefined],
    ['not-triggered', 'triggered', 'raised'],
    ['triggered', 'insufficient-data', 'cleared'],
    ['triggered', 'triggered', undefined],
    ['error', 'not-triggered', undefined],
  ] as const)('after %s, %s: it is %s', (before, now, turn) =>
    expect(turned(before && { outcome: before }, now)).toBe(turn),
  );

  it('keeps what it said before from its first day to its last, and adds nothing while it stays', () => {
    const first = since(undefined, 'triggered', '2026-01-01');
    const stays = since({ outcome: 'triggered', ...first }, 'triggered', '2026-02-01');
    const ends = since({ outcome: 'triggered', ...stays }, 'not-triggered', '2026-03-01');
    expect([first, stays]).toEqual([{ since: '2026-01-01' }, { since: '2026-01-01' }]);
    expect(ends).toEqual({
      since: '2026-03-01',
      earlier: [{ outcome: 'triggered', from: '2026-01-01', to: '2026-03-01' }],
    });
  });
});
