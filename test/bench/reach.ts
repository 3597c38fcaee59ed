import { randomUUID } from 'node:crypto';
import { loadavg } from 'node:os';
import type { Kafka } from 'kafkajs';
import { fetchToken, type Service, until } from '@aiqyn/local';
import { addDays, almatyDay, isIin, toHeaders, withBinCheckDigit } from '@aiqyn/contracts';
import { type Bench, type Figure, percentile } from './figures.js';
import { withProcesses } from './processes.js';

/** Confirmed breaches, one after the other; the requirement says within 5 s, p95. */
const BREACHES = 200;
/** Goals, each measured once. */
const GOALS = 200;
const INVOLVED: readonly Service[] = ['compliance', 'risk-analysis', 'report-compilation'];
const databaseOf = (service: Service): string => `bench_reach_${service.replace('-', '_')}`;

/** From the answer to a confirmed breach of the gift ban, and to a measurement that moves a goal, until the other services have stored it. */
export function reach(bench: Bench): Promise<Figure[]> {
  const { issuer, kafka, mongo } = bench;
  return withProcesses(bench, 'reach', {}, async ({ url, prefix, start }) => {
    const streams: { close(): Promise<void> }[] = [];
    try {
      await Promise.all(INVOLVED.map((service) => start(service, { MONGODB_DB: databaseOf(service) })));
      const arrived = (
        service: Service,
        collection: string,
        keyOf: (row: Record<string, never>) => string,
      ): Map<string, number> => {
        const times = new Map<string, number>();
        const stream = mongo.db(databaseOf(service)).collection(collection).watch([], { fullDocument: 'updateLookup' });
        stream.on('change', (change) => {
          const row = (change as { fullDocument?: Record<string, never> }).fullDocument;
          if (row) times.set(keyOf(row), performance.now());
        });
        streams.push(stream);
        return times;
      };
      const inRisk = arrived('risk-analysis', 'body_facts', (row) => row['subjectId']!);
      const goalsInRisk = arrived('risk-analysis', 'area_facts', (row) =>
        row['kind'] === 'goal-status' ? row['subjectId']! : '',
      );
      const inReport = arrived(
        'report-compilation',
        'facts',
        (row) => `${row['type']! as string} ${row['key']! as string}`,
      );
      const tokens = new Map<string, string>();
      for (const role of ['compliance-officer', 'gift-inquirer', 'gift-decider', 'programme-office'])
        tokens.set(role, await fetchToken(issuer, role));
      const post = async (role: string, path: string, body: object): Promise<Record<string, unknown>> => {
        const response = await fetch(`${url('compliance')}/v1/${path}`, {
          method: 'POST',
          headers: { authorization: `Bearer ${tokens.get(role)}`, 'content-type': 'application/json' },
          body: JSON.stringify(body),
        });
        if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
        return (await response.json()) as Record<string, unknown>;
      };
      const officialIin = Array.from({ length: 10 }, (_, i) => withBinCheckDigit(`8501013001${i}`)).find(
        (one) => one && isIin(one),
      )!;
      const gift = {
        ...{ officialIin, organisationBin: '050540000016', sector: 'quasi-public', recipient: 'official' },
        ...{
          receipt: 'knowing',
          receivedDay: '2025-10-01',
          knownDay: '2025-10-01',
          kind: 'thing',
          giver: { kind: 'unknown' },
        },
      };
      const answered = new Map<string, number>();
      for (let i = 0; i < BREACHES; i += 1) {
        const giftId = String((await post('compliance-officer', 'gifts', gift))['giftId']);
        await post('gift-inquirer', `gifts/${giftId}/inquiry`, {});
        await post('gift-decider', `gifts/${giftId}/inquiry-decision`, {
          outcome: 'confirmed',
          reason: 'not-handed-over',
        });
        answered.set(giftId, performance.now());
      }
      const average = `load average ${loadavg()[0]!.toFixed(1)}`;
      const key = (type: string, id: string): string => `compliance.${type}.v1 ${id}`;
      const all = (type: string, ids: Iterable<string>): Promise<void> =>
        until(() => {
          const left = [...ids].filter(
            (id) => (!inRisk.has(id) && !goalsInRisk.has(id)) || !inReport.has(key(type, id)),
          ).length;
          return left === 0 ? Promise.resolve() : Promise.reject(new Error(`${left} of ${type} did not arrive`));
        }, 60_000);
      const figures = (
        type: string,
        since: ReadonlyMap<string, number>,
        where: string,
        at: (id: string) => number,
      ): Figure[] =>
        [0.5, 0.95].map((share) => ({
          ...{ name: `${type} to ${where}, p${share * 100}`, unit: 'ms' as const },
          ours: percentile(
            [...since].map(([id, from]) => Math.max(0, at(id) - from)),
            share,
          ),
          note: `${since.size} timed from the answer; ${average}; aim 5 s`,
        }));
      const both = (type: string, since: ReadonlyMap<string, number>): Figure[] => [
        ...figures(type, since, 'risk-analysis', (id) => (inRisk.get(id) ?? goalsInRisk.get(id))!),
        ...figures(type, since, 'the facts of the report', (id) => inReport.get(key(type, id))!),
      ];
      await all('gift.breach-confirmed', answered.keys());

      const day = almatyDay(new Date());
      await recommend(kafka, `${prefix}risk-analysis.events`, day);
      const goals = mongo.db(databaseOf('compliance')).collection<{ _id: string }>('goals');
      await until(async () => {
        const made = await goals.countDocuments();
        if (made < GOALS) throw new Error(`${made} of ${GOALS} goals`);
      }, 60_000);
      const measured = new Map<string, number>();
      for (const { _id } of await goals.find({}, { projection: { _id: 1 } }).toArray()) {
        await post('programme-office', `goals/${_id}/measurements`, { value: 0.5, day });
        measured.set(_id, performance.now());
      }
      await all('goal.status-changed', measured.keys());
      return [...both('gift.breach-confirmed', answered), ...both('goal.status-changed', measured)];
    } finally {
      await Promise.all(streams.map((stream) => stream.close()));
    }
  });
}

/** Recommendations as risk-analysis sends them, each of which becomes a goal. */
async function recommend(kafka: Kafka, topic: string, day: string): Promise<void> {
  const producer = kafka.producer();
  await producer.connect();
  const messages = Array.from({ length: GOALS }, () => {
    const recommendationId = randomUUID();
    const value = { ...{ recommendationId, assessmentId: randomUUID(), areaCode: 'roads', day, indicator: 'R018' } };
    return {
      key: recommendationId,
      value: JSON.stringify({ ...value, baseline: 0.5, target: 0.3, dueDay: addDays(day, 180) }),
      headers: toHeaders({
        ...{ id: `${recommendationId}#00000001`, type: 'risk-analysis.recommendation.issued.v1' },
        ...{ source: '/aiqyn/risk-analysis', time: new Date().toISOString(), subject: recommendationId, sequence: 1 },
      }),
    };
  });
  await producer.send({ topic, messages });
  await producer.disconnect();
}
