import { createHash } from 'node:crypto';
import { loadavg } from 'node:os';
import mongoose from 'mongoose';
import { PDFDocument } from 'pdf-lib';
import { fetchToken, until } from '@aiqyn/local';
import { publishEvents, yearOfEvents } from '../harness/year-of-events.js';
import type { Bench, Figure } from './figures.js';
import { withProcesses } from './processes.js';

const SERVICE = 'report-compilation';
const YEAR = 2025;
/** Goals have a row of their own in the report: with them it has some hundred pages over three languages. */
const GOALS = 250;

interface Progress {
  readonly working: boolean;
  readonly job?: { readonly failed?: string };
  readonly build?: { readonly files: number };
}

/**
 * From the command that seals to the complete, signed package, with health asked every 20 ms meanwhile; for each number of events
 * on databases of its own. Bare: reading the same events with the driver and hashing each once.
 */
export async function report(bench: Bench): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const size of bench.events) figures.push(...(await edition(bench, size)));
  return figures;
}

async function edition(bench: Bench, size: number): Promise<Figure[]> {
  const { issuer, kafka, mongo } = bench;
  const database = `bench_report_${size}`;
  const figures: Figure[] = await withProcesses<Figure[]>(
    bench,
    `report-${size}`,
    { MONGODB_DB: database },
    async ({ url, prefix, start }) => {
      await start(SERVICE);
      const origin = url(SERVICE);
      const editor = await fetchToken(issuer, 'editor');
      const call = async <T>(path: string, body?: object): Promise<T> => {
        const response = await fetch(`${origin}/v1/${path}`, {
          method: body ? 'POST' : 'GET',
          headers: { authorization: `Bearer ${editor}`, ...(body ? { 'content-type': 'application/json' } : {}) },
          ...(body ? { body: JSON.stringify(body) } : {}),
        });
        if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
        return (await response.json()) as T;
      };
      const begun = performance.now();
      const events = await publishEvents(kafka, prefix, yearOfEvents(size, YEAR, GOALS));
      const facts = mongo.db(database).collection('facts');
      await until(async () => {
        const there = await facts.countDocuments();
        if (there < events) throw new Error(`${there} of ${events} events arrived`);
      }, 1_800_000);
      const taken = events / ((performance.now() - begun) / 1_000);

      const { nationalReportId: id } = await call<{ nationalReportId: string }>('national-reports', { year: YEAR });
      await call(`national-reports/${id}/collection`, {});
      const health: number[] = [];
      let asking = true;
      const probe = (async () => {
        while (asking) {
          const asked = performance.now();
          const { ok } = await fetch(`${origin}/health/live`);
          if (!ok) throw new Error('the service is not alive');
          health.push(performance.now() - asked);
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
      })();
      const step = async (name: string): Promise<number> => {
        const from = performance.now();
        await call(`national-reports/${id}/${name}`, {});
        await until(async () => {
          const { working, job } = await call<Progress>(`national-reports/${id}/progress`);
          if (job?.failed) throw new Error(`${name} failed: ${job.failed}`);
          if (working) throw new Error(`${name} goes on`);
        }, 1_800_000);
        return (performance.now() - from) / 1_000;
      };
      const [seal, build] = [await step('assessment'), await step('compilation')];
      asking = false;
      await probe;
      const bare = await timeOf(async () => {
        for await (const fact of facts.find({}, { batchSize: 5_000 }))
          createHash('sha256').update(JSON.stringify(fact)).digest();
      });
      const { pages, numbers } = await measured(mongo.db(database));
      const at = `${events.toLocaleString('en')} events`;
      const note = `load average ${loadavg()[0]!.toFixed(1)}`;
      return [
        { name: `${at}: taken in, facts stored`, ours: taken, unit: '/s', note },
        { name: `${at}: sealed, ${numbers} numbers`, ours: seal, bare, unit: 's', note: 'bare: read and hash' },
        {
          name: `${at}: package of ${pages} pages`,
          ours: build,
          unit: 's',
          note: `with the seal ${(seal + build).toFixed(1)} s, aim 60 s`,
        },
        {
          name: `${at}: slowest answer of health meanwhile`,
          ours: Math.max(...health),
          unit: 'ms',
          note: `${health.length} asked, aim 200 ms`,
        },
      ];
    },
  );
  await mongo.db(database).dropDatabase();
  return figures;
}

async function timeOf(work: () => Promise<void>): Promise<number> {
  const from = performance.now();
  await work();
  return (performance.now() - from) / 1_000;
}

async function measured(db: mongoose.mongo.Db): Promise<{ pages: number; numbers: number }> {
  const bucket = new mongoose.mongo.GridFSBucket(db, { bucketName: 'packages' });
  let pages = 0;
  for await (const { _id } of bucket.find({ filename: /\.pdf$/ })) {
    const parts: Buffer[] = [];
    for await (const part of bucket.openDownloadStream(_id)) parts.push(part as Buffer);
    pages += (await PDFDocument.load(Buffer.concat(parts), { updateMetadata: false })).getPageCount();
  }
  return { pages, numbers: await db.collection('report_numbers').countDocuments() };
}
