import { describe, expect, it } from '@jest/globals';
import { unmeasured } from '../goal-case/goal-status.rules.js';
import type { Indicator } from '../goal-case/indicator.rules.js';
import { overridden } from './override.rules.js';

const bare: Indicator = {
  ...unmeasured(),
  ...{ code: 'a', unit: 'share', direction: 'up', baseline: 0, target: 1, source: 'register', frequency: 'yearly' },
  ...{ startDay: '2025-01-01', dueDay: '2025-12-31', terms: [] },
};
const day = '2025-03-01';
const measured: Indicator = {
  ...{ ...bare, status: 'red', computed: 'red' },
  measurements: [{ number: 1, day, value: 0, recordedDay: day, by: 'anna' }],
};
const told = { status: 'amber' as const, reason: 'source-late', by: 'boris', day };

describe('a status that a person sets', () => {
  it.each([
    ['before anything was measured', bare, told, 'out_of_order'],
    ['by who measured', measured, { ...told, by: 'anna' }, 'same_person'],
    ['as it is', measured, { ...told, status: 'red' as const }, 'nothing_changed'],
  ] as [string, Indicator, typeof told, string][])('%s is refused', (_, indicator, of, code) =>
    expect(() => overridden(indicator, of)).toThrow(expect.objectContaining({ code })),
  );
  it('is kept with its reason', () => expect(overridden(measured, told).override).toEqual(told));
});
