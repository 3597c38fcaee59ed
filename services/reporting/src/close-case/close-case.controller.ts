import { Body, Controller, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { RuleError } from '@aiqyn/contracts';
import { type Caller, Can, From } from '@aiqyn/platform';
import { CaseMoves, type MovedCase, toldOfOutcome } from '../cases/case-moves.js';
import { Policies } from '../policies/policies.js';
import { referralBody } from './referral-bodies.rules.js';
import { reopened } from './reopened.js';
import { CloseCase, ReferCase, ReopenCase } from './close-case.dto.js';

/** How a case leaves the agency, and how it comes back. */
@Controller('v1/cases')
export class CloseCaseController {
  constructor(
    private readonly moves: CaseMoves,
    private readonly policies: Policies,
  ) {}

  /** Hands the case to the body whose remit it is; the reporting person is told so. */
  @Post(':id/referral')
  @HttpCode(200)
  @Can('case:refer')
  refer(@Param('id', ParseUUIDPipe) id: string, @Body() { to }: ReferCase, @From() caller: Caller): Promise<MovedCase> {
    return this.moves.move(id, 'referred', caller, (file, day) => ({
      set: {
        referredTo: referralBody(this.policies.referralBodies, to),
        ...toldOfOutcome(file, 'referred-to-another-body', day),
      },
      reason: to,
    }));
  }

  @Post(':id/closure')
  @HttpCode(200)
  @Can('case:close')
  close(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { feedback }: CloseCase,
    @From() caller: Caller,
  ): Promise<MovedCase> {
    return this.moves.move(id, 'closed', caller, (file, day) => {
      if (!feedback && !file.feedbackDay)
        throw new RuleError('feedback_missing', 'tell the reporting person what came of it', { field: 'feedback' });
      const closed = { closedDay: day, closedFrom: file.state };
      return { set: { ...closed, ...(feedback ? toldOfOutcome(file, feedback, day) : {}) } };
    });
  }

  /** The way back into triage, with a new clock for the feedback. */
  @Post(':id/reopening')
  @HttpCode(200)
  @Can('case:reopen')
  reopen(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { reason }: ReopenCase,
    @From() caller: Caller,
  ): Promise<MovedCase> {
    return this.moves.move(id, 'in-triage', caller, (file, day) => {
      if (file.state !== 'closed')
        throw new RuleError('illegal_transition', 'only a closed case is reopened', { allowed: [] });
      if (file.appeal?.state === 'lodged')
        throw new RuleError('appeal_open', 'an appeal waits: another person than who decided hears it');
      return { set: reopened(this.policies.deadlines, day), reason };
    });
  }
}
