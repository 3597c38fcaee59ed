import { Body, Controller, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { IsIn } from 'class-validator';
import { RuleError } from '@aiqyn/contracts';
import { type Caller, Can, From } from '@aiqyn/platform';
import { ActMoves, type Moved } from '../draft-acts/act-moves.js';
import { ActPolicies } from '../draft-acts/act-policies.js';
import { extended } from '../draft-acts/act-terms.rules.js';
import { Reasoned } from '../draft-acts/fields.dto.js';
import { Dossier } from '../register-act/register-act.dto.js';

const DECISIONS = ['examine', 'not-needed'] as const;

export class TriageAct extends Reasoned {
  @IsIn(DECISIONS) decision: (typeof DECISIONS)[number];
}

/** Whether an act is examined at all, and its clock: one return of the dossier, one extension. */
@Controller('v1/draft-acts')
export class TriageActController {
  constructor(
    private readonly moves: ActMoves,
    private readonly policies: ActPolicies,
  ) {}

  @Post(':id/triage')
  @HttpCode(200)
  @Can('act:triage')
  triage(@Param('id', ParseUUIDPipe) id: string, @Body() body: TriageAct, @From() caller: Caller): Promise<Moved> {
    const { decision, reason } = body;
    return this.moves.step(id, caller, (_, day) => ({
      to: decision === 'examine' ? 'triaged' : 'not-needed',
      set: { triage: { day, by: caller.id, decision, reason } },
    }));
  }

  /** What is missing comes back with the dossier; meanwhile the clock stands still, once an act. */
  @Post(':id/dossier-return')
  @HttpCode(200)
  @Can('act:triage')
  sendBack(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { reason }: Reasoned,
    @From() caller: Caller,
  ): Promise<Moved> {
    return this.moves.step(id, caller, ({ state, daysLeft }, day) => {
      if (daysLeft !== undefined) throw new RuleError('already_done', 'the dossier was sent back; it is once');
      return { to: 'returned-for-dossier', set: { pausedFrom: state, dossierReturn: { day, by: caller.id, reason } } };
    });
  }

  @Post(':id/dossier')
  @HttpCode(200)
  @Can('act:register')
  complete(@Param('id', ParseUUIDPipe) id: string, @Body() dossier: Dossier, @From() caller: Caller): Promise<Moved> {
    return this.moves.step(id, caller, ({ pausedFrom }) => ({
      to: pausedFrom ?? 'triaged',
      set: { dossier: { ...dossier }, pausedFrom: undefined },
    }));
  }

  @Post(':id/extension')
  @HttpCode(200)
  @Can('act:triage')
  extend(@Param('id', ParseUUIDPipe) id: string, @Body() { reason }: Reasoned, @From() caller: Caller): Promise<Moved> {
    return this.moves.step(id, caller, (act, day) => ({
      dueDay: extended(this.policies.terms, this.policies.calendar, act),
      set: { extension: { day, by: caller.id, ground: reason } },
    }));
  }
}
