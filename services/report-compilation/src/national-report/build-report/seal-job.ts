import type { mongo } from 'mongoose';
import { leafHash } from '@aiqyn/contracts';
import { Computation, type Computed } from '../../numbers/define-metrics/compute-numbers.rules.js';
import { registerNamed } from '../../numbers/define-metrics/registers.js';
import {
  NATIONAL_REPORTS,
  type NationalReport,
  NUMBER_SOURCES,
  type NumberSources,
  REPORT_NUMBERS,
  type StoredNumber,
} from '../editions/national-report.schema.js';
import type { Localised, ReportNumber } from '../../report-model/report-model.rules.js';
import { inputRootOf } from '../../numbers/seal-events/leaf.rules.js';
import { sealedFacts } from '../../numbers/seal-events/sealed-facts.js';
import { type PlacedLeaf, sealOf } from '../../numbers/seal-events/snapshot.rules.js';
import { linearAuditor } from '../../numbers/withhold-numbers/audit.js';
import {
  assertNothingRecoverable,
  statusesOf,
  told,
  type ToldBefore,
} from '../../numbers/withhold-numbers/tell-numbers.rules.js';
import { words } from '../write-sections/section-plans.js';
import type { Say, SealResult } from './job-messages.js';

const PART = 1_000;
/** Numbers that are written at once. */
const TOGETHER = 100;

/** The word of a value that is a code. */
const saysOf = ({ metric, value }: Computed): Localised | undefined =>
  metric.valueWords === undefined ? undefined : words.get(`${metric.valueWords}.${value}`);

/** What others have seen of this year: every other edition that left the house, with the true values of its counts. */
export async function toldBefore(db: mongo.Db, report: NationalReport): Promise<ToldBefore[][]> {
  const others = await db
    .collection<NationalReport>(NATIONAL_REPORTS)
    .find({ _id: { $ne: report._id }, year: report.year, state: { $nin: ['draft', 'collected', 'assessed'] } })
    .sort({ edition: 1 })
    .toArray();
  return Promise.all(
    others.map(async ({ _id }) => {
      const rows = await db
        .collection<StoredNumber>(REPORT_NUMBERS)
        .find({ reportId: _id, 'number.unit': 'count' })
        .sort({ _id: 1 })
        .toArray();
      return rows.map(({ number, truth }) => ({ id: number.id, value: Number(truth), status: number.status }));
    }),
  );
}

/** Seals an edition: leaves and roots of its events, its numbers, which of them are told; stored under its id, also a second time. */
export async function sealJob(db: mongo.Db, report: NationalReport, say: Say): Promise<SealResult> {
  const register = registerNamed(report.snapshot!.register);
  const computation = new Computation(register, report.year);
  const leaves = new Map<string, string>();
  const all: PlacedLeaf[] = [];
  const read = (done: number, of: number): void => say('sealing events', done, of);
  for await (const { fact, placed } of sealedFacts(db, report.snapshot!, read)) {
    const { _id, ...rest } = fact;
    leaves.set(_id, placed.leaf);
    all.push(placed);
    computation.take({ id: _id, ...rest });
  }
  const { partitions, root, events } = sealOf(report.snapshot!.ends, all);
  say('computing numbers', 0, 1);
  const numbers = computation.finish();
  const audit = await linearAuditor();
  const before = await toldBefore(db, report);
  say('withholding small numbers', 0, 1);
  const { statuses, withheld } = statusesOf(numbers, register, before, audit);
  assertNothingRecoverable(numbers, statuses, register, before, audit);
  // Only what an earlier seal that failed left: a second process on the same work must not take away what is there by then.
  const ids = numbers.map(({ id }) => id);
  await db.collection(REPORT_NUMBERS).deleteMany({ reportId: report._id, 'number.id': { $nin: ids } });
  await db.collection(NUMBER_SOURCES).deleteMany({ reportId: report._id, number: { $nin: ids } });
  for (let i = 0; i < numbers.length; i += TOGETHER) {
    say('storing numbers', i, numbers.length);
    const some = numbers.slice(i, i + TOGETHER).map((number) => {
      const inputRoot = inputRootOf(number.sources, leaves);
      return { computed: number, number: told(number, statuses.get(number.id)!, inputRoot, saysOf(number)) };
    });
    await store(db, report._id, some);
  }
  return { kind: 'seal', events, root, partitions, withheld };
}

async function store(
  db: mongo.Db,
  reportId: string,
  some: readonly { readonly computed: Computed; readonly number: ReportNumber }[],
): Promise<void> {
  const replaced = <T extends { _id: string }>({ _id, ...replacement }: T) => ({
    replaceOne: { filter: { _id }, replacement, upsert: true },
  });
  const rows = some.map(({ computed: { id, value, sources }, number }): StoredNumber => {
    const truth = value === null ? {} : { truth: value };
    return { _id: `${reportId}/${id}`, reportId, number, ...truth, sources: sources.length };
  });
  await db.collection<{ _id: string }>(REPORT_NUMBERS).bulkWrite(rows.map(replaced), { ordered: false });
  const parts = some.flatMap(({ computed: { id, sources } }) =>
    Array.from({ length: Math.ceil(sources.length / PART) }, (_, part): NumberSources => {
      const _id = `${reportId}/${id}/${String(part).padStart(5, '0')}`;
      return { _id, reportId, number: id, part, facts: sources.slice(part * PART, (part + 1) * PART) };
    }),
  );
  const sources = db.collection<{ _id: string }>(NUMBER_SOURCES);
  if (parts.length > 0) await sources.bulkWrite(parts.map(replaced), { ordered: false });
  // An earlier seal that failed may have found more behind a number.
  const beyond = some.map(({ computed }) => ({
    deleteMany: {
      filter: { reportId, number: computed.id, part: { $gte: Math.ceil(computed.sources.length / PART) } },
    },
  }));
  await sources.bulkWrite(beyond, { ordered: false });
}

/** What a published root says of the secret without telling it. */
export const secretCommitment = (secret: string): string => leafHash(Buffer.from(secret));
