import { randomInt, randomUUID } from 'node:crypto';
import { type Bench, type Figure, percentile } from './figures.js';
import { withProcesses } from './processes.js';

const WRONG = 10_000;
const EACH_KIND = 2_000;

/** The greatest distance of two empirical distributions, and the chance of one as great between equal ones (Kolmogorov, Smirnov). */
export function kolmogorovSmirnov(a: readonly number[], b: readonly number[]): { distance: number; p: number } {
  const [x, y] = [[...a].sort((m, n) => m - n), [...b].sort((m, n) => m - n)];
  let [i, j, distance] = [0, 0, 0];
  while (i < x.length && j < y.length) {
    const value = Math.min(x[i]!, y[j]!);
    while (i < x.length && x[i]! <= value) i += 1;
    while (j < y.length && y[j]! <= value) j += 1;
    distance = Math.max(distance, Math.abs(i / x.length - j / y.length));
  }
  const n = Math.sqrt((x.length * y.length) / (x.length + y.length));
  const lambda = (n + 0.12 + 0.11 / n) * distance;
  let p = 0;
  for (let k = 1; k <= 100; k += 1) p += 2 * (-1) ** (k - 1) * Math.exp(-2 * (k * lambda) ** 2);
  return { distance, p: Math.min(1, Math.max(0, p)) };
}

/** 26 digits; those of a typo do not have the right check digits. */
function wrongCode(typo: boolean): string {
  const secret = Array.from({ length: 24 }, () => randomInt(10)).join('');
  const check = 98 - Number((BigInt(secret) * 100n) % 97n);
  return secret + String(typo ? (check % 97) + 1 : check).padStart(2, '0');
}

const shuffled = <T>(list: readonly T[]): T[] =>
  list
    .map((one) => [randomInt(1_000_000), one] as const)
    .sort(([a], [b]) => a - b)
    .map(([, one]) => one);

/** True from the n-th time that it is asked. */
function after(n: number): () => boolean {
  let left = n;
  return () => (left -= 1) < 0;
}

/**
 * Whether the answer to a wrong receipt code tells by its time what is wrong with it, and whether one client that tries ten
 * thousand slows the holder of a right one.
 */
export function receipts(bench: Bench): Promise<Figure[]> {
  return withProcesses(bench, 'receipts', { MONGODB_DB: 'bench_receipts' }, async ({ url, start }) => {
    const post = async (path: string, body: object): Promise<{ took: number; status: number; text: string }> => {
      const began = performance.now();
      const response = await fetch(`${url('reporting')}/v1/reports${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      const text = await response.text();
      return { took: performance.now() - began, status: response.status, text };
    };
    const asked = async (receiptCode: string, status: number): Promise<number> => {
      const answer = await post('/status', { receiptCode });
      if (answer.status !== status) throw new Error(`answered ${answer.status} instead of ${status}`);
      return answer.took;
    };
    await start('reporting');
    const codes: string[] = [];
    for (let i = 0; i < 400; i += 1) {
      const body = { category: 'bribery', areaCode: 'roads', region: 'KZ-75', narrative: 'x' };
      codes.push((JSON.parse((await post('', body)).text) as { receiptCode: string }).receiptCode);
    }
    // As after a purge: the verifier of the code is gone.
    const cases = bench.mongo.db('bench_receipts').collection('cases');
    for (const { _id } of await cases.find().limit(200).toArray())
      await cases.updateOne({ _id }, { $set: { receiptVerifier: randomUUID() } });
    const statuses = await Promise.all(
      codes.map(async (receiptCode) => (await post('/status', { receiptCode })).status),
    );
    const holders = codes.filter((_, i) => statuses[i] === 200);
    const revoked = codes.filter((_, i) => statuses[i] === 404);
    const kinds = {
      unknown: () => wrongCode(false),
      mistyped: () => wrongCode(true),
      revoked: () => revoked[randomInt(revoked.length)]!,
    };
    const times = { unknown: [] as number[], mistyped: [] as number[], revoked: [] as number[] };
    // The first ones are warming up.
    for (let i = -500; i < EACH_KIND; i += 1)
      for (const kind of shuffled(['unknown', 'mistyped', 'revoked'] as const)) {
        const took = await asked(kinds[kind](), 404);
        if (i >= 0) times[kind].push(took);
      }
    const holder = async (until: () => boolean): Promise<number[]> => {
      const took: number[] = [];
      while (!until()) took.push(await asked(holders[randomInt(holders.length)]!, 200));
      return took;
    };
    const alone = await holder(after(2_000));
    let tried = 0;
    const attack = (async () => {
      for (; tried < WRONG; tried += 1) await asked(wrongCode(false), 404);
    })();
    const attacked = await holder(() => tried >= WRONG);
    await attack;
    const [calm, under] = [percentile(alone, 0.95), percentile(attacked, 0.95)];
    return [
      ...(['mistyped', 'revoked'] as const).map((kind): Figure => {
        const { distance, p } = kolmogorovSmirnov(times.unknown, times[kind]);
        const note = `Kolmogorov-Smirnov distance ${distance.toFixed(3)} over ${EACH_KIND} each; told apart below 0.01`;
        return { name: `wrong codes: unknown against ${kind}, p`, ours: p, unit: '', note };
      }),
      {
        name: `a holder's question while one client tries ${WRONG.toLocaleString('en')}, p95`,
        ours: under,
        unit: 'ms',
        note: `${calm.toFixed(2)} ms without; ${attacked.length} and ${alone.length} timed; changed by ${((under / calm - 1) * 100).toFixed(0)} %`,
      },
    ];
  });
}
