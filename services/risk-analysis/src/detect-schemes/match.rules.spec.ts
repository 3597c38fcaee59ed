import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { LinkKind } from '../entities/link.rules.js';
import type { DealOf } from '../graph/dealings.rules.js';
import type { GraphLink } from '../graph/graph.rules.js';
import { detect, type Facts, recomputeScheme, type SchemeEvidence } from './match.rules.js';
import { type SchemePattern, schemePattern } from './pattern.rules.js';

const TODAY = '2026-06-01';
const folder = new URL('../../data/schemes/', import.meta.url);
const raw = Object.fromEntries(
  readdirSync(folder).map((file) => [
    file.slice(0, 2),
    JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as object,
  ]),
);
const pattern = (code: string): SchemePattern => schemePattern(raw[code]);

let count = 0;
const link = (kind: LinkKind, from: string, to: string, more: Partial<GraphLink> = {}): GraphLink => ({
  ...{
    id: `${kind} ${from} ${to} ${(count += 1)}`,
    kind,
    from,
    to,
    since: null,
    until: null,
    source: 'test',
    confidence: 1,
  },
  share: kind === 'Ownership' ? { low: 1, high: 1 } : null,
  ...more,
});
const deal = (ocid: string, bidders: string, winner: string, more: Partial<DealOf> = {}): DealOf => ({
  ...{ ocid, day: `2026-01-${ocid.padStart(2, '0')}`, areaCode: 'roads', buyer: 'body', runner: null },
  ...{ bidders: bidders.split(' '), winners: [winner], direct: false, itemClass: '4523', rise: null },
  awards: [{ to: [winner], amount: 30_000_000, currency: 'KZT' }],
  ...more,
});
const types = {
  owner: 'Person',
  official: 'Person',
  relative: 'Person',
  body: 'PublicBody',
  state: 'PublicBody',
} as const;
const facts = (deals: DealOf[], links: GraphLink[], more: Partial<Facts> = {}): Facts => {
  return { deals, links, types, signals: {}, suspected: [], ...more };
};

const inTurn = [deal('1', 'x y', 'x'), deal('2', 'x y', 'y'), deal('3', 'x y', 'x')];
const both = [link('Ownership', 'owner', 'x'), link('Ownership', 'owner', 'y')];
const split = [deal('1', 'x', 'x', { direct: true }), deal('2', 'x', 'x', { direct: true })];
const post = link('Occupancy', 'official', 'body', { since: '2025-01-01', until: '2026-03-31' });
const kin = link('Family', 'relative', 'official');
const risen = deal('1', 'x y', 'x', { rise: 0.2 });
const five = ['1', '2', '3', '4', '5'].map((n) => deal(n, 'x', n === '5' ? 'y' : 'x'));
const r035 = { signals: { '1': ['R035', 'R018'] } };
const suspicion = { suspected: ['official'] };

/** One of each, from the domain notes: who stands in it. */
const WHOLE: Record<string, [Facts, Record<string, string>]> = {
  S1: [facts(inTurn, both), { buyer: 'body', first: 'x', second: 'y', owner: 'owner' }],
  S2: [
    facts(split, [post, kin, link('Directorship', 'relative', 'x')]),
    { buyer: 'body', supplier: 'x', official: 'official', relative: 'relative' },
  ],
  S3: [facts([risen], [], r035), { buyer: 'body', winner: 'x' }],
  S4: [facts(five, [post], suspicion), { buyer: 'body', supplier: 'x', official: 'official' }],
  S5: [facts([deal('1', 'x y', 'x')], both), { first: 'x', second: 'y', owner: 'owner' }],
  S6: [
    facts([deal('1', 'x', 'x')], [post, link('Ownership', 'official', 'm'), link('Ownership', 'm', 'x')]),
    { buyer: 'body', official: 'official', winner: 'x' },
  ],
  S7: [
    facts([deal('1', 'x y', 'x')], [link('Ownership', 'y', 'm'), link('Ownership', 'm', 'x')]),
    { parent: 'y', child: 'x' },
  ],
};

describe('a scheme', () => {
  it.each(Object.keys(raw))('%s is told, with evidence from which it comes again', (code) => {
    const [all, nodes] = WHOLE[code]!;
    const { outcome, schemes } = detect(pattern(code), all, TODAY);
    expect(outcome).toEqual({ state: 'triggered', value: 1 });
    expect(schemes.map((s) => [s.nodes, s.areaCode])).toEqual([[nodes, 'roads']]);
    const [scheme] = schemes;
    const stored = JSON.parse(JSON.stringify(scheme!.evidence)) as SchemeEvidence;
    expect(recomputeScheme(pattern(code), scheme!.id, stored)).toEqual(scheme);
  });

  const without = (
    code: string,
    change: (all: Facts) => Facts,
    state: string,
  ): [string, (all: Facts) => Facts, string] => [code, change, state];
  const links =
    (change: (link: GraphLink) => GraphLink | undefined) =>
    (all: Facts): Facts => {
      return { ...all, links: all.links.flatMap((one) => change(one) ?? []) };
    };
  const deals =
    (change: (deal: DealOf) => Partial<DealOf>) =>
    (all: Facts): Facts => {
      return { ...all, deals: all.deals.map((one) => ({ ...one, ...change(one) })) };
    };
  it.each([
    ['no processes at all', ...without('S1', (all) => ({ ...all, deals: [] }), 'insufficient-data')],
    [
      'processes before the window only',
      ...without(
        'S1',
        deals(() => ({ day: '2020-01-01' })),
        'insufficient-data',
      ),
    ],
    ['no links at all', ...without('S1', (all) => ({ ...all, links: [] }), 'insufficient-data')],
    [
      'another owner of the second',
      ...without(
        'S1',
        links((l) => (l.to === 'y' ? { ...l, from: 'other' } : l)),
        'not-triggered',
      ),
    ],
    [
      'a small part of the second',
      ...without(
        'S1',
        links((l) => ({ ...l, share: { low: 0.24, high: 0.24 } })),
        'not-triggered',
      ),
    ],
    [
      'a part that may be large enough',
      ...without(
        'S1',
        links((l) => ({ ...l, share: { low: 0.1, high: 0.3 } })),
        'insufficient-data',
      ),
    ],
    [
      'a part of which nobody tells the size',
      ...without(
        'S1',
        links((l) => ({ ...l, share: null })),
        'insufficient-data',
      ),
    ],
    [
      'a source that is not sure',
      ...without(
        'S1',
        links((l) => ({ ...l, confidence: 0.4 })),
        'not-triggered',
      ),
    ],
    [
      'an owner that sold before',
      ...without(
        'S1',
        links((l) => ({ ...l, until: '2020-01-01' })),
        'not-triggered',
      ),
    ],
    [
      'the state as the owner of both',
      ...without(
        'S1',
        links((l) => ({ ...l, from: 'state' })),
        'not-triggered',
      ),
    ],
    [
      'always the same winner',
      ...without(
        'S1',
        deals(() => ({ winners: ['x'] })),
        'not-triggered',
      ),
    ],
    [
      'a relative of nobody in the body',
      ...without(
        'S2',
        links((l) => (l.kind === 'Occupancy' ? { ...l, to: 'other' } : l)),
        'not-triggered',
      ),
    ],
    [
      'no family that a registry tells',
      ...without(
        'S2',
        links((l) => (l.kind === 'Family' ? undefined : l)),
        'insufficient-data',
      ),
    ],
    [
      'a sum under the limit',
      ...without(
        'S2',
        deals(() => ({ awards: [{ to: ['x'], amount: 20_000_000, currency: 'KZT' }] })),
        'not-triggered',
      ),
    ],
    ['no R035', ...without('S3', (all) => ({ ...all, signals: { '1': ['R018'] } }), 'not-triggered')],
    [
      'a price that stays',
      ...without(
        'S3',
        deals(() => ({ rise: 0.09 })),
        'not-triggered',
      ),
    ],
    [
      'no contract at all',
      ...without(
        'S3',
        deals(() => ({ rise: null })),
        'insufficient-data',
      ),
    ],
    ['a suspicion that is settled', ...without('S4', (all) => ({ ...all, suspected: [] }), 'not-triggered')],
    [
      'several suppliers',
      ...without(
        'S4',
        deals((d) => ({ awards: [{ to: [`x${d.ocid}`], amount: 1, currency: 'KZT' }] })),
        'not-triggered',
      ),
    ],
    [
      'one bidder',
      ...without(
        'S5',
        deals(() => ({ bidders: ['x'] })),
        'not-triggered',
      ),
    ],
    [
      'an official who had left',
      ...without(
        'S6',
        deals(() => ({ day: '2026-04-01' })),
        'not-triggered',
      ),
    ],
    [
      'an official who came later',
      ...without(
        'S6',
        links((l) => (l.kind === 'Occupancy' ? { ...l, since: '2026-02-01' } : l)),
        'not-triggered',
      ),
    ],
    [
      'the winner of another body',
      ...without(
        'S6',
        deals(() => ({ buyer: 'other' })),
        'not-triggered',
      ),
    ],
    [
      'a body that ran the tender for another',
      ...without(
        'S6',
        deals(() => ({ buyer: 'other', runner: 'body' })),
        'triggered',
      ),
    ],
    [
      'a parent that does not bid',
      ...without(
        'S7',
        deals(() => ({ bidders: ['x', 'z'] })),
        'not-triggered',
      ),
    ],
  ])('with %s (%s) is not the same', (_, code, change, state) =>
    expect(detect(pattern(code), change(WHOLE[code]![0]), TODAY).outcome.state).toBe(state),
  );

  it('of an official who owns the winner in a circle, and who owns themselves, ends and is told', () => {
    const circle = [link('Ownership', 'x', 'm'), link('Ownership', 'x', 'x'), link('Ownership', 'm', 'm')];
    const [all] = WHOLE['S6']!;
    expect(detect(pattern('S6'), { ...all, links: [...circle, ...all.links] }, TODAY).outcome).toEqual({
      state: 'triggered',
      value: 1,
    });
  });

  it('that cannot be told for too many paths is an error, not silence', () => {
    const ids = Array.from({ length: 40 }, (_, i) => `n${i}`);
    const web = ids.flatMap((a) =>
      ['x', ...ids].filter((b) => a !== b).map((b) => link('Ownership', a, b, { share: { low: 0.9, high: 0.9 } })),
    );
    const [all] = WHOLE['S5']!;
    expect(detect(pattern('S5'), { ...all, links: [...all.links, ...web] }, TODAY).outcome).toEqual({
      state: 'error',
      reason: 'too-many-paths',
    });
  });

  it('gathers the processes of the same persons in one', () => {
    const [all] = WHOLE['S5']!;
    const { schemes } = detect(pattern('S5'), { ...all, deals: inTurn }, TODAY);
    expect(schemes.map((s) => s.processes)).toEqual([['1', '2', '3']]);
  });

  it('keeps no more of the facts than it rests on', () => {
    const [all] = WHOLE['S6']!;
    const more = { deals: [...all.deals, deal('9', 'a b', 'a')], links: [...all.links, link('Family', 'q', 'r')] };
    const [scheme] = detect(pattern('S6'), { ...all, ...more }, TODAY).schemes;
    expect(scheme!.evidence.deals.map((d) => d.ocid)).toEqual(['1']);
    expect(scheme!.evidence.links).toHaveLength(3);
  });

  it('is not told before its pattern is in force, and with the parameters of the day', () => {
    const later = {
      ...pattern('S5'),
      parameters: [{ validFrom: '2027-01-01', values: pattern('S5').parameters[0]!.values }],
    };
    expect(detect(later, WHOLE['S5']![0], TODAY).outcome).toEqual({ state: 'not-applicable', reason: 'not-in-force' });
    const draft = { ...pattern('S5'), status: 'draft' as const };
    expect(detect(draft, WHOLE['S5']![0], TODAY).outcome.state).toBe('not-applicable');
  });

  it('is the same in any order of processes and links, and comes again from its evidence', () => {
    const id = fc.constantFrom('x', 'y', 'z', 'owner', 'official', 'relative', 'm');
    const kind = fc.constantFrom<LinkKind>('Ownership', 'Directorship', 'Family', 'Occupancy');
    const some = fc
      .array(fc.tuple(kind, id, fc.oneof(id, fc.constant('body'))), { maxLength: 14 })
      .map((all) => all.map(([k, from, to], i) => ({ ...link(k, from, to), id: String(i) })));
    const bidder = fc.constantFrom('x', 'y', 'z');
    const tenders = fc
      .array(fc.tuple(bidder, bidder, fc.boolean()), { minLength: 1, maxLength: 8 })
      .map((all) => all.map(([a, b, direct], i) => deal(String(i + 1), `${a} ${b}`, a, { direct, rise: 0.2 })));
    fc.assert(
      fc.property(tenders, some, (d, l) => {
        const all = facts(d, l, { ...suspicion, ...r035 });
        const mixed = { ...all, deals: [...d].reverse(), links: [...l].reverse() };
        for (const code of Object.keys(raw)) {
          const found = detect(pattern(code), all, TODAY);
          expect(detect(pattern(code), mixed, TODAY)).toEqual(found);
          for (const scheme of found.schemes)
            expect(recomputeScheme(pattern(code), scheme.id, scheme.evidence)).toEqual(scheme);
        }
      }),
      { numRuns: 150 },
    );
  });
});

describe('a pattern', () => {
  const s1 = (): Record<string, unknown> => structuredClone(raw['S1']) as Record<string, unknown>;
  const edges = s1()['edges'] as object[];
  const values = { window: 1, confidence: 0.5, processes: 3, changes: 2, share: 0.25, companies: 4 };
  it.each([
    ['code', { code: 'R1' }],
    ['version', { version: 0 }],
    ['title.kk', { title: { ru: 'a', en: 'b' } }],
    ['nodes.owner.types', { nodes: { ...(s1()['nodes'] as object), owner: { types: ['Official'] } } }],
    ['nodes.owner.signals', { nodes: { ...(s1()['nodes'] as object), owner: { signals: ['late'] } } }],
    ['nodes.spare', { nodes: { ...(s1()['nodes'] as object), spare: {} } }],
    ['edges.0.any', { edges: [{ ...edges[0], any: ['Rotation', 'Bid'] }] }],
    ['edges.0.ends', { edges: [{ ...edges[0], ends: { from: 'first', to: 'second' } }] }],
    ['edges.0 (an end', { edges: [edges[1], edges[0], edges[2]] }],
    ['edges.1.atLeast', { edges: [edges[0], { ...edges[1], atLeast: undefined }, edges[2]] }],
    ['edges.1.at', { edges: [edges[0], { ...edges[1], at: 'process' }, edges[2]] }],
    ['parameters.0.share', { parameters: [{ validFrom: '2025-01-01', values: { ...values, share: undefined } }] }],
    ['parameters.0.window', { parameters: [{ validFrom: '2025-01-01', values: { ...values, window: 0 } }] }],
    ['parameters.0.spare', { parameters: [{ validFrom: '2025-01-01', values: { ...values, spare: 1 } }] }],
    ['parameters.0 ', { parameters: [{ validFrom: '2025-13-01', values }] }],
    ['gathered.node', { gathered: { node: 'process', atLeast: 'processes' } }],
    ['basis', { basis: { text: 'x' } }],
    ['weight', { weight: 2 }],
    ['approver', { approver: 'aiqyn' }],
  ])('is refused for %s', (field, part) => expect(() => schemePattern({ ...s1(), ...part })).toThrow(field));
});
