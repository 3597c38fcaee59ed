import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  type AuditInput,
  type AuditRow,
  type ChainHead,
  EMPTY_CHAIN,
  rowsOfEntries,
  sealedEntries,
  sealRow,
  verifyChain,
} from './seal.rules.js';

const entry = (actor: string, resource = 'r'): AuditInput => ({
  actor,
  action: 'report:read',
  resource,
  outcome: 'done',
});
const now = new Date('2025-03-09T20:15:00Z');
let ids = 0;
const newId = (): string => `row-${(ids += 1)}`;

/** The rows sealed one after the other, and the head that they end in. */
function chain(rows: readonly AuditRow[]): { rows: AuditRow[]; head: ChainHead } {
  let head = EMPTY_CHAIN;
  const sealed = rows.map((row) => {
    const { first, hashes, head: next } = sealRow(row, head);
    head = next;
    return { ...row, first, hashes };
  });
  return { rows: sealed, head };
}
const verdict = ({ rows, head }: { rows: readonly AuditRow[]; head: ChainHead }) =>
  verifyChain(rows.flatMap(sealedEntries), head);
const commits = fc.array(fc.array(fc.constantFrom('anna', 'boris'), { minLength: 1, maxLength: 4 }), {
  minLength: 1,
  maxLength: 8,
});
const sealed = commits.map((list) =>
  chain(
    list.flatMap((actors) =>
      rowsOfEntries(
        actors.map((a) => entry(a)),
        now,
        newId,
      ),
    ),
  ),
);

describe('the audit rows of a commit', () => {
  it('keep a citizen apart from an office, without the instant, until the day is over', () => {
    // 20:15 UTC is already the tenth in Almaty.
    expect(rowsOfEntries([entry('anna'), entry('public'), entry('public', 's')], now, newId)).toEqual([
      {
        _id: expect.any(String),
        day: '2025-03-10',
        entries: [entry('public'), entry('public', 's')],
        seal: '2025-03-11',
      },
      {
        _id: expect.any(String),
        day: '2025-03-10',
        at: '2025-03-09T20:15:00.000Z',
        entries: [entry('anna')],
        seal: '2025-03-10',
      },
    ]);
  });

  it('are none where nothing was noted', () => expect(rowsOfEntries([], now, newId)).toEqual([]));
});

describe('the chain', () => {
  it('is intact as it was sealed', async () => {
    await fc.assert(
      fc.asyncProperty(sealed, async (c) => {
        expect(await verdict(c)).toEqual({ intact: true, entries: c.head.seq });
      }),
    );
  });

  it.each(['actor', 'action', 'resource', 'outcome', 'reason'] as const)(
    'names the first entry whose %s was edited',
    async (field) => {
      await fc.assert(
        fc.asyncProperty(sealed, fc.nat(), async (c, pick) => {
          const at = pick % c.head.seq;
          const row = c.rows.find((r) => r.first! - 1 <= at && at < r.first! - 1 + r.entries.length)!;
          const entries = row.entries.map((e, i) => (row.first! - 1 + i === at ? { ...e, [field]: 'edited' } : e));
          const rows = c.rows.map((r) => (r === row ? { ...r, entries } : r));
          expect(await verdict({ ...c, rows })).toEqual({ intact: false, firstBad: at + 1 });
        }),
      );
    },
  );

  it('names the place from which a row is missing, also when it is the last', async () => {
    await fc.assert(
      fc.asyncProperty(sealed, fc.nat(), async (c, pick) => {
        const gone = c.rows[pick % c.rows.length]!;
        const rows = c.rows.filter((r) => r !== gone);
        expect(await verdict({ ...c, rows })).toEqual({ intact: false, firstBad: gone.first });
      }),
    );
  });

  it('notices a row that was moved to another day', async () => {
    const c = chain(rowsOfEntries([entry('anna')], now, newId));
    const rows = c.rows.map((r) => ({ ...r, day: '2025-03-11' }));
    expect(await verdict({ ...c, rows })).toEqual({ intact: false, firstBad: 1 });
  });

  it('notices an entry that was slipped in without a hash', async () => {
    const c = chain(rowsOfEntries([entry('anna')], now, newId));
    const rows = c.rows.map((r) => ({ ...r, entries: [...r.entries, entry('boris')] }));
    expect(await verdict({ ...c, rows })).toEqual({ intact: false, firstBad: 2 });
  });
});
