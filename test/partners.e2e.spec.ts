import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { withBinCheckDigit } from '@aiqyn/contracts';
import { ROOT } from '@aiqyn/local';
import { readLog, UNSENT } from '@aiqyn/platform';
import { eventually } from './harness/eventually.js';
import { startPlatform, type TestPlatform } from './harness/platform.js';
import { pythonWith } from './harness/python.js';

const SAMPLES = join(ROOT, 'libs/contracts/docs/samples');
const PUBLISHERS = ['reporting', 'compliance'] as const;
const OFFICIAL = withBinCheckDigit('85010130011')!;

/** An event as a partner keeps it. */
interface Kept {
  readonly source: string;
  readonly id: string;
  readonly type: string;
  readonly time: string;
  readonly subject: string;
  readonly sequence: number;
  readonly data: object;
}
const inOrder = (events: readonly Kept[]): Kept[] =>
  [...events].sort((a, b) => (`${a.source} ${a.id}` < `${b.source} ${b.id}` ? -1 : 1));

describe('a partner that reads events with a sample of ours', () => {
  let platform: TestPlatform;
  let published: Kept[];
  let python: string;
  const commands = {
    'keep-events.ts': (): string[] => [
      process.execPath,
      '--disable-warning=ExperimentalWarning',
      '--disable-warning=TimeoutNegativeWarning',
    ],
    'keep_events.py': (): string[] => [python],
  };

  const happen = async (day: string): Promise<void> => {
    for (let n = 0; n < 5; n += 1) {
      const { body } = await platform.call('reporting', '/v1/reports', {
        body: { category: 'bribery', areaCode: 'roads', region: 'KZ-75', narrative: `${n}`, mode: 'anonymous' },
        headers: { 'idempotency-key': `partner-${day}-${n}` },
      });
      const path = `/v1/cases/${body.reportId}/acknowledgement`;
      const { status } = await platform.call('reporting', path, { as: 'intake-officer', method: 'POST' });
      expect(status).toBe(200);
      const gift = await platform.call('compliance', '/v1/gifts', {
        as: 'compliance-officer',
        body: {
          ...{ officialIin: OFFICIAL, organisationBin: '050540000016', sector: 'state', recipient: 'official' },
          ...{ receipt: 'knowing', receivedDay: day, knownDay: day, kind: 'thing', estimatedValue: 0 },
          giver: { kind: 'organisation', bin: '000000000010' },
        },
      });
      expect(gift.status).toBe(201);
    }
  };
  const allSent = (): Promise<void> =>
    eventually(async () => {
      for (const service of PUBLISHERS)
        expect(await platform.environment.database(service).collection('journal').countDocuments(UNSENT)).toBe(0);
    }, 60_000);
  const topics = (): string[] => PUBLISHERS.map((service) => `${platform.environment.prefix}${service}.events`);
  const file = (name: string): string => join(platform.dir, `${name}.sqlite`);
  /** Runs a sample until it has read all that there is; gives what its file holds then. */
  const keep = async (sample: keyof typeof commands, name: string, ...more: string[]): Promise<Kept[]> => {
    const [program, ...first] = commands[sample]();
    const { brokers, prefix } = platform.environment;
    const given = [file(name), '--topics', topics().join(), '--group', `${prefix}${name}`, '--once', ...more];
    const { stderr } = await promisify(execFile)(program!, [...first, join(SAMPLES, sample), ...given], {
      env: { PATH: process.env['PATH'], KAFKA_BROKERS: brokers },
    });
    expect(stderr).toBe('');
    const db = new DatabaseSync(file(name), { readOnly: true });
    const rows = db.prepare('SELECT * FROM events').all() as unknown as (Kept & { data: string })[];
    db.close();
    return inOrder(rows.map((row) => ({ ...row, data: JSON.parse(row.data) as object })));
  };

  beforeAll(async () => {
    python = pythonWith(join(SAMPLES, 'requirements.txt'));
    platform = await startPlatform('partners', PUBLISHERS, { LEASE_SECONDS: '3' }, '2026-01-19T06:00:00Z');
    await happen('2026-01-19');
    platform.setClock('2026-01-20T06:00:00Z');
    await happen('2026-01-20');
    // The day before is over: its head comes by itself, and must not come between two looks.
    await eventually(async () =>
      expect(await platform.environment.database('reporting').collection('tree_heads').countDocuments()).toBe(1),
    );
    await allSent();
    const { kafka, prefix } = platform.environment;
    const found: Kept[] = [];
    await readLog(kafka, topics(), `${prefix}look-${randomUUID()}`, ({ envelope, data }) => {
      const { source, id, type, time, subject, sequence } = envelope;
      found.push({ source, id, type, time, subject, sequence, data });
    });
    published = inOrder(found);
    expect(published.length).toBeGreaterThanOrEqual(30);
  }, 300_000);
  afterAll(() => platform?.stop());

  describe.each(['keep-events.ts', 'keep_events.py'] as const)('%s', (sample) => {
    const name = sample.replace('.', '-');

    it('keeps every event once, and nothing more when it is run again or reads again from the first day', async () => {
      expect(await keep(sample, name)).toEqual(published);
      expect(await keep(sample, name)).toEqual(published);
      expect(await keep(sample, name, '--from', '2026-01-19')).toEqual(published);
    }, 180_000);

    it('reads from a day on, a citizen’s acts of that day included, and nothing of the day before', async () => {
      const ofThatDay = published.filter(({ time }) => time.startsWith('2026-01-20'));
      expect(new Set(ofThatDay.map(({ type }) => type)).size).toBeGreaterThan(2);
      expect(ofThatDay.length).toBeLessThan(published.length);
      expect(await keep(sample, `${name}-day`, '--from', '2026-01-20')).toEqual(ofThatDay);
      expect(await keep(sample, `${name}-late`, '--from', '2026-01-21')).toEqual([]);
    }, 180_000);

    it('goes on where it was: a file that is new gets only what its group had not read', async () => {
      const first = await keep(sample, `${name}-again`);
      expect(first).toEqual(published);
      const { body } = await platform.call('reporting', '/v1/reports', {
        body: { category: 'bribery', areaCode: 'roads', region: 'KZ-75', narrative: 'one more', mode: 'anonymous' },
        headers: { 'idempotency-key': `partner-later-${sample}` },
      });
      await allSent();
      const then = await keep(sample, `${name}-again`);
      expect(then.length).toBeGreaterThan(published.length);
      expect(
        then.filter((event) => !published.some(({ id }) => id === event.id)).map(({ subject }) => subject),
      ).toContain(body.reportId);
      published = then;
    }, 180_000);
  });
});
