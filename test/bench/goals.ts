import { randomUUID } from 'node:crypto';
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '@aiqyn/local';
import type { Bench, Figure } from './figures.js';
import { withProcesses } from './processes.js';

const INDICATORS = 5_000;
/** A monthly measurement is fresh for 39 days. */
const [MEASURED, STALE] = ['2025-01-01', '2025-02-10'] as const;

/** All indicators of a country turn grey on one day: each is evaluated, its events and the notices of its ladder are stored. */
export function goals(bench: Bench): Promise<Figure[]> {
  const clock = join(bench.dir, 'goals-clock');
  const at = (day: string): void => {
    writeFileSync(`${clock}.part`, `${day}T07:00:00Z`);
    renameSync(`${clock}.part`, clock);
  };
  at(MEASURED);
  const db = bench.mongo.db('bench_goals');
  return withProcesses(bench, 'goals', { DEMO_CLOCK_FILE: clock, MONGODB_DB: 'bench_goals' }, async ({ start }) => {
    await start('compliance');
    const rows = Array.from({ length: INDICATORS }, green);
    await db.collection<{ _id: string }>('goals').insertMany(rows);
    const began = performance.now();
    at(STALE);
    const seconds = async (collection: string, filter: object): Promise<number> => {
      await until(async () => {
        const found = await db.collection(collection).countDocuments(filter);
        if (found < INDICATORS) throw new Error(`${found} of ${INDICATORS} in ${collection}`);
      }, 120_000);
      return (performance.now() - began) / 1_000;
    };
    const evaluated = await seconds('goals', { status: 'grey' });
    const told = await seconds('notices', {});
    const [events, issued] = [2 * INDICATORS, INDICATORS].map((n) => n.toLocaleString('en'));
    return [
      {
        name: `${INDICATORS.toLocaleString('en')} indicators re-evaluated on one day`,
        ...{ ours: evaluated, unit: 's', note: `all turn grey, ${events} events; aim 10` },
      },
      { name: '  and the notices of them stored', ours: told, unit: 's', note: `${issued}, through Kafka` },
    ];
  });
}

function green(): { _id: string } & Record<string, unknown> {
  const indicator = {
    ...{ code: 'a', unit: 'share', direction: 'up', baseline: 0, target: 1, source: 'bench', frequency: 'monthly' },
    ...{ startDay: MEASURED, dueDay: '2026-12-31', contributors: [], outside: [] },
    ...{ status: 'green', computed: 'green', outcome: 'open', terms: [{ position: 'chair', from: MEASURED }] },
    measurements: [{ number: 1, day: MEASURED, value: 0, recordedDay: MEASURED, by: 'bench' }],
  };
  return {
    ...{ _id: randomUUID(), version: 1, events: 0, areaCode: 'other', state: 'running', status: 'green' },
    ...{ policy: 'bench', settledDay: MEASURED, nextDay: STALE, indicators: [indicator], milestones: [] },
  };
}
