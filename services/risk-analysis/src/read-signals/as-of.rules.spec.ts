import { describe, expect, it } from '@jest/globals';
import { asOf } from './as-of.rules.js';

const signal = {
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
    const twice = {
      outcome: 'x',
      since: '2026-02-01',
      earlier: [{ outcome: 'y', from: '2026-02-01', to: '2026-02-01' }],
    };
    expect(asOf(twice, '2026-02-01')).toEqual({ outcome: 'x', since: '2026-02-01' });
  });
});
