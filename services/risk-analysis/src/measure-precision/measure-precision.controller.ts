import { Controller, Get } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { Can } from '@aiqyn/platform';
import { AREA_FACTS, type AreaFact } from '../areas/area.schema.js';
import { type Referral, REFERRALS } from '../refer-finding/referral.schema.js';
import { type Precision, precisionOf } from './precision.rules.js';

/** Shown beside the indicators: which of them people found to be right. */
@Controller('v1/indicators/precision')
export class MeasurePrecisionController {
  constructor(@InjectConnection() private readonly connection: Connection) {}

  @Get()
  @Can('indicator:read')
  async measure(): Promise<{ items: Precision[] }> {
    const db = this.connection.db!;
    const referrals = await db.collection<Referral>(REFERRALS).find({ kind: 'procurement-flag' }).toArray();
    const decided = await db.collection<AreaFact>(AREA_FACTS).find({ kind: 'case-decided' }).toArray();
    const outcomes = new Map(decided.map(({ subjectId, code }) => [subjectId, code]));
    const findings = referrals.map(({ _id, subjectId }) => {
      const outcome = outcomes.get(_id);
      return { indicator: subjectId.slice(subjectId.lastIndexOf(':') + 1), ...(outcome ? { outcome } : {}) };
    });
    return { items: precisionOf(findings) };
  }
}
