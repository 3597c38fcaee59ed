import { Injectable } from '@nestjs/common';
import { InjectConnection, InjectModel } from '@nestjs/mongoose';
import { type Connection, type Model, trusted } from 'mongoose';
import { inclusionProof, leafHash, canonical } from '@aiqyn/contracts';
import { NotFound, type Page, type PageQuery } from '@aiqyn/platform';
import { Fact } from '../../facts/fact.schema.js';
import { isOpen, type Metric, type MetricRegister } from '../define-metrics/metric-register.rules.js';
import { registerNamed } from '../define-metrics/registers.js';
import {
  type NationalReport,
  NumberSources,
  StoredNumber,
} from '../../national-report/editions/national-report.schema.js';
import { PublishedReports } from '../../national-report/read-report/published-reports.js';
import type { ReportNumber } from '../../report-model/report-model.rules.js';
import { leafOf, saltOf } from '../seal-events/leaf.rules.js';
import { topicOf } from '../seal-events/snapshot.rules.js';

const found = <T>(row: T | null | undefined): T => {
  if (!row) throw new NotFound();
  return row;
};

export interface NumberTrace extends ReportNumber {
  readonly definition: Metric;
  readonly register: string;
  readonly snapshot: {
    readonly id: string;
    readonly root: string;
    readonly events: number;
    readonly sealedDay: string;
  };
  /** Whether the events behind it are told one by one. */
  readonly open: boolean;
}

export interface EventBehind {
  readonly type: string;
  readonly id: string;
  readonly day: string;
}

/** Where a number comes from: metric, snapshot, count and root of its events; the events themselves where they are open. */
@Injectable()
export class NumberTraces {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    @InjectModel(StoredNumber.name) private readonly numbers: Model<StoredNumber>,
    @InjectModel(NumberSources.name) private readonly sources: Model<NumberSources>,
    @InjectModel(Fact.name) private readonly facts: Model<Fact>,
    private readonly reports: PublishedReports,
  ) {}

  async trace(id: string, number: string): Promise<NumberTrace> {
    const report = await this.reports.published(id);
    const { row, metric, register } = await this.row(report, number);
    const { id: snapshotId, root, events, sealedDay } = report.snapshot!;
    return {
      ...row.number,
      definition: metric,
      register: register.id,
      snapshot: { id: snapshotId, root: root!, events: events!, sealedDay },
      // Lists of the events behind several numbers, put side by side, would tell of a single report what each of them withholds.
      open: isOpen(metric, register),
    };
  }

  /** The events behind a number of open events: type, id and day of each, a page at a time. */
  async events(id: string, number: string, query: PageQuery): Promise<Page<EventBehind>> {
    const report = await this.reports.published(id);
    const { metric, register } = await this.row(report, number);
    if (!isOpen(metric, register)) throw new NotFound();
    return this.page(report, number, query);
  }

  /** The same for auditors, of every number. */
  async audit(id: string, number: string, query: PageQuery): Promise<Page<EventBehind>> {
    const report = await this.reports.any(id);
    await this.row(report, number);
    return this.page(report, number, query);
  }

  /** The proof that an open event is among those behind a number and in the sealed log (RFC 9162). */
  async proof(id: string, number: string, event: string): Promise<object> {
    const report = await this.reports.published(id);
    const { row, metric, register } = await this.row(report, number);
    if (!isOpen(metric, register)) throw new NotFound();
    const ids = await this.slice(id, number, 0, row.sources);
    const index = ids.indexOf(event);
    if (index < 0) throw new NotFound();
    const secret = report.snapshot!.secret;
    const leaves = await this.leaves(ids, secret);
    const fact = found(await this.facts.findOne({ _id: { $eq: event } }).lean());
    return {
      event: { id: fact._id, type: fact.type, day: fact.day, key: fact.key, sequence: fact.sequence, data: fact.data },
      salt: saltOf(secret, event),
      leaf: leaves[index],
      number: { id: number, root: row.number.inputRoot, index, size: ids.length, proof: inclusionProof(leaves, index) },
      snapshot: await this.inLog(report, fact),
    };
  }

  private async row(
    report: NationalReport,
    number: string,
  ): Promise<{ row: StoredNumber; metric: Metric; register: MetricRegister }> {
    const stored = await this.numbers.findOne({ _id: { $eq: `${report._id}/${number}` } }).lean();
    const row = stored ?? (await this.ofConsultation(report, number));
    const register = registerNamed(report.snapshot!.register);
    return { row, register, metric: register.metrics.find(({ id }) => id === row.number.metric)! };
  }

  /** A number of the consultation on the draft: it is counted after the seal, and stands in the printed edition only. */
  private async ofConsultation(report: NationalReport, number: string): Promise<StoredNumber> {
    if (!report.build || !number.startsWith('responses.')) throw new NotFound();
    const { numbers } = await this.reports.printed(report);
    const told = found(Object.hasOwn(numbers, number) ? numbers[number] : undefined);
    return { _id: `${report._id}/${number}`, reportId: report._id, number: told, sources: 0 };
  }

  private async page(report: NationalReport, number: string, query: PageQuery): Promise<Page<EventBehind>> {
    const from = query.cursor === undefined ? 0 : Number(Buffer.from(query.cursor, 'base64url').toString());
    if (!Number.isSafeInteger(from) || from < 0) throw new NotFound();
    const ids = await this.slice(report._id, number, from, query.limit + 1);
    const page = ids.slice(0, query.limit);
    const facts = await this.facts
      .find({ _id: trusted({ $in: page }) })
      .sort({ _id: 1 })
      .lean();
    return {
      items: facts.map((f) => ({ type: f.type, id: f._id, day: f.day })),
      ...(ids.length > page.length
        ? { nextCursor: Buffer.from(String(from + page.length)).toString('base64url') }
        : {}),
    };
  }

  private async slice(reportId: string, number: string, from: number, limit: number): Promise<string[]> {
    const parts = await this.sources
      .find({ reportId: { $eq: reportId }, number: { $eq: number } })
      .sort({ part: 1 })
      .lean();
    return parts.flatMap((part) => part.facts).slice(from, from + limit);
  }

  private async leaves(ids: readonly string[], secret: string): Promise<string[]> {
    const leaves: string[] = [];
    for (let at = 0; at < ids.length; at += 1_000) {
      const part = ids.slice(at, at + 1_000);
      const facts = await this.facts.find({ _id: trusted({ $in: part }) }).lean();
      const byId = new Map(
        facts.map((fact) => [fact._id, leafOf({ id: fact._id, ...fact }, saltOf(secret, fact._id))]),
      );
      leaves.push(...part.map((one) => byId.get(one)!));
    }
    return leaves;
  }

  /** The way from the leaf to the root of its partition, and from there to the root of the snapshot. */
  private async inLog({ snapshot }: NationalReport, fact: Fact): Promise<object> {
    const { partitions, secret, root } = snapshot!;
    const topic = topicOf(fact.type);
    const at = partitions!.findIndex((one) => one.topic === topic && one.partition === fact.partition);
    const seal = partitions![at]!;
    const rows = await this.connection
      .db!.collection<Fact>(this.facts.collection.name)
      .find({
        type: { $regex: `^${topic.slice(0, -'.events'.length)}\\.` },
        partition: fact.partition,
        offset: { $lt: seal.endOffset },
      })
      .sort({ offset: 1 })
      .project<{ _id: string }>({ _id: 1 })
      .toArray();
    const leaves = await this.leaves(
      rows.map(({ _id }) => _id),
      secret,
    );
    const index = rows.findIndex(({ _id }) => _id === fact._id);
    return {
      ...{ root, partition: seal, index, proof: inclusionProof(leaves, index) },
      ...{ partitionIndex: at, partitions: partitions!.length },
      partitionProof: inclusionProof(
        partitions!.map((one) => leafHash(Buffer.from(canonical(one)))),
        at,
      ),
    };
  }
}
