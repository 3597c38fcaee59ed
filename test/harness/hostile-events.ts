import { createHash } from 'node:crypto';
import type { Message } from 'kafkajs';
import { until } from '@aiqyn/local';
import type { TestPlatform } from './platform.js';

const TYPE = 'risk-analysis.recommendation.issued.v1';

/** The same id for the same number, in every run. */
function idOf(n: number): string {
  const hex = createHash('sha256').update(`hostile ${n}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** An event as risk-analysis would send it. */
export function honest(n: number): Message {
  const id = idOf(n);
  const data = {
    ...{ recommendationId: id, assessmentId: id, areaCode: 'roads', day: '2025-03-09', indicator: 'R018' },
    ...{ baseline: 0.5, target: 0.25, dueDay: '2026-03-09' },
  };
  return {
    key: id,
    value: JSON.stringify(data),
    headers: {
      ...{ 'content-type': 'application/json', ce_specversion: '1.0', ce_id: idOf(-n), ce_type: TYPE },
      ...{ ce_source: '/aiqyn/risk-analysis', ce_time: '2025-03-09T10:00:00Z', ce_subject: id, ce_sequence: '1' },
    },
  };
}

type Wrong = (good: Message & { headers: Record<string, string>; value: string }, n: number) => Message;

/** What is done to a good event; beside it what must become of it: the reason why it is parked, or nothing. */
const WRONGS: readonly [string | undefined, Wrong][] = [
  ['not_a_cloudevent', (m) => ({ ...m, headers: {} })],
  ['unsupported_specversion', (m) => ({ ...m, headers: { ...m.headers, ce_specversion: '0.3' } })],
  ['missing_attribute', (m) => ({ ...m, headers: { ...m.headers, ce_id: '' } })],
  ['missing_attribute', (m) => ({ ...m, headers: { ...m.headers, ce_sequence: '-1' } })],
  ['missing_attribute', (m) => ({ ...m, headers: { ...m.headers, ce_sequence: '1e999' } })],
  ['not_json', (m) => ({ ...m, value: m.value.slice(0, -5) })],
  ['not_json', (m) => ({ ...m, value: Buffer.from([0xff, 0xfe, 0x00, 0x7b]) })],
  ['schema_violation', (m) => ({ ...m, value: '['.repeat(2_000) + ']'.repeat(2_000) })],
  ['schema_violation', (m) => ({ ...m, value: m.value.replace('0.25', '"0.25"') })],
  ['schema_violation', (m) => ({ ...m, value: m.value.replace('0.25', '1e999') })],
  [
    'schema_violation',
    (m) => ({ ...m, value: '{"__proto__":{"recommendationId":"x"},"constructor":{"prototype":{}}}' }),
  ],
  ['schema_violation', (m) => ({ ...m, value: m.value.replace('roads', '$where') })],
  ['schema_violation', (m) => ({ ...m, value: 'null' })],
  [
    'not_a_cloudevent',
    (m, n) => ({ ...m, key: `${n}`.repeat(2_000), headers: { $set: 'x', 'a.b': 'y', __proto__: 'z' } }),
  ],
  [undefined, (m) => ({ ...m, headers: { ...m.headers, ce_type: '__proto__' } })],
  [undefined, (m) => ({ ...m, headers: { ...m.headers, ce_type: 'elsewhere.thing.happened.v1' } })],
  [undefined, (m) => ({ ...m, value: null })],
];

export interface Told {
  readonly parked: Readonly<Record<string, number>>;
  readonly expected: Readonly<Record<string, number>>;
  readonly goals: number;
  readonly honest: number;
  readonly residentMiB: number;
  readonly seconds: number;
}

/** Sends `count` hostile events with an honest one among each fifty, and tells what became of them. */
export async function throwEvents(platform: TestPlatform, count: number): Promise<Told> {
  const { kafka, prefix } = platform.environment;
  const producer = kafka.producer();
  await producer.connect();
  const expected: Record<string, number> = {};
  let good = 0;
  const began = Date.now();
  for (let n = 1; n <= count;) {
    const messages: Message[] = [];
    for (; messages.length < 500 && n <= count; n += 1) {
      const [reason, wrong] = WRONGS[n % WRONGS.length]!;
      messages.push(wrong(honest(n) as never, n));
      if (reason) expected[reason] = (expected[reason] ?? 0) + 1;
      if (n % 50 === 0) {
        messages.push(honest(1_000_000 + n));
        good += 1;
      }
    }
    await producer.send({ topic: `${prefix}risk-analysis.events`, messages });
  }
  await producer.disconnect();
  const database = platform.environment.database('compliance');
  const counted = async (): Promise<Pick<Told, 'parked' | 'goals'>> => {
    const rows = await database
      .collection('parked_events')
      .aggregate<{ _id: string; n: number }>([{ $group: { _id: '$reason', n: { $sum: 1 } } }])
      .toArray();
    return {
      parked: Object.fromEntries(rows.map(({ _id, n }) => [_id, n])),
      goals: await database.collection('goals').countDocuments(),
    };
  };
  const all = Object.values(expected).reduce((a, b) => a + b, 0);
  const told = await until(
    async () => {
      const now = await counted();
      const parked = Object.values(now.parked).reduce((a, b) => a + b, 0);
      if (now.goals < good || parked < all)
        throw new Error(`${now.goals} of ${good} goals, ${parked} of ${all} parked`);
      return now;
    },
    60_000 + count * 10,
  );
  const live = await platform.call('compliance', '/health/ready');
  if (live.status !== 200) throw new Error(`compliance answers ${live.status}`);
  const scraped = await platform.call('compliance', '/metrics');
  const resident = Number(/^process_resident_memory_bytes (\S+)$/m.exec(String(scraped.body))?.[1]);
  return {
    ...{ ...told, expected, honest: good },
    residentMiB: Math.round(resident / 2 ** 20),
    seconds: Math.round((Date.now() - began) / 1000),
  };
}
