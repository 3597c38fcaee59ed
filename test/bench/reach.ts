import { loadavg } from 'node:os';
import { fetchToken, freePort, ready, type Service, SERVICES, startService, until } from '@aiqyn/local';
import { isIin, withBinCheckDigit } from '@aiqyn/contracts';
import { type Bench, type Figure, percentile } from './figures.js';

/** Confirmed breaches, one after the other; the requirement says within 5 s, p95. */
const BREACHES = 200;
const INVOLVED: readonly Service[] = ['compliance', 'risk-analysis', 'report-compilation'];
const databaseOf = (service: Service): string => `bench_reach_${service.replace('-', '_')}`;

/** From the answer to a confirmed breach of the gift ban until the other services have stored what they make of it. */
export async function reach(bench: Bench): Promise<Figure[]> {
  const { dir, servers, issuer, mongo } = bench;
  const ports = Object.fromEntries(
    await Promise.all(SERVICES.map(async (s) => [s, await freePort()] as const)),
  ) as Record<Service, number>;
  const services = INVOLVED.map((service) =>
    startService(service, {
      ...{ dir, mongoUri: servers.mongo.address, brokers: servers.kafka.address, issuer, ports },
      env: { LOG_LEVEL: 'warn', DEMO_CLOCK_FILE: '', MONGODB_DB: databaseOf(service) },
    }),
  );
  const streams: { close(): Promise<void> }[] = [];
  try {
    await Promise.all(services.map((child, i) => ready(child, ports[INVOLVED[i]!], dir)));
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
    const inReport = arrived(
      'report-compilation',
      'facts',
      (row) => `${row['type']! as string} ${row['key']! as string}`,
    );
    const tokens = new Map<string, string>();
    for (const role of ['compliance-officer', 'gift-inquirer', 'gift-decider'])
      tokens.set(role, await fetchToken(issuer, role));
    const post = async (role: string, path: string, body: object): Promise<Record<string, unknown>> => {
      const response = await fetch(`http://127.0.0.1:${ports.compliance}/v1/${path}`, {
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
    const key = (giftId: string): string => `compliance.gift.breach-confirmed.v1 ${giftId}`;
    await until(() => {
      const left = [...answered.keys()].filter((id) => !inRisk.has(id) || !inReport.has(key(id))).length;
      return left === 0 ? Promise.resolve() : Promise.reject(new Error(`${left} breaches did not arrive`));
    }, 60_000);
    const figures = (where: string, at: (id: string) => number): Figure[] => {
      const took = [...answered].map(([id, since]) => Math.max(0, at(id) - since));
      return [0.5, 0.95].map((share) => ({
        ...{
          name: `gift.breach-confirmed to ${where}, p${share * 100}`,
          ours: percentile(took, share),
          unit: 'ms' as const,
        },
        note: `${BREACHES} timed from the answer; ${average}; aim 5 s`,
      }));
    };
    return [
      ...figures('risk-analysis', (id) => inRisk.get(id)!),
      ...figures('the facts of the report', (id) => inReport.get(key(id))!),
    ];
  } finally {
    await Promise.all(streams.map((stream) => stream.close()));
    await Promise.all(services.map((child) => child.stop()));
  }
}
