import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Share } from '../entities/link.rules.js';
import { Graph, type GraphLink, sameAs } from './graph.rules.js';

const period = { first: '2025-01-01', last: '2025-12-31' };
const owns = (
  from: string,
  to: string,
  share: number | Share | null = 1,
  more: Partial<GraphLink> = {},
): GraphLink => ({
  ...{ id: `${from}>${to}`, kind: 'Ownership', from, to, since: null, until: null, source: 'test', confidence: 1 },
  share: typeof share === 'number' ? { low: share, high: share } : share,
  ...more,
});
const owners = (links: GraphLink[], of: string, depth = 5) =>
  Object.fromEntries([...new Graph(links).holdings(of, 'owners', period, depth)].map(([id, { share }]) => [id, share]));
const exactly = (share: number): Share => ({ low: share, high: share });

describe('what is held of a company', () => {
  it.each([
    ['directly', [owns('a', 'c', 0.4)], { a: exactly(0.4) }],
    ['through another', [owns('a', 'b', 0.5), owns('b', 'c', 0.5)], { b: exactly(0.5), a: exactly(0.25) }],
    [
      'along two paths',
      [owns('a', 'x', 0.5), owns('a', 'y', 1), owns('x', 'c', 0.6), owns('y', 'c', 0.4)],
      { x: exactly(0.6), y: exactly(0.4), a: exactly(0.7) },
    ],
    [
      'as a range',
      [owns('a', 'b', { low: 0.25, high: 0.5 }), owns('b', 'c', 0.5)],
      { b: exactly(0.5), a: { low: 0.125, high: 0.25 } },
    ],
    ['without a size', [owns('a', 'c', null)], { a: { low: 0, high: 1 } }],
    ['as shares and as votes', [owns('a', 'c', 0.4), owns('a', 'c', 0.6, { id: 'votes' })], { a: exactly(0.6) }],
    [
      'over all of it',
      [owns('a', 'b', 1), owns('a', 'c', 0.8), owns('b', 'c', 0.8)],
      { a: exactly(1), b: exactly(0.8) },
    ],
    ['in a circle', [owns('a', 'b', 1), owns('b', 'a', 1), owns('b', 'c', 1)], { b: exactly(1), a: exactly(1) }],
    ['by itself', [owns('c', 'c', 0.5), owns('a', 'c', 0.5)], { a: exactly(0.5) }],
    ['before the period', [owns('a', 'c', 1, { until: '2024-12-31' })], {}],
    ['after the period', [owns('a', 'c', 1, { since: '2026-01-01' })], {}],
    ['at its end', [owns('a', 'c', 1, { since: '2025-12-31' })], { a: exactly(1) }],
    ['by a director', [owns('a', 'c', 1, { kind: 'Directorship' })], {}],
  ])('%s', (_, links, expected) => expect(owners(links, 'c')).toEqual(expected));

  it('is followed as deep as asked', () => {
    const chain = ['a', 'b', 'c', 'd'].map((id, i, all) => owns(all[i + 1] ?? 'top', id));
    expect(Object.keys(owners(chain, 'a', 2))).toEqual(['b', 'c']);
    expect(Object.keys(owners(chain, 'a'))).toEqual(['b', 'c', 'd', 'top']);
  });

  it('is refused where every way leads to every other', () => {
    const ids = Array.from({ length: 30 }, (_, i) => `n${i}`);
    const all = ids.flatMap((a) => ids.filter((b) => a !== b).map((b) => owns(a, b, 0.9)));
    expect(() => owners(all, 'n0', 8)).toThrow('too many paths');
  });

  it('of two companies that own each other is never part of itself, and no more than all', () => {
    const raw = JSON.parse(
      readFileSync(new URL('../../fixtures/bods/10-circular-ownership.json', import.meta.url), 'utf8'),
    ) as { recordType: string; recordDetails: { subject: string; interestedParty: string } }[];
    const links = raw
      .filter((s) => s.recordType === 'relationship')
      .map(({ recordDetails: r }) => owns(r.interestedParty, r.subject));
    expect(owners(links, 'rec-alpha-corp')).toEqual({ 'rec-beta-corp': exactly(1) });
  });

  it('lies between nothing and all, in any order of the links, and from above as from below', () => {
    const node = fc.constantFrom('a', 'b', 'c', 'd', 'e');
    const share = fc.tuple(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 100 })).map(([x, y]): Share => {
      return { low: Math.min(x, y) / 100, high: Math.max(x, y) / 100 };
    });
    const links = fc
      .array(fc.tuple(node, node, share), { maxLength: 12 })
      .map((all) => all.map(([from, to, s], i) => owns(from, to, s, { id: String(i) })));
    fc.assert(
      fc.property(links, (all) => {
        const [one, other] = [new Graph(all), new Graph([...all].reverse())];
        for (const id of ['a', 'b', 'c']) {
          const held = one.holdings(id, 'owners', period, 5);
          expect(held.has(id)).toBe(false);
          for (const [owner, { share: s, links: used }] of held) {
            expect(s.low >= 0 && s.low <= s.high && s.high <= 1).toBe(true);
            for (const same of [
              other.holdings(id, 'owners', period, 5).get(owner)!,
              one.holdings(owner, 'owned', period, 5).get(id)!,
            ]) {
              expect(same.share.low).toBeCloseTo(s.low, 5);
              expect(same.share.high).toBeCloseTo(s.high, 5);
              expect(same.links).toEqual(used);
            }
          }
        }
      }),
    );
  });

  it('adds up to all of it where each company is wholly owned', () => {
    // Each level is owned by the next one, in parts that add up to one.
    const weights = fc.array(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 3, maxLength: 3 }), {
      minLength: 7,
      maxLength: 7,
    });
    fc.assert(
      fc.property(weights, (all) => {
        const levels = [['c'], ['x0', 'x1', 'x2'], ['y0', 'y1', 'y2'], ['z0', 'z1', 'z2']];
        const links = levels.slice(0, 3).flatMap((level, i) =>
          level.flatMap((to, j) => {
            const parts = all[i === 0 ? 0 : (i - 1) * 3 + j + 1]!;
            return levels[i + 1]!.map((from, k) => owns(from, to, parts[k]! / parts.reduce((a, b) => a + b)));
          }),
        );
        const held = owners(links, 'c');
        for (const level of levels.slice(1))
          expect(level.reduce((sum, id) => sum + held[id]!.low, 0)).toBeCloseTo(1, 4);
      }),
    );
  });
});

describe('those that are the same', () => {
  it('are one node, whatever the order of the pairs', () => {
    const pairs = [
      ['d', 'c'],
      ['b', 'c'],
      ['x', 'y'],
    ] as const;
    for (const all of [pairs, [...pairs].reverse()]) {
      const node = sameAs(all);
      expect(['a', 'b', 'c', 'd', 'x', 'y'].map(node)).toEqual(['a', 'b', 'b', 'b', 'x', 'x']);
    }
  });
});
