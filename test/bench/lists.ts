import { randomUUID } from 'node:crypto';
import { fetchToken } from '@aiqyn/local';
import { type Bench, type Figure, percentile } from './figures.js';
import { withProcesses } from './processes.js';

const CASES = 100_000;
const CALLS = 40;

/** The first page of a list among 100,000 cases, as an office asks for it. */
export function lists(bench: Bench): Promise<Figure[]> {
  const { issuer, mongo } = bench;
  return withProcesses(bench, 'lists', { MONGODB_DB: 'bench_lists' }, async ({ url, start }) => {
    await start('reporting');
    await fill(mongo.db('bench_lists').collection<{ _id: string }>('cases'));
    const figures: Figure[] = [];
    for (const [name, role, query] of [
      ['all', 'triage-officer', ''],
      ['of one state', 'triage-officer', '&state=under-investigation'],
      ['overdue', 'supervisor', '&overdue=feedback'],
    ] as const) {
      const headers = { authorization: `Bearer ${await fetchToken(issuer, role)}` };
      const took: number[] = [];
      for (let i = 0; i < CALLS; i += 1) {
        const began = performance.now();
        const response = await fetch(`${url('reporting')}/v1/cases?limit=50${query}`, { headers });
        const { items } = (await response.json()) as { items: unknown[] };
        took.push(performance.now() - began);
        if (items.length !== 50) throw new Error(`the list of ${name} has ${items.length} rows`);
      }
      figures.push({
        name: `first page of ${CASES.toLocaleString('en')} cases, ${name}, p95`,
        ours: percentile(took, 0.95),
        unit: 'ms',
        note: name === 'overdue' ? 'aim 200' : 'aim 300',
      });
    }
    return figures;
  });
}

/** A tenth under investigation, a third assigned to somebody else, one in a hundred overdue. */
async function fill(cases: { insertMany(rows: { _id: string }[]): Promise<unknown> }): Promise<void> {
  const sealed = { enc: 'A'.repeat(43), ciphertext: 'b'.repeat(1_387), by: 'client' };
  const facts = { mode: 'anonymous', category: 'bribery', areaCode: 'roads', region: 'KZ-75', narrative: sealed };
  const days = { receivedDay: '2025-03-01', acknowledgeBy: '2025-03-08', feedbackBy: '2025-06-08' };
  for (let done = 0; done < CASES; done += 1_000) {
    await cases.insertMany(
      Array.from({ length: 1_000 }, (_, i) => ({
        ...{ _id: randomUUID(), receiptVerifier: randomUUID(), version: 1, events: 1, deadlinePolicy: 'bench' },
        ...{ ...facts, ...days, state: i % 10 === 0 ? 'under-investigation' : 'acknowledged' },
        ...(i % 3 === 0 ? { assignees: ['another'] } : {}),
        ...(i % 100 === 0 ? { overdue: ['feedback'] } : {}),
      })),
    );
  }
}
