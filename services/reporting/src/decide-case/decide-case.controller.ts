import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Res } from '@nestjs/common';
import { InjectConnection, InjectModel } from '@nestjs/mongoose';
import type { FastifyReply } from 'fastify';
import type { Connection, Model } from 'mongoose';
import { CaseDecidedV1, RuleError } from '@aiqyn/contracts';
import {
  type Caller,
  Can,
  change,
  Clock,
  Commands,
  From,
  load,
  NotFound,
  type Permission,
  type Tx,
} from '@aiqyn/platform';
import { Case, CASES } from '../cases/case.schema.js';
import { move, type ReportState } from '../cases/report-states.rules.js';
import { type Report, REPORTS } from '../reports/report.schema.js';
import { pendingReward, type Reward } from '../rewards/reward-steps.rules.js';
import { DecideCase, EndInquiry } from './decide-case.dto.js';

/** The way of a case from investigation to a decision in legal force. */
@Controller('v1/cases')
export class DecideCaseController {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    @InjectModel(Case.name) private readonly cases: Model<Case>,
    private readonly commands: Commands,
    private readonly clock: Clock,
  ) {}

  @Get(':id')
  @Can('case:read')
  async read(@Param('id', ParseUUIDPipe) id: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<object> {
    const file = await this.cases.findOne({ _id: { $eq: id } }).lean();
    if (!file) throw new NotFound();
    void reply.header('etag', `"${file.version}"`);
    const { events: _, ...shown } = file;
    return shown;
  }

  @Post(':id/findings')
  @HttpCode(200)
  @Can('case:investigate')
  endInquiry(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: EndInquiry,
    @From() caller: Caller,
  ): Promise<object> {
    return this.moveTo(id, body.finding, caller, 'case:investigate');
  }

  @Post(':id/proceedings')
  @HttpCode(200)
  @Can('case:decide')
  startProceedings(@Param('id', ParseUUIDPipe) id: string, @From() caller: Caller): Promise<object> {
    return this.moveTo(id, 'in-proceedings', caller, 'case:decide');
  }

  @Post(':id/decision')
  @HttpCode(200)
  @Can('case:decide')
  decide(@Param('id', ParseUUIDPipe) id: string, @Body() body: DecideCase, @From() caller: Caller): Promise<object> {
    return this.commands.run(caller, async (tx) => {
      const file = await load<Case>(tx, this.connection, CASES, id, caller.ifMatch);
      const state = move(file.state, body.outcome);
      if (body.legalForceDay > this.clock.today()) {
        throw new RuleError('day_in_future', 'legalForceDay must not be in the future', { field: 'legalForceDay' });
      }
      const { offenceClass, damage } = body;
      const facts = { ...(offenceClass ? { offenceClass } : {}), ...(damage !== undefined ? { damage } : {}) };
      const event = Object.assign(new CaseDecidedV1(), {
        caseId: id,
        day: body.legalForceDay,
        outcome: body.outcome,
        ...facts,
        areaCode: file.areaCode,
        region: file.region,
      });
      const reward = body.outcome === 'decided-liable' ? { reward: await this.rewardOf(tx, file) } : {};
      const version = change(tx, CASES, file, { state, decidedDay: body.legalForceDay, ...facts, ...reward }, event);
      tx.audit({ actor: caller.id, action: 'case:decide', resource: id, outcome: 'done', reason: body.outcome });
      return { caseId: id, state, version };
    });
  }

  /** A decision of liability opens the reward of everybody whose report is in the case, in order of arrival. */
  private async rewardOf(tx: Tx, file: Case): Promise<Reward> {
    const rows = await this.connection
      .db!.collection<Report>(REPORTS)
      .find({ caseId: { $eq: file._id } }, { session: tx.session })
      // By the day, then by a random id: the minute of a report is kept nowhere.
      .sort({ receivedDay: 1, _id: 1 })
      .toArray();
    return pendingReward(rows.map((r) => r._id));
  }

  private moveTo(id: string, to: ReportState, caller: Caller, action: Permission): Promise<object> {
    return this.commands.run(caller, async (tx: Tx) => {
      const file = await load<Case>(tx, this.connection, CASES, id, caller.ifMatch);
      const state = move(file.state, to);
      const version = change(tx, CASES, file, { state });
      tx.audit({ actor: caller.id, action, resource: id, outcome: 'done', reason: to });
      return { caseId: id, state, version };
    });
  }
}
