import { describe, expect, it } from '@jest/globals';
import { convictionOf, moveOrder, ORDER_STATES, ORDER_TRANSITIONS, orderIdOf } from './order-states.rules.js';

const bin = '050540000016';

describe('an order', () => {
  it.each(ORDER_STATES.flatMap((from) => ORDER_STATES.map((to) => [from, to] as const)))('%s to %s', (from, to) => {
    const allowed: readonly string[] = ORDER_TRANSITIONS[from];
    if (allowed.includes(to)) expect(moveOrder(from, to)).toBe(to);
    else expect(() => moveOrder(from, to)).toThrow(expect.objectContaining({ code: 'illegal_transition' }));
  });

  it('has the id of its cause, and of no other', () => {
    const one = orderIdOf(bin, 'headConvicted', 'case-1');
    expect(orderIdOf(bin, 'headConvicted', 'case-1')).toBe(one);
    const others = [
      orderIdOf(bin, 'employeeConvicted', 'case-1'),
      orderIdOf(bin, 'headConvicted', 'case-2'),
      orderIdOf('000000000010', 'headConvicted', 'case-1'),
    ];
    expect(new Set([one, ...others]).size).toBe(4);
  });

  it('says who was convicted by their position', () =>
    expect([convictionOf('head'), convictionOf('employee')]).toEqual(['headConvicted', 'employeeConvicted']));
});
