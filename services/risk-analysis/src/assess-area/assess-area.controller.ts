import { randomUUID } from 'node:crypto';
import { Controller, Get, Param, Post } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { addDays, AreaAssessedV1, RecommendationIssuedV1 } from '@aiqyn/contracts';
import { Answers, type Caller, Can, Clock, Commands, create, From, type Tx } from '@aiqyn/platform';
import { AreaPath } from '../areas/area.dto.js';
import { AREA_FACTS } from '../areas/area.schema.js';
import { RELEASES } from '../import-releases/release.schema.js';
import { FLAGS } from '../indicators/flag.schema.js';
import { Policies } from '../policies/policies.js';
import { AssessedArea, AreaKnown } from './assess-area.answer.js';
import { assessArea } from './assessment.rules.js';
import { ASSESSMENTS, RECOMMENDATIONS } from './assessment.schema.js';

/** Weighs what is known of one area: citizens' reports and procurement flags together. */
@Controller('v1')
export class AssessAreaController {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly commands: Commands,
    private readonly policies: Policies,
    private readonly clock: Clock,
  ) {}

  /** What is known of the area now, before anybody weighs it. */
  @Get('areas/:code')
  @Can('area:read')
  @Answers(AreaKnown)
  async read(@Param() { code }: AreaPath): Promise<AreaKnown> {
    return { areaCode: code, ...(await this.inputs(undefined, code)) };
  }

  /** Assesses the area as it stands, and issues a recommendation when the policy asks for one. */
  @Post('areas/:code/assessments')
  @Can('area:assess')
  @Answers(AssessedArea)
  assess(@Param() { code }: AreaPath, @From() caller: Caller): Promise<AssessedArea> {
    const assessmentId = randomUUID();
    const recommendationId = randomUUID();
    return this.commands.run(caller, async (tx) => {
      const inputs = await this.inputs(tx, code);
      const pack = this.policies.assessment;
      const { score, level, recommend } = assessArea(pack, inputs);
      const day = this.clock.today();
      const row = { _id: assessmentId, areaCode: code, day, policy: pack.id, inputs: { ...inputs }, score, level };
      create(
        tx,
        ASSESSMENTS,
        recommend ? { ...row, recommendationId } : row,
        Object.assign(new AreaAssessedV1(), {
          assessmentId,
          areaCode: code,
          day,
          reports: inputs.reports,
          processes: inputs.processes,
          flagged: inputs.flagged,
          score,
          level,
          policy: pack.id,
        }),
      );
      tx.audit({ actor: caller.id, action: 'area:assess', resource: code, outcome: 'done' });
      if (!recommend) return { assessmentId, areaCode: code, score, level, inputs };
      const { indicator, baseline, target, dueDays } = recommend;
      const facts = {
        recommendationId,
        assessmentId,
        areaCode: code,
        indicator,
        baseline,
        target,
        dueDay: addDays(day, dueDays),
      };
      const { recommendationId: _id, ...stored } = facts;
      create(tx, RECOMMENDATIONS, { _id, ...stored }, Object.assign(new RecommendationIssuedV1(), { ...facts, day }));
      return { assessmentId, areaCode: code, score, level, inputs, recommendation: facts };
    });
  }

  private async inputs(
    tx: Tx | undefined,
    areaCode: string,
  ): Promise<{ reports: number; processes: number; evaluable: number; flagged: number }> {
    const db = this.connection.db!;
    // The share that the policy weighs, and that a recommendation asks to lower, is of one indicator.
    const { indicator } = this.policies.assessment.recommend;
    const options = tx ? { session: tx.session } : {};
    // One after the other: a session runs one operation at a time.
    const reports = await db.collection(AREA_FACTS).countDocuments({ areaCode, kind: 'report' }, options);
    const processes = await db.collection(RELEASES).countDocuments({ areaCode }, options);
    const flagged = await db.collection(FLAGS).countDocuments({ areaCode, indicator, outcome: 'triggered' }, options);
    const outcome = `outcomes.${indicator}`;
    const clear = await db.collection(RELEASES).countDocuments({ areaCode, [outcome]: 'not-triggered' }, options);
    return { reports, processes, evaluable: flagged + clear, flagged };
  }
}
