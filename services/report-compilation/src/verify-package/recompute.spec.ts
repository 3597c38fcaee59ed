import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Fact, numbersOf } from '../numbers/define-metrics/compute-numbers.rules.js';
import { countedTypes } from '../numbers/define-metrics/metric-register.rules.js';
import { registerOf } from '../numbers/define-metrics/registers.js';
import { recompute } from './recompute.js';

const YEAR = 2025;
const register = registerOf(YEAR);
const types = countedTypes(register);
const maybe = <T>(arb: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(arb, { nil: undefined });
const code = fc.constantFrom('roads', 'health', 'it.net', 'R018', 'A', 'a-b');
const day = fc.constantFrom(
  ...['2024-12-31', '2025-01-01', '2025-03-31', '2025-04-01', '2025-06-30', '2025-07-01'],
  ...['2025-09-30', '2025-10-01', '2025-12-31', '2026-01-01', '2027-05-05'],
);
const error = fc.double({ min: 0, max: 9, noNaN: true }).map((n) => Number(n.toFixed(4)));

/** Values for every field that some metric reads, of few different ones, so that groups, keys and repetitions meet. */
const DATA: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  ...{ day, category: code, areaCode: code, origin: code, indicator: code, code, kind: maybe(code), mode: code },
  region: fc.constantFrom('KZ-75', 'KZ-71'),
  outcome: fc.constantFrom('decided-liable', 'decided-not-liable', 'allowed', 'removed'),
  ...{ offenceClass: maybe(fc.constantFrom('grave', 'minor')), liable: maybe(fc.constantFrom('head', 'other')) },
  to: fc.constantFrom('rejected', 'referred', 'in-proceedings', 'unsubstantiated', 'protected', 'justified', 'closed'),
  ...{ damage: maybe(fc.nat(1e9)), amount: fc.nat(1e9), treeSize: fc.nat(99), rootHash: fc.constantFrom('aa', 'bb') },
  ...{ level: fc.constantFrom('low', 'high'), severity: code, findingId: fc.constantFrom('n1', 'n2') },
  ...{ accountablePosition: code, baseline: fc.nat(9), target: fc.nat(9), value: fc.nat(9) },
  ...{ grade: maybe(fc.constantFrom('A', 'B')), newGrade: maybe(fc.constantFrom('A', 'B')) },
  ...{ series: fc.constantFrom('cpi', 'wjp'), year: fc.integer({ min: 2018, max: 2026 }) },
  vintage: fc.constantFrom('2024', '2025', '2025-press'),
  ...{
    score: maybe(fc.nat(100)),
    standardError: maybe(error),
    rank: maybe(fc.nat(180)),
    countries: maybe(fc.nat(180)),
  },
};
/** What a goal is of is told by its setting, and a state by its measurement. */
const without: Readonly<Record<string, readonly string[]>> = { 'compliance.goal.set.v1': ['status'] };

const event = fc
  .record({
    // Half of them of the indices: their bands and changes are the longest way to a number.
    type: fc.oneof(fc.constantFrom(...types), fc.constant('report-compilation.index.recorded.v1')),
    key: fc.constantFrom('k1', 'k2', 'k3', 'k4'),
    sequence: fc.integer({ min: 1, max: 12 }),
    data: fc.record<Record<string, unknown>>({ ...DATA, status: fc.constantFrom('green', 'red') }),
  })
  .map(({ type, key, sequence, data }): Fact => {
    const there = Object.entries(data).filter(([name, value]) => value !== undefined && !without[type]?.includes(name));
    return { id: `${key}#${sequence}`, type, day: data.day as string, key, sequence, data: Object.fromEntries(there) };
  });

/** A goal that is measured and was never set stops the build; here only the computing is held side by side. */
const lenient = {
  ...register,
  metrics: register.metrics.filter(({ id }) => id !== 'goals.status-share').map(({ sumsTo: _, ...metric }) => metric),
};

describe('R2: the two ways of computing', () => {
  it('give every number, its groups and its events alike, of any log', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(event, { maxLength: 120, size: 'max', selector: ({ id, type }) => `${type}/${id}` }),
        (list) => {
          const log = list.map((one) => ({ ...one, id: `${one.type}/${one.id}` }));
          const service = numbersOf(lenient, log, YEAR).map(({ id, value, sources }) => ({ id, value, ids: sources }));
          const again = recompute(
            lenient.metrics,
            log.map((one) => ({ ...one, topic: 't', partition: 0, offset: 0, salt: '' })),
            YEAR,
          );
          const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1);
          expect([...again].map(([id, { value, ids }]) => ({ id, value, ids })).sort(byId)).toEqual(service.sort(byId));
        },
      ),
      { numRuns: 300 },
    );
  }, 60_000);
});
