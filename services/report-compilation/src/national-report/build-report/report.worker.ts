import 'reflect-metadata';
import { parentPort, workerData } from 'node:worker_threads';
import { RuleError } from '@aiqyn/contracts';
import mongoose from 'mongoose';
import { NATIONAL_REPORTS, type NationalReport } from '../editions/national-report.schema.js';
import { buildJob } from './build-job.js';
import type { JobMessage, JobOrder } from './job-messages.js';
import { sealJob } from './seal-job.js';

/** Works on one report beside the service, so that the service answers meanwhile; what it stores it stores again after a crash. */
const order = workerData as JobOrder;
const send = (message: JobMessage): void => parentPort!.postMessage(message);
const client = await mongoose.mongo.MongoClient.connect(order.uri, { retryWrites: true, w: 'majority' });
try {
  const db = client.db(order.database);
  const report = await db.collection<NationalReport>(NATIONAL_REPORTS).findOne({ _id: order.reportId });
  if (!report) throw new Error('the report is gone');
  const say = (doing: string, done: number, of: number): void => send({ type: 'progress', doing, done, of });
  const result = order.job.kind === 'seal' ? await sealJob(db, report, say) : await buildJob(db, report, order, say);
  send({ type: 'done', result });
} catch (error) {
  // A rule's no will be the same the next time; anything else may pass.
  if (!(error instanceof RuleError)) throw error;
  const { field } = error.details ?? {};
  send({ type: 'failed', code: error.code, message: error.message, ...(field === undefined ? {} : { field }) });
} finally {
  await client.close();
}
