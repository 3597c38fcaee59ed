import { fetchToken } from '@aiqyn/local';
import { type Bench, type Figure, inTurn, percentile } from './figures.js';
import { CLIENTS, SEALED } from './intake.js';
import { load } from './load.js';
import { withProcesses } from './processes.js';

/** Procurement processes of one area in a year, and for how many years they are kept. */
const A_YEAR = 20_000;
const YEARS = [1, 3, 10];
const CALLS = 15;
/** More than a store is measured with: they share a commit, and a million is there sooner. */
const FILLING_CLIENTS = 192;

interface Cost {
  readonly size: number;
  /** Of one more, in any unit that stays the same. */
  readonly cost: number;
}

/** The power of the size with which a cost grows between the last two sizes: 0 stays as it is, 1 doubles when the size does. */
function exponentOf(costs: readonly Cost[]): number {
  const [before, last] = costs.slice(-2);
  if (!before || !last || before.size <= 0 || before.size === last.size) throw new Error('two sizes are needed');
  return Math.log(last.cost / before.cost) / Math.log(last.size / before.size);
}

const exponent = (name: string, costs: readonly Cost[]): Figure => ({
  name: `${name}: exponent`,
  ours: exponentOf(costs),
  unit: '',
  note: `between ${costs
    .slice(-2)
    .map(({ size }) => size.toLocaleString('en'))
    .join(' and ')}; 0: does not grow, 1: in proportion`,
});

/** What one more costs the more there is: a report, and the assessment of an area. */
export async function growth(bench: Bench): Promise<Figure[]> {
  return [...(await ofIntake(bench)), ...(await ofAssessment(bench))];
}

/** Reports that came in by the same way as those that are measured; the cost of a report is what a bare insert takes, times the ratio. */
function ofIntake(bench: Bench): Promise<Figure[]> {
  const database = 'bench_growth';
  return withProcesses(bench, 'growth', { MONGODB_DB: database }, async ({ url, start, bare }) => {
    await start('reporting');
    const ours = `${url('reporting')}/v1/reports`;
    const besides = (await bare()).url;
    const cases = bench.mongo.db(database).collection('cases');
    const full = { seconds: Math.max(1, bench.seconds / 2), connections: CLIENTS };
    for (const one of [ours, besides]) await load(one, SEALED, full);
    const figures: Figure[] = [];
    const costs: Cost[] = [];
    for (const wanted of bench.stored) {
      for (let there = 0; there < wanted; there = await cases.estimatedDocumentCount())
        await load(ours, SEALED, { seconds: 10, connections: FILLING_CLIENTS });
      const size = await cases.countDocuments();
      const pair = await inTurn(
        bench.rounds,
        () => load(ours, SEALED, full),
        () => load(besides, SEALED, full),
      );
      figures.push({ name: `reports accepted with ${size.toLocaleString('en')} stored`, ...pair, unit: '/s' });
      costs.push({ size, cost: pair.bare / pair.ours });
    }
    return costs.length < 2 ? figures : [...figures, exponent('a report, by reports stored', costs)];
  });
}

/** The assessment of an area over years of processes: rows as an import leaves them, multiplied in the database. */
function ofAssessment(bench: Bench): Promise<Figure[]> {
  const database = 'bench_assessment';
  return withProcesses(bench, 'assessment', { MONGODB_DB: database }, async ({ url, start }) => {
    await start('risk-analysis');
    const db = bench.mongo.db(database);
    const headers = { authorization: `Bearer ${await fetchToken(bench.issuer, 'analyst')}` };
    const figures: Figure[] = [];
    const costs: Cost[] = [];
    let there = 0;
    for (const years of YEARS) {
      for (; there < years * A_YEAR; there += 1_000) {
        const no = Array.from({ length: 1_000 }, (_, i) => there + i);
        const flagged = (i: number): boolean => i % 7 === 0;
        await db.collection<{ _id: string }>('releases').insertMany(
          no.map((i) => ({
            ...{ _id: `ocds-bench-${i}`, version: 1, events: 1, areaCode: 'roads', origin: 'generated', hash: `${i}` },
            ...{ projection: { text: 'x'.repeat(1_500) } },
            outcomes: { R018: flagged(i) ? 'triggered' : 'not-triggered', R003: 'insufficient-data' },
          })),
        );
        await db.collection<{ _id: string }>('flags').insertMany(
          no.filter(flagged).map((i) => ({
            ...{ _id: `ocds-bench-${i}:R018`, version: 1, events: 1, ocid: `ocds-bench-${i}`, areaCode: 'roads' },
            ...{ indicator: 'R018', indicatorVersion: 1, origin: 'generated', outcome: 'triggered', evidence: {} },
            since: '2025-01-01',
          })),
        );
        await db.collection<{ _id: string }>('area_facts').insertMany(
          no
            .filter((i) => i % 10 === 0)
            .map((i) => ({
              ...{ _id: `reporting/bench-${i}`, kind: 'report', areaCode: 'roads', day: '2025-03-01' },
              subjectId: `bench-${i}`,
            })),
        );
      }
      const took: number[] = [];
      for (let i = 0; i < CALLS; i += 1) {
        const began = performance.now();
        const response = await fetch(`${url('risk-analysis')}/v1/areas/roads/assessments`, { method: 'POST', headers });
        const { inputs } = (await response.json()) as { inputs?: { processes: number; evaluable: number } };
        took.push(performance.now() - began);
        if (inputs?.processes !== there || inputs.evaluable !== there)
          throw new Error(`the assessment is of ${JSON.stringify(inputs)}, not of ${there}`);
      }
      const cost = percentile(took, 0.5);
      const name = `an area assessed over ${there.toLocaleString('en')} processes`;
      figures.push({ name, ours: cost, unit: 'ms', note: `median of ${CALLS}` });
      costs.push({ size: there, cost });
    }
    return [...figures, exponent('an assessment, by processes', costs)];
  });
}
