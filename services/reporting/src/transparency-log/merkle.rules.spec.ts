import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { EMPTY_ROOT, leafHash } from '@aiqyn/contracts';
import type { ReportingConfig } from '../config.js';
import type { Policies } from '../policies/policies.js';
import { LogKey } from './log-key.js';
import { append, consistencyRanges, inclusionRanges, joined, perfectIn, type Range } from './merkle.rules.js';
import { consistencyHolds, inclusionHolds, type Receipt, verifyLog, verifyReceipt } from './verify-receipt.js';

/** The leaves and roots of the tests of Certificate Transparency (merkle_tree_test.cc). */
const LEAVES = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
const ROOTS = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
const known = LEAVES.map((hex) => leafHash(Buffer.from(hex, 'hex')));
const leaves = (n: number): string[] => Array.from({ length: n }, (_, i) => leafHash(Buffer.from(`leaf ${i}`)));

/** The hashes of the subtrees as the service finds them at its entries. */
function tree(list: readonly string[]) {
  const { entries } = append(0, [], list);
  const hash = (range: Range): string =>
    joined(
      perfectIn(range).map(({ entry, height }) =>
        height === 0 ? entries[entry]!.leaf : entries[entry]!.nodes[height - 1]!,
      ),
    );
  return { entries, hashes: (ranges: Range[]) => ranges.map(hash), root: (size: number) => entries[size - 1]!.root };
}

describe('the tree', () => {
  it('has the roots of RFC 6962', () => {
    expect(EMPTY_ROOT).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(append(0, [], known).entries.map((e) => e.root)).toEqual(ROOTS);
  });

  it('proves the first of eight leaves as the tests of Certificate Transparency do', () => {
    expect(tree(known).hashes(inclusionRanges(0, 8))).toEqual([
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ]);
  });

  it('is the same whether it grows at once or in steps', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(9), { maxLength: 8 }), (steps) => {
        const all = leaves(steps.reduce((a, b) => a + b, 0));
        let [size, frontier] = [0, [] as string[]];
        const entries = steps.flatMap((n) => {
          const grown = append(size, frontier, all.slice(size, size + n));
          [size, frontier] = [size + n, grown.frontier];
          return grown.entries;
        });
        expect(entries).toEqual(append(0, [], all).entries);
      }),
    );
  });

  it('proves every leaf of every size, and no other leaf or place', async () => {
    const t = tree(leaves(40));
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 40 }), fc.nat(), fc.nat(), async (size, pick, wrong) => {
        const [index, other] = [pick % size, wrong % size];
        const proof = t.hashes(inclusionRanges(index, size));
        const holds = (at: number, leaf: string) => inclusionHolds(leaf, at, size, proof, t.root(size));
        expect(await holds(index, t.entries[index]!.leaf)).toBe(true);
        if (other === index) return;
        expect(await holds(index, t.entries[other]!.leaf)).toBe(false);
        expect(await holds(other, t.entries[index]!.leaf)).toBe(false);
      }),
    );
  });

  it('proves that each size is the beginning of each later one, and of no other tree', async () => {
    const [t, other] = [tree(leaves(40)), tree(leaves(41).slice(1))];
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }), async (a, b) => {
        const [first, second] = [Math.min(a, b), Math.max(a, b)];
        const proof = t.hashes(consistencyRanges(first, second));
        expect(await consistencyHolds([first, t.root(first)], [second, t.root(second)], proof)).toBe(true);
        expect(await consistencyHolds([first, other.root(first)], [second, t.root(second)], proof)).toBe(false);
      }),
    );
  });

  it.each([
    [() => inclusionRanges(3, 3), 'no_such_entry'],
    [() => consistencyRanges(0, 3), 'no_such_size'],
    [() => consistencyRanges(4, 3), 'no_such_size'],
  ])('refuses what is not there (%#)', (ask, code) => expect(ask).toThrow(expect.objectContaining({ code })));
});

const keyOf = (): LogKey =>
  new LogKey(
    {
      RECEIPT_PEPPER: 'p'.repeat(43),
      TRANSPARENCY_KEY: generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }).d!,
    } as ReportingConfig,
    { transparency: { promisedDays: 2 } } as Policies,
  );
const key = keyOf();
const committed = { reportId: 'r-1', day: '2025-03-01', content: 'c'.repeat(64) };
const receipt = await key.receiptOf(committed);
const list = [...leaves(6), receipt.leaf, ...leaves(12).slice(6)];
const grown = tree(list);
const checkpoint = (size: number, by = key): string => by.checkpoint(size, grown.root(size));
const inclusion = {
  ...{ leaf: receipt.leaf, index: 6, treeSize: 13, checkpoint: checkpoint(13) },
  proof: grown.hashes(inclusionRanges(6, 13)),
};

const foreign = await keyOf().receiptOf(committed);

describe('promises given at once', () => {
  const several = (n: number) => Array.from({ length: n }, (_, i) => ({ ...committed, reportId: `r-${i}` }));
  const together = (n: number) => Promise.all(several(n).map((one) => key.receiptOf(one, undefined, false)));

  it.each([1, 2, 5, 64])('share one signature, and each of %i holds alone', async (n) => {
    const receipts = await together(n);
    expect(new Set(receipts.map((r) => r.promise.signature)).size).toBe(1);
    for (const one of receipts) expect(await verifyReceipt(one)).toEqual({ verdict: 'promised, not yet in the tree' });
  });

  it('tell nothing of each other: no proof has a leaf or a hash of leaves of the log', async () => {
    const receipts = await together(8);
    const known = tree(receipts.map((r) => r.leaf)).entries.flatMap(({ leaf, nodes }) => [leaf, ...nodes]);
    for (const { promise } of receipts) for (const hash of promise.proof) expect(known).not.toContain(hash);
  });

  it('do not hold for another report or place', async () => {
    const [first, second] = (await together(2)) as [Receipt, Receipt];
    const wrong = [
      { ...first, promise: second.promise },
      { ...first, promise: { ...first.promise, index: 1 } },
      { ...first, promise: { ...first.promise, proof: [] } },
      { ...first, promise: { ...first.promise, size: 1 } },
    ];
    for (const one of wrong) expect(await verifyReceipt(one)).toMatchObject({ verdict: 'tampered' });
  });
});

describe('a receipt', () => {
  it('is promised before and valid after its leaf is in the tree', async () => {
    expect(await verifyReceipt(receipt, undefined, key.verifier)).toEqual({
      verdict: 'promised, not yet in the tree',
    });
    expect(await verifyReceipt(receipt, inclusion, key.verifier)).toEqual({ verdict: 'valid' });
    expect(await key.receiptOf(committed)).toEqual(receipt);
  });

  it.each([
    ['a swapped salt', { ...receipt, salt: '0'.repeat(64) }, inclusion, 'leaf does not follow'],
    ['another day', { ...receipt, day: '2025-03-02' }, inclusion, 'leaf does not follow'],
    ['another report', { ...receipt, reportId: 'r-2' }, inclusion, 'leaf does not follow'],
    ['other content', { ...receipt, content: 'd'.repeat(64) }, inclusion, 'leaf does not follow'],
    [
      'a later promise',
      { ...receipt, promise: { ...receipt.promise, by: '2026-01-01' } },
      inclusion,
      'promise is wrong',
    ],
    ['a promise of another key', foreign, inclusion, 'another key'],
    ['a forged head', receipt, { ...inclusion, checkpoint: checkpoint(13, keyOf()) }, 'not signed'],
    ['an edited head', receipt, { ...inclusion, checkpoint: checkpoint(13).replace('13', '14') }, 'not signed'],
    ['a shorter tree', receipt, { ...inclusion, checkpoint: checkpoint(12) }, 'another leaf or tree'],
    ['a wrong proof', receipt, { ...inclusion, proof: [...inclusion.proof].reverse() }, 'does not lead'],
    ['another place', receipt, { ...inclusion, index: 5 }, 'does not lead'],
  ] as const)('is tampered with %s', async (_, r, i, fails) => {
    expect(await verifyReceipt(r, i, key.verifier)).toEqual(
      expect.objectContaining({ verdict: 'tampered', fails: expect.stringContaining(fails) }),
    );
  });
});

describe('a copy of the log', () => {
  const entries = grown.entries.map(({ leaf, root }) => ({ leaf, root }));
  const heads = [4, 9, 13].map((size) => checkpoint(size));
  const place = fc.nat(11);

  it('is valid as it was', async () =>
    expect(await verifyLog({ entries, heads }, key.verifier)).toEqual({ verdict: 'valid' }));

  it.each([
    ['edited', (at: number) => entries.map((e, i) => (i === at ? { ...e, leaf: leaves(99)[98]! } : e))],
    ['dropped', (at: number) => entries.filter((_, i) => i !== at)],
    [
      'reordered',
      (at: number) => entries.map((e, i) => (i === at ? entries[at + 1]! : i === at + 1 ? entries[at]! : e)),
    ],
    ['edited to no hash', (at: number) => entries.map((e, i) => (i === at ? { ...e, leaf: 'x' } : e))],
  ])('names the first entry that was %s', async (_, tamper) => {
    await fc.assert(
      fc.asyncProperty(place, async (at) => {
        expect(await verifyLog({ entries: tamper(at), heads }, key.verifier)).toMatchObject({
          verdict: 'tampered',
          firstBad: at,
        });
      }),
    );
  });

  it('names the first missing entry after a rollback, also when the heads were rolled back with it', async () => {
    const cut = entries.slice(0, 9);
    expect(await verifyLog({ entries: cut, heads }, key.verifier)).toMatchObject({ firstBad: 9 });
    const quiet = { entries: cut, heads: heads.slice(0, 2) };
    expect(await verifyLog(quiet, key.verifier)).toEqual({ verdict: 'valid' });
    expect(await verifyLog(quiet, key.verifier, [checkpoint(13)])).toMatchObject({ firstBad: 9 });
  });

  it('says from where no head vouches when the roots were computed anew', async () => {
    const anew = tree(list.map((leaf, i) => (i === 6 ? leaves(99)[98]! : leaf))).entries;
    expect(await verifyLog({ entries: anew, heads }, key.verifier)).toMatchObject({ firstBad: 4 });
  });

  it('notices a forged head, heads that go backwards, and entries without one', async () => {
    const forged = [heads[0]!, checkpoint(9, keyOf())];
    expect(await verifyLog({ entries, heads: forged }, key.verifier)).toMatchObject({ firstBad: 4 });
    const back = [heads[1]!, heads[0]!, heads[2]!];
    expect(await verifyLog({ entries, heads: back }, key.verifier)).toMatchObject({ firstBad: 4 });
    expect(await verifyLog({ entries, heads: heads.slice(0, 2) }, key.verifier)).toMatchObject({ firstBad: 9 });
  });
});
