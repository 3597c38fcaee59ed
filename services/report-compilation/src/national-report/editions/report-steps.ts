import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { type Caller, change, Clock, Commands, type Doc, load, type Tx } from '@aiqyn/platform';
import { assertIdle } from '../build-report/job.rules.js';
import { NATIONAL_REPORTS, type NationalReport, type Step } from './national-report.schema.js';
import { mayAct, move, type ReportStep } from './release-order.rules.js';

/** What every event of a report says. */
export interface ReportFacts {
  readonly nationalReportId: string;
  readonly year: number;
  readonly edition: number;
  readonly day: string;
}

/** Takes an edition from one step to the next: order, persons, history, event and audit are the same for each. */
@Injectable()
export class ReportSteps {
  constructor(
    @InjectConnection() readonly connection: Connection,
    readonly commands: Commands,
    readonly clock: Clock,
  ) {}

  load(tx: Tx, id: string, ifMatch?: number): Promise<NationalReport> {
    return load<NationalReport>(tx, this.connection, NATIONAL_REPORTS, id, ifMatch);
  }

  /** `check` may refuse, and gives what else is set; the step happens once, however often it is asked for. */
  async take(
    caller: Caller,
    id: string,
    to: ReportStep,
    {
      ground,
      event,
      check,
    }: {
      readonly ground?: string | undefined;
      readonly event: new () => ReportFacts;
      readonly check?: (report: NationalReport, tx: Tx) => Promise<Doc> | Doc;
    },
  ): Promise<object> {
    return this.commands.run(caller, async (tx) => {
      const report = await this.load(tx, id, caller.ifMatch);
      const state = move(report.state, to);
      mayAct(report.history, caller.id, to, report.writers);
      assertIdle(report.job);
      const set = (await check?.(report, tx)) ?? {};
      const day = this.clock.today();
      const step: Step = { step: to, actor: caller.id, day, ...(ground === undefined ? {} : { ground }) };
      const told = Object.assign(new event(), this.facts(report, day));
      const version = change(tx, NATIONAL_REPORTS, report, { ...set, state, history: [...report.history, step] }, told);
      tx.audit({ actor: caller.id, action: `national-report:${to}`, resource: id, outcome: 'done' });
      return { nationalReportId: id, state, version };
    });
  }

  facts({ _id, year, edition }: NationalReport, day: string): ReportFacts {
    return { nationalReportId: _id, year, edition, day };
  }
}
