import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { almatyDay } from '@aiqyn/contracts';
import {
  inOrder,
  isCompressed,
  lingerAfter,
  type OutboxEvent,
  PLAIN_CHARACTERS,
  PLAIN_EVENTS,
  recordTime,
  ROW_LIMIT,
  rowsOf,
  upTo,
  without,
} from './outbox.rules.js';

const event = (key: string, sequence: number): OutboxEvent => ({
  id: `${key}#${sequence}`,
  key,
  sequence,
  type: 't',
  topic: 'x.events',
  time: '2025-03-09T00:00:00Z',
  body: '{}',
});
let ids = 0;
const rows = (...commits: OutboxEvent[][]) => commits.flatMap((c) => rowsOf(c, new Date(0), () => String((ids += 1))));
const idsOf = (list: readonly OutboxEvent[]): string[] => list.map((e) => e.id);

describe('the rows of a commit', () => {
  it('keep the events of one commit together', () => {
    expect(rows([event('a', 1), event('b', 1), event('a', 2)])).toMatchObject([
      { events: [{ id: 'a#1' }, { id: 'b#1' }, { id: 'a#2' }] },
    ]);
  });

  it.each([
    [0, 0],
    [1, 1],
    [ROW_LIMIT, 1],
    [ROW_LIMIT + 1, 2],
  ])('of %i events are %i', (events, count) => {
    expect(rows(Array.from({ length: events }, (_, i) => event(`k${i}`, 1)))).toHaveLength(count);
  });
});

describe('a send', () => {
  it('takes whole rows, until it has enough', () => {
    const three = rows([event('a', 1)], [event('b', 1), event('b', 2)], [event('c', 1)]);
    expect([1, 2, 3, 4, 9].map((n) => upTo(three, n).length)).toEqual([1, 2, 2, 3, 3]);
  });

  it('has each key in the order of its sequence, whatever the order of the rows', () => {
    const all = ['a', 'b', 'c'].flatMap((key) => [1, 2, 3, 4].map((n) => event(key, n)));
    fc.assert(
      fc.property(
        fc.shuffledSubarray(all, { minLength: all.length }),
        fc.integer({ min: 1, max: 5 }),
        (mixed, size) => {
          const commits: OutboxEvent[][] = [];
          for (let i = 0; i < mixed.length; i += size) commits.push(mixed.slice(i, i + size));
          const sent = inOrder(rows(...commits));
          expect(idsOf(sent).sort()).toEqual(idsOf(all).sort());
          for (const key of ['a', 'b', 'c'])
            expect(sent.filter((e) => e.key === key).map((e) => e.sequence)).toEqual([1, 2, 3, 4]);
        },
      ),
    );
  });
});

describe('how events are sent', () => {
  it.each([
    [1, 20],
    [32, 20],
    [33, 60],
    [1_000, 60],
  ])('after a send of %i events the next one waits %i ms for company', (sent, ms) =>
    expect(lingerAfter(sent, 20)).toBe(ms),
  );

  const half = { ...event('a', 1), body: 'x'.repeat(PLAIN_CHARACTERS / 2) };
  it.each([
    [[event('a', 1)], false],
    [[half, half], false],
    [[half, half, event('b', 1)], true],
    [Array.from({ length: PLAIN_EVENTS }, () => event('a', 1)), false],
    [Array.from({ length: PLAIN_EVENTS + 1 }, () => event('a', 1)), true],
  ])('case %#: only a send that a broker might not take as it is gets compressed', (events, compressed) =>
    expect(isCompressed(events)).toBe(compressed),
  );
});

describe('after a crash between the send and the delete', () => {
  const [row] = rows([event('a', 1), event('b', 1)]);
  it.each([
    [[], ['a#1', 'b#1']],
    [['a#1'], ['b#1']],
    [['x#1'], ['a#1', 'b#1']],
    [['a#1', 'b#1'], []],
  ])('when %p stand in the topic, %p are left', (published, left) =>
    expect(idsOf(without(row!, new Set(published)))).toEqual(left),
  );
});

describe('the record time of an event', () => {
  it('of a day is never ahead of any moment of that day in Almaty, where a broker would refuse it, and tells no hour', () => {
    const min = Date.UTC(2025, 0, 1);
    fc.assert(
      fc.property(fc.integer({ min, max: min + 4 * 365 * 86_400_000 }), (now) => {
        const day = almatyDay(new Date(now));
        const at = recordTime(`${day}T00:00:00Z`);
        expect(at).toBeLessThanOrEqual(now);
        expect(now - at).toBeLessThan(86_400_000);
        expect(new Date(at).toISOString()).toMatch(/T19:00:00.000Z$/);
      }),
    );
  });

  it('of an instant is that instant', () =>
    expect(recordTime('2026-11-25T19:08:24.956Z')).toBe(Date.UTC(2026, 10, 25, 19, 8, 24, 956)));
});
