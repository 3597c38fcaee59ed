import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { AnalysisMovedV1, RuleError } from '@aiqyn/contracts';
import {
  type Caller,
  Can,
  Clock,
  Commands,
  create,
  From,
  NotFound,
  type Page,
  pageById,
  PageQuery,
} from '@aiqyn/platform';
import { Policies } from '../policies/policies.js';
import { BeginAnalysis, DraftCertificate } from './analysis.dto.js';
import { Analysis, ANALYSES } from './analysis.schema.js';
import { AnalysisMoves, mayKnow } from './analysis-moves.js';
import { FIRST } from './analysis-states.rules.js';
import { isSigned, type Signature, signedBy, weighed } from './certificate.rules.js';

type Moved = ReturnType<AnalysisMoves['step']>;

/** From the proposal of an analysis to its signed certificate. */
@Controller('v1/analyses')
export class AnalysesController {
  constructor(
    @InjectModel(Analysis.name) private readonly analyses: Model<Analysis>,
    private readonly commands: Commands,
    private readonly moves: AnalysisMoves,
    private readonly policies: Policies,
    private readonly clock: Clock,
  ) {}

  @Post()
  @Can('analysis:run')
  begin(@Body() body: BeginAnalysis, @From() caller: Caller): Promise<{ analysisId: string; state: string }> {
    const analysisId = randomUUID();
    const { kind, objectBin, areaCode, subject, group } = body;
    if (kind === 'external' && this.policies.analysisTerms.outOfScope.includes(subject))
      throw new RuleError('out_of_scope', 'the law leaves this field of work out of external analysis', {
        field: 'subject',
      });
    return this.commands.run(caller, (tx) => {
      const day = this.clock.today();
      const state = FIRST[kind];
      const row = { _id: analysisId, kind, state, objectBin, areaCode, startDay: day, group };
      const moved = { analysisId, day, kind, areaCode, from: 'none', to: state };
      const event = Object.assign(new AnalysisMovedV1(), moved);
      create(tx, ANALYSES, { ...row, policy: this.policies.analysisTerms.id }, event);
      tx.audit({ actor: caller.id, action: 'analysis:run', resource: analysisId, outcome: 'done', reason: state });
      return { analysisId, state };
    });
  }

  @Get()
  @Can('analysis:read')
  list(@Query() query: PageQuery, @From() caller: Caller): Promise<Page<object>> {
    const own = caller.subject?.roles.includes('object-head') ? { objectBin: caller.subject.department ?? '' } : {};
    return pageById(this.analyses, query, { filter: own, hide: ['events'] });
  }

  @Get(':id')
  @Can('analysis:read')
  async read(@Param('id', ParseUUIDPipe) id: string, @From() caller: Caller): Promise<object> {
    const file = await this.analyses.findOne({ _id: { $eq: id } }).lean<Analysis>();
    if (!file || !mayKnow(caller, file)) throw new NotFound();
    const { _id: analysisId, events: _, ...shown } = file;
    return { analysisId, ...shown };
  }

  /** The joint decision of an external analysis: a word of each side, by two persons. */
  @Post(':id/decision')
  @HttpCode(200)
  @Can('analysis:sign')
  decide(@Param('id', ParseUUIDPipe) id: string, @From() caller: Caller): Moved {
    return this.moves.step(id, caller, (file, day) => {
      if (file.state !== 'proposed') return { to: 'decided' };
      const decision = signedBy(file.decision ?? [], signatureOf(caller, day));
      return { set: { decision }, ...(isSigned('external', decision) ? { to: 'decided' as const } : {}) };
    });
  }

  @Post(':id/withdrawal')
  @HttpCode(200)
  @Can('analysis:run')
  withdraw(@Param('id', ParseUUIDPipe) id: string, @From() caller: Caller): Moved {
    return this.moves.step(id, caller, () => ({ to: 'withdrawn' }));
  }

  @Post(':id/collection')
  @HttpCode(200)
  @Can('analysis:run')
  collect(@Param('id', ParseUUIDPipe) id: string, @From() caller: Caller): Moved {
    return this.moves.step(id, caller, () => ({ to: 'collecting' }));
  }

  @Post(':id/analysis')
  @HttpCode(200)
  @Can('analysis:run')
  analyse(@Param('id', ParseUUIDPipe) id: string, @From() caller: Caller): Moved {
    return this.moves.step(id, caller, () => ({ to: 'analysing' }));
  }

  /** The analytical certificate; each risk is weighed. */
  @Post(':id/certificate')
  @HttpCode(200)
  @Can('analysis:run')
  draft(@Param('id', ParseUUIDPipe) id: string, @Body() body: DraftCertificate, @From() caller: Caller): Moved {
    const { from, to, sources, risks } = body;
    if (from > to) throw new RuleError('bad_period', 'from is not after to', { field: 'from' });
    return this.moves.step(id, caller, () => ({
      to: 'drafted',
      set: { certificate: { from, to, sources, risks: weighed(risks) } },
    }));
  }

  @Post(':id/signature')
  @HttpCode(200)
  @Can('analysis:sign')
  sign(@Param('id', ParseUUIDPipe) id: string, @From() caller: Caller): Moved {
    return this.moves.step(id, caller, (file, day) => {
      if (file.state !== 'drafted' || file.kind === 'monitoring') return { to: 'signed' };
      const signatures = signedBy(file.signatures ?? [], signatureOf(caller, day));
      return { set: { signatures }, ...(isSigned(file.kind, signatures) ? { to: 'signed' as const } : {}) };
    });
  }

  /** What a monitoring found; it may be the ground of an analysis. */
  @Post(':id/conclusion')
  @HttpCode(200)
  @Can('analysis:run')
  conclude(@Param('id', ParseUUIDPipe) id: string, @From() caller: Caller): Moved {
    return this.moves.step(id, caller, () => ({ to: 'concluded' }));
  }
}

const signatureOf = ({ id, subject }: Caller, day: string): Signature => ({
  by: id,
  as: subject!.roles.includes('object-head') ? 'object-head' : 'agency-head',
  day,
});
