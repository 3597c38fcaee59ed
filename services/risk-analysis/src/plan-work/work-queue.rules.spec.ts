import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Candidate, queuePolicy, workQueue } from './work-queue.rules.js';

const raw = JSON.parse(
  readFileSync(new URL('../../data/policies/work-queue-2026.json', import.meta.url), 'utf8'),
) as object;
const policy = queuePolicy(raw);
const severity = { id: 's', medium: 0.5, high: 1.2 };
const of = (ocid: string, entity: string, score: number, value: number): Candidate => ({ ocid, entity, score, value });
const ids = (capacity: number, ...all: Candidate[]): string[] =>
  workQueue(all, policy, severity, capacity).map((one) => one.ocid);

describe('the work queue', () => {
  it.each([
    [0.4999, 'low'],
    [0.5, 'medium'],
    [1.1999, 'medium'],
    [1.2, 'high'],
  ])('takes a score of %f for %s', (score, of_) =>
    expect(workQueue([of('a', 'E', score, 1)], policy, severity, 1)[0]).toMatchObject({ severity: of_, priority: 1 }),
  );

  it('weighs the rank of the score and that of the value alike', () => {
    const all = [of('a', 'E', 0.1, 30), of('b', 'F', 0.2, 10), of('c', 'G', 0.3, 20)];
    expect(workQueue(all, policy, severity, 9).map(({ ocid, priority }) => [ocid, priority])).toEqual([
      ...[
        ['c', 0.8333],
        ['a', 0.6667],
        ['b', 0.5],
      ],
    ]);
  });

  it('takes a fifth of the low ones over all, and one of each entity', () => {
    const many = Array.from({ length: 20 }, (_, i) => of(`big-${String(i).padStart(2, '0')}`, 'BIG', 0.1, 100 + i));
    const queue = ids(99, ...many, of('small', 'SMALL', 0.1, 1));
    expect(queue).toHaveLength(5 + 1);
    expect(queue).toContain('small');
  });

  it('asks nobody a second time before everybody was asked once', () => {
    const big = Array.from({ length: 30 }, (_, i) => of(`big-${i}`, 'BIG', 0.6, 1_000 + i));
    const queue = workQueue([...big, of('s', 'SMALL', 0.6, 1), of('t', 'TINY', 0.6, 2)], policy, severity, 3);
    expect(queue.map((one) => one.entity)).toEqual(['BIG', 'TINY', 'SMALL']);
  });

  it('does not depend on the order, and is never longer than the capacity', () => {
    const candidate = fc.record({
      ocid: fc.uuid(),
      entity: fc.constantFrom('A', 'B', 'C'),
      score: fc.integer({ min: 1, max: 20 }).map((n) => n / 10),
      value: fc.nat(50),
    });
    fc.assert(
      fc.property(fc.array(candidate, { maxLength: 30 }), fc.integer({ min: 1, max: 10 }), (all, capacity) => {
        const queue = workQueue(all, policy, severity, capacity);
        expect(queue).toEqual(workQueue([...all].reverse(), policy, severity, capacity));
        expect(queue.length).toBeLessThanOrEqual(capacity);
      }),
    );
  });

  it.each<[string, object]>([
    ['take.high', { take: { low: 1, medium: 1, high: 0 } }],
    ['closedDays', { closedDays: 0 }],
  ])('has a policy whose %s is checked', (field, wrong) =>
    expect(() => queuePolicy({ ...raw, ...wrong })).toThrow(field),
  );
});
