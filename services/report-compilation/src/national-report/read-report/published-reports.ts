import { Injectable } from '@nestjs/common';
import { InjectConnection, InjectModel } from '@nestjs/mongoose';
import { type Connection, type Model, trusted } from 'mongoose';
import { NotFound } from '@aiqyn/platform';
import { NationalReport } from '../editions/national-report.schema.js';
import type { ReportModel } from '../../report-model/report-model.rules.js';
import { contentOf } from '../build-report/packages.js';
import { PUBLIC_STATES } from '../editions/release-order.rules.js';

/** Finds editions: for everybody those that were printed, for the house all of them. */
@Injectable()
export class PublishedReports {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    @InjectModel(NationalReport.name) private readonly reports: Model<NationalReport>,
  ) {}

  /** Throws NotFound for one that is not published: it looks like one that is not there. */
  async published(id: string): Promise<NationalReport> {
    const report = await this.reports.findOne({ _id: { $eq: id }, state: trusted({ $in: PUBLIC_STATES }) }).lean();
    if (!report) throw new NotFound();
    return report;
  }

  async any(id: string): Promise<NationalReport> {
    const report = await this.reports.findOne({ _id: { $eq: id } }).lean();
    if (!report) throw new NotFound();
    return report;
  }

  /** The edition as it was signed: words, plan and the chain may have gone on since. */
  async printed({ build }: NationalReport): Promise<ReportModel> {
    const content = await contentOf(this.connection.db!, build!.id, 'model.json');
    if (!content) throw new NotFound();
    return JSON.parse(content.toString()) as ReportModel;
  }

  /** Published editions, newest first. */
  list(): Promise<NationalReport[]> {
    return this.reports
      .find({ state: trusted({ $in: PUBLIC_STATES }) })
      .sort({ year: -1, edition: -1 })
      .limit(100)
      .lean();
  }
}
