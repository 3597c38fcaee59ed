import { Controller, Get, Query } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import type { Connection, mongo } from 'mongoose';
import { addDays, AREAS, type Area } from '@aiqyn/contracts';
import { Can, Clock } from '@aiqyn/platform';
import { worthOf } from '../import-releases/money.rules.js';
import { type Release, RELEASES } from '../import-releases/release.schema.js';
import { Definitions } from '../indicators/definitions.js';
import { scoreOf } from '../indicators/severity.rules.js';
import { type Flag, FLAGS } from '../indicators/flag.schema.js';
import { Policies } from '../policies/policies.js';
import { type Queued, workQueue } from './work-queue.rules.js';

export class QueueQuery {
  /** How many processes people can look at. */
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(500) capacity: number = 20;
  @IsOptional() @IsIn(AREAS) areaCode?: Area;
  /** Those that were closed long ago too. */
  @IsOptional() @IsIn(['true', 'false']) closed: 'true' | 'false' = 'false';
}

/** What people look at next. */
@Controller('v1/work-queue')
export class PlanWorkController {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly definitions: Definitions,
    private readonly policies: Policies,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Can('work:plan')
  async plan(@Query() { capacity, areaCode, closed }: QueueQuery): Promise<{ policy: string; items: Queued[] }> {
    const db = this.connection.db!;
    const policy = this.policies.workQueue;
    const inForce = await this.definitions.inForce();
    const weights = new Map(inForce.map(({ code, weight }): [string, number] => [code, weight]));
    const filter: mongo.Filter<Flag> = { outcome: 'triggered', ...(areaCode ? { areaCode } : {}) };
    const flags = await db
      .collection<Flag>(FLAGS)
      .find(filter, { projection: { ocid: 1, indicator: 1 } })
      .toArray();
    const byProcess = Map.groupBy(flags, ({ ocid }) => ocid);
    const since = addDays(this.clock.today(), -policy.closedDays);
    const releases = db
      .collection<Release>(RELEASES)
      .find({ _id: { $in: [...byProcess.keys()] } }, { projection: { projection: 1 } });
    const candidates = [];
    for await (const { _id: ocid, projection } of releases) {
      const { closed: over, date, entityId, money } = projection;
      if (over && closed === 'false' && date.slice(0, 10) < since) continue;
      const signals = byProcess.get(ocid)!.map(({ _id: id, indicator }) => {
        return { id, indicator, weight: weights.get(indicator) ?? 0 };
      });
      const { currency } = this.policies.mci;
      const worth = money.find((one) => one.currency === currency) ?? money[0];
      const value = (worth && worthOf(worth)) ?? 0;
      candidates.push({ ocid, entity: entityId ?? '', score: scoreOf(signals), value });
    }
    return { policy: policy.id, items: workQueue(candidates, policy, this.policies.severity, capacity) };
  }
}
