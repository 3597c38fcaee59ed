import { describe, expect, it } from '@jest/globals';
import { within, withPart } from './plan.rules.js';

describe('the parts of a goal', () => {
  it('have codes of their own, and are at most fifty', () => {
    expect(withPart([{ code: 'a' }], { code: 'b' })).toHaveLength(2);
    expect(() => withPart([{ code: 'a' }], { code: 'a' })).toThrow(expect.objectContaining({ code: 'already_done' }));
    const fifty = Array.from({ length: 50 }, (_, i) => ({ code: `c${i}` }));
    expect(() => withPart(fifty, { code: 'a' })).toThrow(expect.objectContaining({ code: 'too_many' }));
  });

  it.each([
    ['2025-01-01', true],
    ['2025-12-31', true],
    ['2024-12-31', false],
    ['2026-01-01', false],
  ])('lie within the programme: %s, %s', (day, holds) => {
    const check = () => within(day, { startDay: '2025-01-01', endDay: '2025-12-31' }, 'dueDay');
    if (holds) expect(check).not.toThrow();
    else expect(check).toThrow(expect.objectContaining({ code: 'day_out_of_range', details: { field: 'dueDay' } }));
  });
});
