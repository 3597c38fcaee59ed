import { Body, Controller, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { RuleError } from '@aiqyn/contracts';
import { type Caller, Can, From } from '@aiqyn/platform';
import { CaseMoves, type MovedCase, outcomeBy, toldOfOutcome } from '../cases/case-moves.js';
import { EndInquiry, ResumeCase, SuspendCase } from './investigate-case.dto.js';

/** The inquiry: it may rest for a reason until a day, and ends with a finding. */
@Controller('v1/cases')
export class InvestigateCaseController {
  constructor(private readonly moves: CaseMoves) {}

  @Post(':id/findings')
  @HttpCode(200)
  @Can('case:investigate')
  endInquiry(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { finding, feedback }: EndInquiry,
    @From() caller: Caller,
  ): Promise<MovedCase> {
    return this.moves.move(id, finding, caller, (file, day) => ({
      set: {
        ...(finding === 'unsubstantiated' ? outcomeBy(caller.id) : {}),
        ...(feedback ? toldOfOutcome(file, feedback, day) : {}),
      },
    }));
  }

  @Post(':id/suspension')
  @HttpCode(200)
  @Can('case:investigate')
  suspend(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { reason, reviewDay }: SuspendCase,
    @From() caller: Caller,
  ): Promise<MovedCase> {
    return this.moves.move(id, 'suspended', caller, (_file, today) => {
      if (reviewDay <= today)
        throw new RuleError('day_not_in_future', 'reviewDay must be after today', { field: 'reviewDay' });
      return { set: { suspension: { reason, reviewDay } }, reason };
    });
  }

  @Post(':id/resumption')
  @HttpCode(200)
  @Can('case:investigate')
  resume(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { reason }: ResumeCase,
    @From() caller: Caller,
  ): Promise<MovedCase> {
    return this.moves.move(id, 'under-investigation', caller, (file) => {
      // The same state is where an inquiry begins; that way is through triage.
      if (!file.suspension) throw new RuleError('illegal_transition', 'the case is not suspended', { allowed: [] });
      return { set: { suspension: null }, reason };
    });
  }
}
