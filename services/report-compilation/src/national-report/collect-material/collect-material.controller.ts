import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, HttpCode, type OnModuleInit, Param, Post } from '@nestjs/common';
import {
  addDays,
  dayStartUtc,
  NationalReportCollectedV1,
  NationalReportMaterialRequestedV1,
  NationalReportMaterialRemindedV1,
  RuleError,
} from '@aiqyn/contracts';
import { type Caller, Can, change, From, NotFound, Timers, type Tx } from '@aiqyn/platform';
import { NATIONAL_REPORTS } from '../editions/national-report.schema.js';
import { Grounded, ReportPath } from '../editions/report-path.dto.js';
import { ReportSteps } from '../editions/report-steps.js';
import { planOf } from '../write-sections/section-plans.js';
import { DeliverMaterial, MaterialPath, RequestMaterial, WaiveMaterial } from './collect-material.dto.js';
import { assertCollected, mayDeliver } from './material.rules.js';
import { type Material, MATERIALS } from './material.schema.js';

const TIMER = 'material-term';
/** Days before the end of the term on which a body is reminded. */
const NEAR = 3;

/** Bodies deliver what the report needs of them, each by a day; nothing is assessed while something is open. */
@Controller('v1/national-reports')
export class CollectMaterialController implements OnModuleInit {
  constructor(
    private readonly steps: ReportSteps,
    private readonly timers: Timers,
  ) {}

  onModuleInit(): void {
    this.timers.on(TIMER, (data, { tx }) => this.remind(tx, data as { materialId: string; stage: 'near' | 'overdue' }));
  }

  @Post(':id/materials')
  @Can('material:request')
  request(@Param() { id }: ReportPath, @Body() asked: RequestMaterial, @From() caller: Caller): Promise<object> {
    const materialId = randomUUID();
    return this.steps.commands.run(caller, async (tx) => {
      const report = await this.steps.load(tx, id);
      const { body, section, dueDay = report.terms?.days.collectBy } = asked;
      const day = this.steps.clock.today();
      if (report.state !== 'draft')
        throw new RuleError('illegal_transition', 'material is asked for while the report is a draft', { allowed: [] });
      if (!planOf(report.year).sections.some((one) => one.id === section))
        throw new RuleError('unknown_section', 'the report of the year has no such section', { field: 'section' });
      if (dueDay === undefined)
        throw new RuleError('no_due_day', 'the law sets no term for this edition: name the day', { field: 'dueDay' });
      if (dueDay <= day) throw new RuleError('due_day_past', 'the term ends on a day to come', { field: 'dueDay' });
      tx.insert(MATERIALS, { _id: materialId, reportId: id, body, section, askedDay: day, dueDay, state: 'asked' });
      for (const [stage, on] of [
        ['near', addDays(dueDay, -NEAR)],
        ['overdue', addDays(dueDay, 1)],
      ] as const)
        if (on > day) tx.schedule(TIMER, `${materialId}/${stage}`, dayStartUtc(on), { materialId, stage });
      const facts = { ...this.steps.facts(report, day), materialId, body, dueDay };
      change(tx, NATIONAL_REPORTS, report, {}, Object.assign(new NationalReportMaterialRequestedV1(), facts));
      tx.audit({ actor: caller.id, action: 'material:request', resource: materialId, outcome: 'done' });
      return { materialId, state: 'asked', dueDay };
    });
  }

  @Get(':id/materials')
  @Can('national-report:read-draft')
  async list(@Param() { id }: ReportPath): Promise<object> {
    const items = await this.rows().find({ reportId: id }).sort({ dueDay: 1, _id: 1 }).limit(1_000).toArray();
    return { items: items.map(({ _id, reportId: _, by: __, ...material }) => ({ materialId: _id, ...material })) };
  }

  @Post(':id/materials/:materialId/delivery')
  @HttpCode(200)
  @Can('material:deliver')
  deliver(@Param() path: MaterialPath, @Body() { sha256 }: DeliverMaterial, @From() caller: Caller): Promise<object> {
    const deliveredDay = this.steps.clock.today();
    return this.settle(caller, path, { state: 'delivered', sha256, deliveredDay }, (material) =>
      mayDeliver(caller.subject, material),
    );
  }

  /** Does without a material, for a reason that stands in the record. */
  @Post(':id/materials/:materialId/waiver')
  @HttpCode(200)
  @Can('material:request')
  waive(@Param() path: MaterialPath, @Body() { ground }: WaiveMaterial, @From() caller: Caller): Promise<object> {
    return this.settle(caller, path, { state: 'waived', ground });
  }

  @Post(':id/collection')
  @HttpCode(200)
  @Can('national-report:compile')
  collected(@Param() { id }: ReportPath, @Body() { ground }: Grounded, @From() caller: Caller): Promise<object> {
    return this.steps.take(caller, id, 'collected', {
      ground,
      event: NationalReportCollectedV1,
      check: async (_, tx) => {
        const open = await this.rows().find({ reportId: id, state: 'asked' }, { session: tx.session }).toArray();
        assertCollected(open.map(({ _id }) => _id));
        return {};
      },
    });
  }

  private rows() {
    return this.steps.connection.db!.collection<Material>(MATERIALS);
  }

  private settle(
    caller: Caller,
    { id, materialId }: MaterialPath,
    set: Partial<Material> & { readonly state: Material['state'] },
    may: (material: Material) => boolean = () => true,
  ): Promise<object> {
    return this.steps.commands.run(caller, async (tx) => {
      const material = await this.rows().findOne({ _id: materialId, reportId: id }, { session: tx.session });
      // That of another body looks like one that is not there.
      if (!material || !may(material)) throw new NotFound();
      if (material.state !== 'asked')
        throw new RuleError('already_done', 'the material is delivered or waived already');
      tx.update(
        MATERIALS,
        { _id: materialId, state: 'asked' },
        { $set: { ...set, by: caller.id } },
        { mustMatch: true },
      );
      for (const stage of ['near', 'overdue']) tx.cancel(TIMER, `${materialId}/${stage}`);
      tx.audit({ actor: caller.id, action: `material:${set.state}`, resource: materialId, outcome: 'done' });
      return { materialId, state: set.state };
    });
  }

  private async remind(
    tx: Tx,
    { materialId, stage }: { readonly materialId: string; readonly stage: 'near' | 'overdue' },
  ): Promise<void> {
    const material = await this.rows().findOne({ _id: materialId }, { session: tx.session });
    if (material?.state !== 'asked') return;
    const report = await this.steps.load(tx, material.reportId);
    const facts = { ...this.steps.facts(report, this.steps.clock.today()), materialId, body: material.body, stage };
    change(tx, NATIONAL_REPORTS, report, {}, Object.assign(new NationalReportMaterialRemindedV1(), facts));
  }
}
