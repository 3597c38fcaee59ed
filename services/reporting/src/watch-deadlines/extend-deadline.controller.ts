import { Body, Controller, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { IsIn } from 'class-validator';
import type { Connection } from 'mongoose';
import { RuleError } from '@aiqyn/contracts';
import { type Caller, Can, change, Clock, Commands, From } from '@aiqyn/platform';
import { CASES } from '../cases/case.schema.js';
import { loadCase } from '../cases/case-access.js';
import { Policies } from '../policies/policies.js';
import { feedbackBy, overdueAfter, watchFeedback } from './deadlines.rules.js';

export const EXTENSION_REASONS = ['complex-facts', 'expert-opinion', 'foreign-assistance', 'court-schedule'] as const;

export class ExtendDeadline {
  @IsIn(EXTENSION_REASONS) reason: (typeof EXTENSION_REASONS)[number];
}

/** The longer term for the feedback, in duly justified cases (Directive 2019/1937, art. 11 (2) d). */
@Controller('v1/cases')
export class ExtendDeadlineController {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly commands: Commands,
    private readonly policies: Policies,
    private readonly clock: Clock,
  ) {}

  @Post(':id/extension')
  @HttpCode(200)
  @Can('case:extend')
  extend(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { reason }: ExtendDeadline,
    @From() caller: Caller,
  ): Promise<{ caseId: string; feedbackBy: string; version: number }> {
    const pack = this.policies.deadlines;
    return this.commands.run(caller, async (tx) => {
      const file = await loadCase(tx, this.connection, id, caller);
      if (file.extension || file.feedbackDay)
        throw new RuleError('already_done', file.extension ? 'it was extended before' : 'the feedback is given');
      if (!file.acknowledgedDay) throw new RuleError('not_acknowledged', 'acknowledge the report first');
      const by = feedbackBy(pack, file.acknowledgedDay, true);
      const today = this.clock.today();
      const version = change(tx, CASES, file, {
        extension: reason,
        feedbackBy: by,
        watch: watchFeedback(pack, by, today),
        ...(by >= today ? { overdue: overdueAfter(file.overdue, { kept: 'feedback' }) } : {}),
      });
      tx.audit({ actor: caller.id, action: 'case:extend', resource: id, outcome: 'done', reason });
      return { caseId: id, feedbackBy: by, version };
    });
  }
}
