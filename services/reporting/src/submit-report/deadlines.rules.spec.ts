import { describe, expect, it } from '@jest/globals';
import { acknowledgeBy, deadlinePack, feedbackBy } from './deadlines.rules.js';

const pack = deadlinePack({ id: 'p', effectiveFrom: '2025-01-01', acknowledgeDays: 7, feedbackMonths: 3 });

describe('the deadlines of a report', () => {
  it.each([
    ['2025-03-01', '2025-03-08'],
    ['2025-12-28', '2026-01-04'],
    ['2024-02-25', '2024-03-03'],
  ])('acknowledge what came on %s by %s', (day, by) => expect(acknowledgeBy(pack, day)).toBe(by));

  it.each([
    ['2025-03-08', '2025-06-08'],
    ['2025-11-30', '2026-02-28'],
    ['2023-11-30', '2024-02-29'],
    ['2024-02-29', '2024-05-29'],
    ['2025-10-31', '2026-01-31'],
  ])('give feedback on what was acknowledged on %s by %s', (day, by) => expect(feedbackBy(pack, day)).toBe(by));

  it('refuses a pack that names no term', () => {
    expect(() => deadlinePack({ id: 'p', effectiveFrom: '2025-01-01' })).toThrow('acknowledgeDays');
  });
});
