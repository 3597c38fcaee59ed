import { describe, expect, it } from '@jest/globals';
import { breachOn, DEPARTURES, type Inquiry, isRemoval } from './independence.rules.js';

const open: Inquiry = { incidentId: 'a', from: '2025-03-10' };
const ended: Inquiry = { incidentId: 'b', from: '2025-03-01', to: '2025-03-05' };

describe('an act against the officer', () => {
  it.each([
    ['2025-03-10', [open], 'a'],
    ['2025-03-09', [open], undefined],
    ['2025-12-31', [open], 'a'],
    ['2025-03-01', [ended], 'b'],
    // Told after the inquiry had ended, but of a day on which it was open.
    ['2025-03-05', [ended, open], 'b'],
    ['2025-03-06', [ended, open], undefined],
    ['2025-03-11', [{ incidentId: 'c', from: '2025-03-11' }, open], 'a'],
    ['2025-03-10', [], undefined],
  ] as [string, Inquiry[], string | undefined][])('of %s with %j is a breach over %s', (day, inquiries, incidentId) => {
    const expected = incidentId && { day, cause: 'pay-cut', incidentId };
    expect(breachOn('pay-cut', day, inquiries)).toEqual(expected);
    expect(breachOn('pay-cut', day, [...inquiries].reverse())).toEqual(expected);
  });

  it('is a removal when it is the organisation that wants it', () =>
    expect(DEPARTURES.filter(isRemoval)).toEqual(['dismissed', 'transferred']));
});
