import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { InjectConnection, InjectModel } from '@nestjs/mongoose';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, IsOptional, Matches, ValidateNested } from 'class-validator';
import type { Connection, Model } from 'mongoose';
import {
  type AssessmentSide,
  COMPLETION_STEPS,
  type CompletionStep,
  PlanFrozenV1,
  PlanMeasureAssessedV1,
  RuleError,
} from '@aiqyn/contracts';
import {
  type Caller,
  Can,
  change,
  Clock,
  Commands,
  create,
  From,
  IsPart,
  load,
  NotFound,
  orConcurrent,
  Public,
} from '@aiqyn/platform';
import { Documents } from '../documents/documents.js';
import { IsPlainText } from '../documents/plain-text.dto.js';
import { plainText } from '../documents/plain-text.rules.js';
import { DocumentTitles, UNIT_ID } from '../draft-document/draft-document.dto.js';
import { frozen, mayAssess, QUARTER, standingOf } from './plan.rules.js';
import { MEASURE_PLANS, MeasurePlan } from './plan.schema.js';

export class MeasureTold {
  @Matches(UNIT_ID) measureId: string;
  @Matches(UNIT_ID) unitId: string;
  @IsPart(() => DocumentTitles) title: DocumentTitles;
}

export class FreezePlan {
  @Matches(QUARTER) quarter: string;
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(1_000)
  @ValidateNested({ each: true })
  @Type(() => MeasureTold)
  measures: MeasureTold[];
}

export class AssessMeasure {
  @Matches(QUARTER) quarter: string;
  @Matches(UNIT_ID) measureId: string;
  @IsIn(COMPLETION_STEPS) step: CompletionStep;
  /** An address or the number of an act; never a person. */
  @IsOptional() @IsPlainText(3, 500) evidence?: string;
}

const planKey = (documentId: string, quarter: string): string => `${documentId}.${quarter}`;

/** The measures of an adopted document are frozen for a quarter, and assessed by the office and from outside, side by side. */
@Controller('v1/policy-documents')
export class FreezePlanController {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    @InjectModel(MeasurePlan.name) private readonly plans: Model<MeasurePlan>,
    private readonly commands: Commands,
    private readonly documents: Documents,
    private readonly clock: Clock,
  ) {}

  @Post(':id/plans')
  @Can('plan:freeze')
  freeze(@Param('id', ParseUUIDPipe) id: string, @Body() body: FreezePlan, @From() caller: Caller): Promise<object> {
    const { quarter } = body;
    const _id = planKey(id, quarter);
    const stored = this.commands.run(caller, async (tx) => {
      const { adopted } = await this.documents.changed(tx, id);
      if (!adopted) throw new RuleError('not_adopted', 'a plan carries out an adopted document', { field: 'id' });
      const { documentVersion } = adopted;
      const known = this.connection.db!.collection<MeasurePlan>(MEASURE_PLANS);
      if (await known.findOne({ _id: { $eq: _id } }, { session: tx.session }))
        throw new RuleError('already_done', 'the plan of this quarter is frozen');
      const day = this.clock.today();
      const told = body.measures.map(({ measureId, unitId, title: { kk, ru, en } }) => ({
        ...{ measureId, unitId, title: { kk: plainText(kk), ru: plainText(ru), en: plainText(en) } },
      }));
      const measures = frozen(told, quarter, day, await this.documents.units(id, documentVersion));
      const facts = { planId: _id, documentId: id, documentVersion, quarter, day, measures: measures.length };
      const row = { documentId: id, documentVersion, quarter, measures, assessments: [] };
      const event = Object.assign(new PlanFrozenV1(), facts);
      create(tx, MEASURE_PLANS, { _id, ...row, frozen: { day, by: caller.id } }, event);
      tx.audit({ actor: caller.id, action: 'plan:freeze', resource: _id, outcome: 'done' });
      return { documentId: id, quarter, measures: measures.length, version: 1 };
    });
    return orConcurrent(MEASURE_PLANS, stored);
  }

  @Post(':id/assessments')
  @HttpCode(200)
  @Can('plan:assess')
  assess(@Param('id', ParseUUIDPipe) id: string, @Body() body: AssessMeasure, @From() caller: Caller): Promise<object> {
    return this.add(id, 'official', body, caller);
  }

  @Post(':id/shadow-assessments')
  @HttpCode(200)
  @Can('plan:assess-outside')
  shadow(@Param('id', ParseUUIDPipe) id: string, @Body() body: AssessMeasure, @From() caller: Caller): Promise<object> {
    return this.add(id, 'shadow', body, caller);
  }

  /** What was frozen, and what the office and those outside say of it; nobody is named. */
  @Get(':id/plans/:quarter')
  @Public()
  async read(@Param('id', ParseUUIDPipe) id: string, @Param('quarter') quarter: string): Promise<object> {
    const plan = await this.plans.findOne({ _id: { $eq: planKey(id, quarter) } }).lean<MeasurePlan>();
    if (!plan) throw new NotFound();
    const { documentId, documentVersion, measures, assessments } = plan;
    const head = { documentId, documentVersion, quarter: plan.quarter, frozenDay: plan.frozen.day };
    return { ...head, ...standingOf(measures, assessments) };
  }

  private add(id: string, side: AssessmentSide, body: AssessMeasure, caller: Caller): Promise<object> {
    const { quarter, measureId, step } = body;
    const planId = planKey(id, quarter);
    return this.commands.run(caller, async (tx) => {
      const plan = await load<MeasurePlan>(tx, this.connection, MEASURE_PLANS, planId, caller.ifMatch);
      const evidence = body.evidence === undefined ? {} : { evidence: plainText(body.evidence) };
      mayAssess(plan.measures, { measureId, step, ...evidence });
      const day = this.clock.today();
      const assessment = { measureId, side, step, ...evidence, day, by: caller.id };
      const facts = { planId, documentId: id, quarter, day, measureId, side, step };
      const event = Object.assign(new PlanMeasureAssessedV1(), facts);
      const version = change(tx, MEASURE_PLANS, plan, { assessments: [...plan.assessments, assessment] }, event);
      tx.audit({ actor: caller.id, action: caller.permission!, resource: planId, outcome: 'done', reason: step });
      return { documentId: id, quarter, measureId, side, step, version };
    });
  }
}
