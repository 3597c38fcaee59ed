import { Controller, Get, Param } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Can, IsBin } from '@aiqyn/platform';
import { BodyFact } from './body-fact.schema.js';
import type { BodyFactKind } from './body-facts.rules.js';

export class BodyPath {
  @IsBin() bin: string;
}

/** How often compliance said something of one kind about a body, and the last fifty times. */
export interface KnownBody {
  readonly bin: string;
  readonly counts: Partial<Record<BodyFactKind, number>>;
  readonly last: readonly Omit<BodyFact, '_id' | 'bin'>[];
}

/** What is known of a body beside its procurement; of one that nothing is known of, nothing. */
@Controller('v1/bodies')
export class BodiesController {
  constructor(@InjectModel(BodyFact.name) private readonly facts: Model<BodyFact>) {}

  @Get(':bin')
  @Can('entity:read')
  async read(@Param() { bin }: BodyPath): Promise<KnownBody> {
    const rows = await this.facts
      .find({ bin: { $eq: bin } }, { _id: 0, bin: 0 })
      .sort({ day: -1, _id: 1 })
      .lean<Omit<BodyFact, '_id' | 'bin'>[]>();
    const counts: KnownBody['counts'] = {};
    for (const { kind } of rows) counts[kind] = (counts[kind] ?? 0) + 1;
    return { bin, counts, last: rows.slice(0, 50) };
  }
}
