import { Controller, Get } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Answers, Can } from '@aiqyn/platform';
import { FactCounts } from './fact-counts.answer.js';
import { Fact } from './fact.schema.js';

/** What material has arrived: an editor looks here before compiling. */
@Controller('v1/facts')
export class FactCountsController {
  constructor(@InjectModel(Fact.name) private readonly facts: Model<Fact>) {}

  @Get('counts')
  @Can('national-report:compile')
  @Answers(FactCounts)
  async counts(): Promise<FactCounts> {
    const rows = await this.facts.aggregate<{ _id: string; n: number }>([
      { $group: { _id: '$type', n: { $sum: 1 } } },
      { $sort: { _id: 1 } },
    ]);
    return { counts: Object.fromEntries(rows.map((r) => [r._id, r.n])) };
  }
}
